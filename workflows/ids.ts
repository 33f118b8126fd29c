import type { ManifestPlace } from '../domain/manifest.ts'
import type { OrderRef } from '../domain/order.ts'

/** The workflow id of an order's life: `order:<site>:<web id>`. */
export const orderId = ({ site, webId }: OrderRef): string => `order:${site}:${webId}`

/** The workflow id of a shipment's life: `shipment:<site>:<web id>:<delivery note>`. */
export const shipmentId = ({ site, webId }: OrderRef, deliveryNote: string): string =>
  `shipment:${site}:${webId}:${deliveryNote}`

/** The workflow id of a parcel that comes back: `return:<site>:<web id>:<delivery note>:<rank>:<how many before>`. */
export const returnId = (o: { order: OrderRef; deliveryNote: string; rank: number; generation: number }): string =>
  `return:${o.order.site}:${o.order.webId}:${o.deliveryNote}:${o.rank}:${o.generation}`

/** Reads the workflow id of an order, a shipment or a return back; null for any other workflow. */
export function parseLifeId(id: string): (OrderRef & { deliveryNote: string | null }) | null {
  const [kind = '', site, webId, deliveryNote] = id.split(':')
  if (!['order', 'shipment', 'return'].includes(kind) || !site || !webId) return null
  return { site, webId, deliveryNote: deliveryNote ?? null }
}

/** The workflow id of the `n`th manifest of a carrier, a branch and a day: `manifest:<carrier>:<branch>:<day>:<n>`. */
export const manifestId = ({ carrier, branch, day }: ManifestPlace, n: number): string =>
  `manifest:${carrier}:${branch.replaceAll(':', '-')}:${day}:${n}`

/** Reads a manifest's workflow id back; null for any other workflow. */
export function parseManifestId(id: string): ManifestPlace | null {
  const [kind, carrier, branch, day, n] = id.split(':')
  return kind === 'manifest' && carrier && branch && day && n ? { carrier, branch, day } : null
}

/** The workflow id of a question to a carrier: `ask:<request>`. */
export const askId = (request: string): string => `ask:${request}`

/** The workflow id of a batch of printed labels: `print:<request>`. */
export const printId = (request: string): string => `print:${request}`
