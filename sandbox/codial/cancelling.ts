import { cancelDeliveryNote, liveNotes } from './deliveries.ts'
import { findInvoice, issueCreditNote } from './invoices.ts'
import type { CodialOrder } from './model.ts'
import { CLERK, CONNECTOR, findOrder, setStatus } from './orders.ts'
import { Problem } from './problems.ts'
import { type Actor, emit, type World } from './world.ts'

/** The connector cancels an order that has not left; a second time changes nothing. */
export function cancelForShop(world: World, numero: string, motif: string): CodialOrder {
  const order = findOrder(world, numero)
  if (order.statut !== 'Annulée') cancelOpen(world, order, motif, { operateur: CONNECTOR, agence: order.agence })
  return order
}

/** The branch cancels an order: before it leaves, or once invoiced, with its credit notes. */
export function cancel(world: World, numero: string, motif: string): void {
  const order = findOrder(world, numero)
  const actor = { operateur: CLERK, agence: order.agence }
  if (order.statut === 'Facturée') cancelInvoiced(world, order, motif, actor)
  else cancelOpen(world, order, motif, actor)
}

function cancelInvoiced(world: World, order: CodialOrder, motif: string, actor: Actor): void {
  const invoices = order.factures.map((facture) => findInvoice(world, facture))
  for (const record of invoices.filter(({ document }) => document.type === 'facture'))
    issueCreditNote(world, record, { order, actor })
  close(world, order, motif, actor)
}

function cancelOpen(world: World, order: CodialOrder, motif: string, actor: Actor): void {
  const notes = liveNotes(world, order)
  const isOpen = order.statut === 'Enregistrée' || order.statut === 'En préparation'
  if (!isOpen || notes.some(({ statut }) => statut === 'expediee')) {
    throw new Problem(
      'etat_interdit',
      `la commande ${order.numero} est ${isOpen ? 'expédiée en partie' : order.statut}`,
    )
  }
  for (const note of notes) cancelDeliveryNote(world, note, motif, actor)
  close(world, order, motif, actor)
}

function close(world: World, order: CodialOrder, motif: string, actor: Actor): void {
  order.motif_annulation = motif
  setStatus(world, order, 'Annulée', actor.operateur)
  emit(world, actor, 'commande.annulee', { numero: order.numero, motif })
  world.ledger.count('annulation', order.numero)
}
