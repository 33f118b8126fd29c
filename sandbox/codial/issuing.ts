import { isBranch } from './catalogue.ts'
import { findDeliveryNote, NOTE_LABELS } from './deliveries.ts'
import { issueInvoice } from './invoices.ts'
import type { CodialDeliveryNote, CodialOrder } from './model.ts'
import { findOrder } from './orders.ts'
import { parse } from './parse.ts'
import { Problem } from './problems.ts'
import { issueBody } from './schemas.ts'
import { lookUp, type World } from './world.ts'

/** Issues what the operator selected; each delivery note that cannot be invoiced is refused alone (POST /factures/emission). */
export function issue(world: World, body: unknown): object {
  const { livraisons, date, regrouper, operateur, agence } = parse(issueBody, body)
  if (new Set(livraisons).size < livraisons.length)
    throw new Problem('champ_invalide', 'bon de livraison en double', '/livraisons')
  if (!isBranch(agence)) throw new Problem('champ_invalide', `agence ${agence} inconnue`, '/agence')
  const obstacles = livraisons.map((livraison) => ({ livraison, obstacle: obstacleTo(world, livraison) }))
  const free = obstacles.filter(({ obstacle }) => obstacle === null).map(({ livraison }) => livraison)
  const factures = groupNotes(world, free, regrouper).map((notes) => {
    const { document } = issueInvoice(world, { notes, date, actor: { operateur, agence } })
    const { numero, commandes, total_ttc } = document
    return { numero, livraisons: document.livraisons, commandes, total_ttc }
  })
  return {
    factures,
    refus: obstacles.flatMap(({ livraison, obstacle }) => (obstacle ? [{ livraison, ...obstacle }] : [])),
  }
}

/** What stands in the way of invoicing a delivery note; null when nothing does. */
function obstacleTo(world: World, numero: string): { code: 'inconnu' | 'etat_interdit'; detail: string } | null {
  const note = lookUp(world.state.deliveryNotes, numero)
  if (!note) return { code: 'inconnu', detail: `bon de livraison ${numero} inconnu` }
  if (note.facture) return { code: 'etat_interdit', detail: `déjà facturé par ${note.facture}` }
  if (note.statut !== 'expediee')
    return { code: 'etat_interdit', detail: `le bon de livraison est ${NOTE_LABELS[note.statut]}` }
  return null
}

/** Groups delivery notes as the operator asked: one by one, or together where client, parties, branch and currency agree. */
function groupNotes(world: World, numeros: string[], together: boolean): CodialDeliveryNote[][] {
  const notes = numeros.map((numero) => findDeliveryNote(world, numero))
  if (!together) return notes.map((note) => [note])
  return [...Map.groupBy(notes, (note) => mergeKey(findOrder(world, note.commande))).values()]
}

function mergeKey(order: CodialOrder): string {
  const { client, site, agence, devise, mode_calcul, facturation, livraison, numero } = order
  const who = client.code ?? client.code_web ?? numero
  return JSON.stringify([who, site, agence, devise, mode_calcul, facturation, livraison])
}
