import { checkOrder, checkPaymentMode } from './checks.ts'
import { absolute, centsOf, decimalOf, sumOf } from './decimals.ts'
import type { CodialOrder, OrderBody, Payment, Status } from './model.ts'
import { Problem } from './problems.ts'
import { emit, lookUp, moment, nextChange, nextNumber, type World } from './world.ts'

/** Who the change feed names when the connector acted through the interface. */
export const CONNECTOR = 'connecteur'

/** Who acts in the branch. */
export const CLERK = 'marie'

/** Finds an order, or refuses with `inconnu`. */
export function findOrder(world: World, numero: string): CodialOrder {
  const found = lookUp(world.state.orders, numero)
  if (!found) throw new Problem('inconnu', `commande ${numero} inconnue`)
  return found.order
}

/** Finds the order of a web reference: there is at most one, for ever. */
export function findWebOrder(
  world: World,
  { site, reference_web }: { site: string; reference_web: string },
): CodialOrder | undefined {
  const numero = lookUp(world.state.byWebReference, `${site}:${reference_web}`)
  return numero === undefined ? undefined : findOrder(world, numero)
}

/** Books a web order once; a second creation gives the first number back. */
export function createOrder(world: World, body: OrderBody): { created: boolean; order: CodialOrder } {
  const known = findWebOrder(world, body)
  if (known) return { created: false, order: known }
  checkOrder(body)
  const [numero, at] = [nextNumber(world, 'CC'), moment(world)]
  const kept = { reglements: [], reste_du: body.total_ttc, livraisons: [], factures: [], motif_annulation: null }
  const order: CodialOrder = { ...body, numero, statut: 'Enregistrée', ...kept, cree_le: at, modifie_le: at }
  const key = `${body.site}:${body.reference_web}`
  world.state.orders[numero] = { order, rang_modif: nextChange(world) }
  world.state.byWebReference[key] = numero
  world.ledger.count('commande', key)
  emitStatus(world, order, null, CONNECTOR)
  return { created: true, order }
}

function emitStatus(world: World, order: CodialOrder, precedent: Status | null, operateur: string): void {
  const { numero, site, reference_web, statut, agence } = order
  emit(world, { operateur, agence }, 'commande.statut', { numero, site, reference_web, statut, precedent })
}

/** Marks an order as changed now. */
export function touchOrder(world: World, order: CodialOrder): void {
  order.modifie_le = moment(world)
  world.state.orders[order.numero] = { order, rang_modif: nextChange(world) }
}

/** Gives an order another label and tells the feed; nothing happens when it has it already. */
export function setStatus(world: World, order: CodialOrder, statut: Status, operateur: string): void {
  if (order.statut === statut) return
  const precedent = order.statut
  order.statut = statut
  touchOrder(world, order)
  emitStatus(world, order, precedent, operateur)
}

/** Ticks a payment once per transaction and says what is still due. */
export function recordPayment(world: World, numero: string, payment: Payment): { statut: string; reste_du: string } {
  const order = findOrder(world, numero)
  const { mode, montant, date, reference_transaction } = payment
  if (!order.reglements.some((known) => known.reference_transaction === reference_transaction)) {
    if (order.statut === 'Annulée') throw new Problem('etat_interdit', `la commande ${numero} est annulée`)
    checkPaymentMode(mode, '/mode')
    order.reglements.push({ mode, montant, date, reference_transaction })
    order.reste_du = decimalOf(centsOf(order.total_ttc) - sumOf(order.reglements.map((r) => centsOf(r.montant))))
    touchOrder(world, order)
    for (const facture of order.factures) touchInvoice(world, facture)
    world.ledger.count('reglement', `${numero}:${reference_transaction}`)
  }
  return { statut: paymentState(centsOf(order.reste_du)), reste_du: order.reste_du }
}

function touchInvoice(world: World, numero: string): void {
  const record = lookUp(world.state.invoices, numero)
  if (record) record.rang_modif = nextChange(world)
}

function paymentState(remaining: bigint): string {
  if (remaining === 0n) return 'pointe'
  return absolute(remaining) === remaining ? 'partiel' : 'trop_percu'
}

/** The branch starts to prepare an order. */
export function prepare(world: World, numero: string): void {
  const order = findOrder(world, numero)
  if (order.statut !== 'Enregistrée') throw new Problem('etat_interdit', `la commande ${numero} est ${order.statut}`)
  setStatus(world, order, 'En préparation', CLERK)
}

/** The branch puts an order that it had begun to prepare back among the registered ones. */
export function register(world: World, numero: string): void {
  const order = findOrder(world, numero)
  const isFree = order.livraisons.every((bl) => lookUp(world.state.deliveryNotes, bl)?.statut === 'annulee')
  if (!['Enregistrée', 'En préparation'].includes(order.statut) || !isFree) {
    throw new Problem('etat_interdit', `la commande ${numero} est ${order.statut}`)
  }
  setStatus(world, order, 'Enregistrée', CLERK)
}
