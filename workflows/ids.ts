import type { OrderRef } from '../domain/order.ts'

/** The workflow id of an order's life: `order:<site>:<web id>`. */
export const orderId = ({ site, webId }: OrderRef): string => `order:${site}:${webId}`

/** The workflow id of a shipment's life: `shipment:<site>:<web id>:<delivery note>`. */
export const shipmentId = ({ site, webId }: OrderRef, deliveryNote: string): string =>
  `shipment:${site}:${webId}:${deliveryNote}`

/** Reads an order's or shipment's workflow id back; null for any other workflow. */
export function parseLifeId(id: string): (OrderRef & { deliveryNote: string | null }) | null {
  const [kind, site, webId, deliveryNote] = id.split(':')
  if ((kind !== 'order' && kind !== 'shipment') || !site || !webId) return null
  return { site, webId, deliveryNote: deliveryNote ?? null }
}
