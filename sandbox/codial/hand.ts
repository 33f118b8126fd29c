import { liveNotes, makeDeliveryNote } from './deliveries.ts'
import { invoice } from './invoices.ts'
import type { CodialOrder } from './model.ts'
import { prepare } from './orders.ts'
import { openLines } from './packing.ts'
import type { World } from './world.ts'

/** How many parcels an order leaves in. */
export type ParcelsOf = (order: CodialOrder) => 1 | 2

/** Every seventh order needs two parcels. */
export const usualParcels: ParcelsOf = ({ numero }) => (Number(numero.slice(-6)) % 7 === 0 ? 2 : 1)

/** The branch at work: each order goes one step on by itself, except the departure, which waits for the connector. */
export function workOnce(world: World, parcelsOf: ParcelsOf): void {
  const steps = Object.values(world.state.orders).flatMap(({ order }) => stepOf(world, order, parcelsOf) ?? [])
  for (const step of steps) step()
  if (steps.length > 0) world.save()
}

function stepOf(world: World, order: CodialOrder, parcelsOf: ParcelsOf): (() => void) | undefined {
  if (order.statut === 'Enregistrée') return () => prepare(world, order.numero)
  if (order.statut === 'Expédiée') return () => void invoice(world, order.numero)
  if (order.statut !== 'En préparation') return undefined
  const notes = liveNotes(world, order)
  if (notes.some(({ statut }) => statut === 'prete') || openLines(order, notes).length === 0) return undefined
  return () => void makeDeliveryNote(world, order.numero, { parcels: parcelsOf(order) })
}
