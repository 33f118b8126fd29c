import { amountOfNumber, numberOf } from './amounts.ts'
import { type Api, answer, orderIn, readBody } from './api.ts'
import { readComment, readDocumentItems, readNumber, readTracks, wantedOf } from './document-requests.ts'
import type { Json } from './door.ts'
import { registerInvoice } from './invoicing.ts'
import type { Order } from './model.ts'
import { badRequest, invalidDocument, required } from './problems.ts'
import { isDummy, qtyToInvoice, qtyToRefund, qtyToShip } from './quantities.ts'
import { previewRefund, type RefundWish, registerRefund } from './refunding.ts'
import { checkBody } from './schema.ts'
import { registerShipment } from './shipping.ts'
import type { Shop } from './shop.ts'
import { canInvoice, canRefund, canShip } from './states.ts'

/** Invoice, ship, refund: every accepted one is counted. */
export function addDocumentRoutes({ v1, shop, only }: Api): void {
  v1.post('/order/:id/invoice', only('Magento_Sales::sales_invoice'), async (c) =>
    answer(c, invoice(shop, orderIn(c, shop), await readBody(c))),
  )
  v1.post('/order/:id/ship', only('Magento_Sales::ship'), async (c) =>
    answer(c, ship(shop, orderIn(c, shop), await readBody(c))),
  )
  v1.post('/order/:id/refund', only('Magento_Sales::creditmemo'), async (c) =>
    answer(c, refund(shop, orderIn(c, shop), await readBody(c))),
  )
}

function invoice(shop: Shop, order: Order, body: Json): string {
  checkBody('invoice', body)
  const items = readDocumentItems(body)
  const { state, status } = order.row
  const isShut = ['payment_review', 'holded', 'canceled', 'closed'].includes(state)
  const forbidden = 'The order does not allow an invoice to be created.'
  if (isShut) throw invalidDocument('Invoice', [`An invoice cannot be created when an order has a status of ${status}`])
  if (!canInvoice(order)) throw invalidDocument('Invoice', [forbidden])
  const reasons = itemReasons(order, items, {
    left: qtyToInvoice,
    unknown: () => 'The invoice contains one or more items that are not part of the original order.',
    tooMany: ({ sku }) =>
      `The quantity to invoice must not be greater than the uninvoiced quantity for product SKU "${sku}".`,
    none: "You can't create an invoice without products.",
  })
  if (reasons.length > 0) throw invalidDocument('Invoice', reasons)
  const { row } = registerInvoice(shop, order, { wanted: wantedOf(items), notify: body.notify === true })
  shop.ledger.count('order-status', `${order.row.entity_id}:invoiced`)
  return String(row.entity_id)
}

function ship(shop: Shop, order: Order, body: Json): string {
  checkBody('ship', body)
  const items = readDocumentItems(body)
  const tracks = readTracks(body)
  const { state, status, entity_id } = order.row
  const isShut = ['payment_review', 'holded', 'canceled'].includes(state)
  if (isShut)
    throw invalidDocument('Shipment', [`A shipment cannot be created when an order has a status of ${status}`])
  if (!canShip(order)) throw invalidDocument('Shipment', ['The order does not allow a shipment to be created.'])
  const reasons = itemReasons(order, items, {
    left: qtyToShip,
    unknown: (id) => `We can not found item "${id}" in order.`,
    tooMany: ({ name }) => `We found an invalid quantity to ship for item "${name}".`,
    none: "You can't create a shipment without products.",
  })
  for (const track of tracks) if (!track.track_number) reasons.push('Please enter a tracking number.')
  if (reasons.length > 0) throw invalidDocument('Shipment', reasons)
  const { comment, source } = readComment(body)
  if (source !== 'default') throw badRequest('Source with code "%value" does not exist.', { value: source })
  const { row } = registerShipment(shop, order, { wanted: wantedOf(items), tracks, comment, source })
  shop.ledger.count('order-status', `${entity_id}:shipped`)
  for (const track of tracks) shop.ledger.count('order-tracking', `${entity_id}:${track.track_number}`)
  return String(row.entity_id)
}

function refund(shop: Shop, order: Order, body: Json): string {
  checkBody('refund', body)
  if (body.items == null) throw required('items')
  const items = readDocumentItems(body)
  const { state, status } = order.row
  const isShut = ['payment_review', 'holded', 'canceled', 'closed'].includes(state)
  const shut = `A creditmemo can not be created when an order has a status of ${status}`
  if (isShut) throw invalidDocument('Creditmemo', [shut])
  if (!canRefund(order)) throw invalidDocument('Creditmemo', ['The order does not allow a creditmemo to be created.'])
  const reasons = itemReasons(order, items, {
    left: qtyToRefund,
    unknown: (id) => `The creditmemo contains product item "${id}" that is not part of the original order.`,
    tooMany: ({ sku }) =>
      `The quantity to creditmemo must not be greater than the unrefunded quantity for product SKU "${sku}".`,
    none: null,
  })
  if (reasons.length > 0) throw invalidDocument('Creditmemo', reasons)
  const wish = readRefund(order, body, wantedOf(items))
  const { row } = registerRefund(shop, order, wish)
  shop.ledger.count('refund', String(order.row.entity_id))
  return String(row.entity_id)
}

function readRefund(order: Order, body: Json, wanted: RefundWish['wanted']): RefundWish {
  const shipping = readNumber(body, 'shipping_amount')
  const wish = {
    wanted,
    shipping: shipping === null ? null : amountOfNumber(shipping),
    adjustmentPositive: amountOfNumber(readNumber(body, 'adjustment_positive') ?? 0),
    adjustmentNegative: amountOfNumber(readNumber(body, 'adjustment_negative') ?? 0),
  }
  const own = order.amounts
  const rest = own.shipping_amount - (own.shipping_refunded ?? 0)
  if ((wish.shipping ?? 0) > rest)
    throw badRequest('Maximum shipping amount allowed to refund is: %1', [numberOf(rest)])
  const total = previewRefund(order, wish)
  const left = (own.total_paid ?? 0) - (own.total_refunded ?? 0)
  if (total <= 0) throw invalidDocument('Creditmemo', ["The credit memo's total must be positive."])
  if (total > left) throw badRequest('The most money available to refund is %1.', [numberOf(left)])
  return wish
}

interface Reasons {
  left: typeof qtyToShip
  unknown: (id: number) => string
  tooMany: (row: Order['items'][number]['row']) => string
  none: string | null
}

/** What is wrong with the lines asked for; lines that only stand for others may be named and change nothing. */
function itemReasons(order: Order, items: ReturnType<typeof readDocumentItems>, o: Reasons): string[] {
  const reasons: string[] = []
  let counted = 0
  for (const { order_item_id, qty } of items) {
    const item = order.items.find((each) => each.row.item_id === order_item_id)
    if (!item) reasons.push(o.unknown(order_item_id))
    else if (isDummy(order, item)) continue
    else if (qty > o.left(item)) reasons.push(o.tooMany(item.row))
    else counted += qty
  }
  const isNothing = items.length > 0 && counted <= 0 && reasons.length === 0
  return isNothing && o.none !== null ? [o.none] : reasons
}
