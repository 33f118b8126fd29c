import { sum } from '../woocommerce/money.ts'
import { incrementOf } from './building.ts'
import type { Shipment, Track } from './documents.ts'
import type { Order } from './model.ts'
import { chosenItems, followReals, qtyToShip, type Wanted } from './quantities.ts'
import { changeOrder, type Shop, timeIn } from './shop.ts'
import { settleState } from './states.ts'

/** What a track says before it is saved. */
export type TrackWish = Pick<Track, 'track_number' | 'title' | 'carrier_code'> & { description?: string | null }

/** Registers a shipment; wanted quantities were checked before. */
export function registerShipment(
  shop: Shop,
  order: Order,
  o: { wanted: Wanted; tracks: TrackWish[]; comment: Shipment['comment']; source: string },
): Shipment {
  return changeOrder(shop, order, () => {
    const id = shop.next('shipment')
    const items = chosenItems(order, o.wanted, qtyToShip).map(({ item, qty }) => {
      const { item_id, product_id, sku, name } = item.row
      item.row.qty_shipped += qty
      const own = { entity_id: shop.next('shipmentItem'), parent_id: id, order_item_id: item_id, product_id, sku, name }
      return { ...own, qty, price: item.amounts.price, weight: item.amounts.weight }
    })
    const now = timeIn(shop)
    const shipment: Shipment = {
      row: {
        entity_id: id,
        increment_id: incrementOf(id),
        order_id: order.row.entity_id,
        total_qty: sum(items.map((item) => item.qty)),
        created_at: now,
        updated_at: now,
      },
      source_code: o.source,
      items,
      tracks: [],
      comment: o.comment,
    }
    shop.store.data.shipments.push(shipment)
    for (const track of o.tracks) addTrack(shop, shipment, track)
    followReals(order)
    settleState(order, { inProgress: true })
    return shipment
  })
}

/** Puts one more number on a shipment, even one that is there already; the shipment's own row does not change. */
export function addTrack(shop: Shop, shipment: Shipment, wish: TrackWish): Track {
  const { track_number, title, carrier_code } = wish
  const now = timeIn(shop)
  const track: Track = {
    entity_id: shop.next('track'),
    parent_id: shipment.row.entity_id,
    order_id: shipment.row.order_id,
    track_number,
    title,
    carrier_code,
    weight: null,
    qty: null,
    description: wish.description || null,
    created_at: now,
    updated_at: now,
  }
  shipment.tracks.push(track)
  shop.store.save()
  return track
}
