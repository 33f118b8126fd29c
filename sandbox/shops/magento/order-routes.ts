import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Api, answer, orderIn, readBody } from './api.ts'
import type { Json } from './door.ts'
import type { Order } from './model.ts'
import { badRequest } from './problems.ts'
import { checkBody } from './schema.ts'
import { addTrack } from './shipping.ts'
import { addHistory, changeOrder, type Shop } from './shop.ts'
import { cancelOrder, holdOrder, releaseOrder } from './states.ts'
import { HABITS } from './versions.ts'
import { showTrack } from './view-documents.ts'

/** Cancel, hold, comment, one more track: every accepted one is counted. */
export function addOrderRoutes({ v1, shop, only }: Api): void {
  const count = (order: Order, act: string) => shop.ledger.count('order-status', `${order.row.entity_id}:${act}`)
  v1.post('/orders/:id/cancel', only('Magento_Sales::cancel'), (c) => {
    const order = orderIn(c, shop)
    const isDone = cancelOrder(shop, order)
    if (isDone) count(order, 'canceled')
    return answer(c, isDone)
  })
  v1.post('/orders/:id/hold', only('Magento_Sales::hold'), (c) => {
    const order = orderIn(c, shop)
    if (!holdOrder(shop, order)) throw badRequest('A hold action is not available.')
    count(order, 'holded')
    return answer(c, true)
  })
  v1.post('/orders/:id/unhold', only('Magento_Sales::unhold'), (c) => {
    const order = orderIn(c, shop)
    if (!releaseOrder(shop, order)) throw badRequest('You cannot remove the hold.')
    count(order, 'unholded')
    return answer(c, true)
  })
  v1.post('/orders/:id/comments', only('Magento_Sales::comment'), async (c) => {
    const order = orderIn(c, shop)
    addComment(shop, order, await readBody(c))
    return answer(c, true)
  })
  v1.post('/shipment/track', only('Magento_Sales::shipment'), async (c) =>
    answer(c, addOneTrack(shop, await readBody(c))),
  )
}

const historyShape = z.object({
  comment: z.string(),
  status: z.string().nullish(),
  entity_name: z.string().nullish(),
  is_customer_notified: z.int(),
  is_visible_on_front: z.int(),
})

function addComment(shop: Shop, order: Order, body: Json): void {
  checkBody('comment', body)
  const { comment, ...wish } = historyShape.parse(body.statusHistory)
  const status = statusAfter(shop, order, wish.status || null)
  const id = order.row.entity_id
  if (status !== order.row.status) shop.ledger.count('order-status', `${id}:${status ?? 'wiped'}`)
  changeOrder(shop, order, () => {
    order.row.status = status
    addHistory(shop, order, {
      comment,
      status,
      entity_name: wish.entity_name ?? 'order',
      is_customer_notified: wish.is_customer_notified,
      is_visible_on_front: wish.is_visible_on_front,
    })
  })
  if (comment !== '') shop.ledger.count('order-note', `${id}:${comment}`)
}

const { statuses: STATUSES } = JSON.parse(
  readFileSync(new URL('../../data/magento/reference_statuses.json', import.meta.url), 'utf8'),
) as { statuses: { status: string; state: string }[] }

/** The statuses of a state. */
const statusesOf = (state: string) =>
  STATUSES.filter((each) => each.state.split(' and ').includes(state)).map(({ status }) => status)

/** What a comment leaves as the order's status, by version; null is a status wiped. */
function statusAfter(shop: Shop, order: Order, wanted: string | null): string | null {
  const { commentStatus } = HABITS[shop.version]
  const { status, state } = order.row
  if (commentStatus === 'any') return wanted
  if (wanted === null || wanted === status) return status
  if (commentStatus === 'of-state' && statusesOf(state).includes(wanted)) return wanted
  const message = 'Unable to add comment: The status "%1" is not part of the order\n                 status history.'
  throw badRequest(message, [wanted])
}

const trackShape = z.object({
  order_id: z.int(),
  parent_id: z.int(),
  track_number: z.string(),
  title: z.string(),
  carrier_code: z.string(),
  description: z.string().nullish(),
})

function addOneTrack(shop: Shop, body: Json): Json {
  checkBody('track', body)
  const { order_id, parent_id, ...wish } = trackShape.parse(body.entity)
  const shipment = shop.store.data.shipments.find(({ row }) => row.entity_id === parent_id && row.order_id === order_id)
  if (!shipment) throw badRequest("The shipment doesn't belong to the order.")
  if (wish.track_number === '') throw badRequest('Cannot save track:\nNumber is a required field')
  const track = addTrack(shop, shipment, { ...wish, description: wish.description ?? null })
  shop.ledger.count('order-tracking', `${order_id}:${track.track_number}`)
  return showTrack(track)
}
