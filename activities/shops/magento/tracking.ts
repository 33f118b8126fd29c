import { readAs } from '../../wire/http.ts'
import type { ShopTracking } from '../shop.ts'
import type { Client } from './client.ts'
import { carrierName, trackingComment } from './mapping.ts'
import { mgMade, mgShipment, mgTrack } from './replies.ts'

async function shipmentsOf(client: Client, webId: string) {
  const filters = [{ field: 'order_id', is: 'eq' as const, value: webId }]
  const rows = await client.listAll('shipments', { filters })
  return rows.map((row) => readAs(mgShipment, row, client.who)).sort((a, b) => a.entity_id - b.entity_id)
}

/** True when one of the order's shipments shows this number. */
export async function showsTracking(
  client: Client,
  { webId, trackingNumber }: { webId: string; trackingNumber: string },
): Promise<boolean> {
  const shipments = await shipmentsOf(client, webId)
  return shipments.some(({ tracks }) => tracks.some((track) => track.track_number.trim() === trackingNumber))
}

/** The first number makes the shipment of everything; later ones are laid beside it, since a shipment cannot be made twice. */
export async function pushTracking(
  client: Client,
  { webId, tracking }: { webId: string; tracking: ShopTracking },
): Promise<void> {
  const track = { track_number: tracking.trackingNumber, title: carrierName(tracking.carrier), carrier_code: 'custom' }
  const last = (await shipmentsOf(client, webId)).at(-1)
  if (!last) {
    const comment = { comment: trackingComment(tracking), is_visible_on_front: 1 }
    const body = { notify: false, appendComment: true, comment, tracks: [track] }
    readAs(mgMade, await client.post(`order/${webId}/ship`, body), client.who)
    return
  }
  const place = { order_id: Number(webId), parent_id: last.entity_id }
  const entity = { ...place, ...track, weight: 0, description: tracking.trackingUrl, qty: 1 }
  readAs(mgTrack, await client.post('shipment/track', { entity }), client.who)
}
