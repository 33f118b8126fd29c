import type { Hono } from 'hono'
import { z } from 'zod'
import { addRoute, type Call, type Env, readBody, send } from './api.ts'
import { gmtOf, instantOfGmt } from './clock.ts'
import type { LineItem, Order, Refund, TaxLine } from './model.ts'
import { amountOf, centsOf, sum } from './money.ts'
import { notOfType } from './parameters.ts'
import { type ListQuery, paginate, readListQuery, trimFields } from './query.ts'
import { invalidParameters, Refusal } from './replies.ts'
import { findOrder, moveStatus, type Shop, touch } from './shop.ts'
import { showRefund } from './view.ts'

const money = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).transform(Number)
const refundedLine = z.object({
  id: z.int(),
  quantity: z.int().min(0).default(0),
  refund_total: money.default(0),
  refund_tax: z.array(z.object({ id: z.int(), refund_total: money })).default([]),
})
const refundBody = z.object({
  amount: z.string().optional(),
  reason: z.string().default(''),
  api_refund: z.boolean().default(true),
  api_restock: z.boolean().default(true),
  line_items: z.array(refundedLine).default([]),
  shipping_lines: z.array(z.unknown()).default([]),
  fee_lines: z.array(z.unknown()).default([]),
})
type RefundedLine = z.infer<typeof refundedLine>

/** Puts the routes of refunds in place: of one order, and of the whole shop. */
export function addRefundRoutes(app: Hono<Env>): void {
  const handlers = { GET: listRefundsOfOrder, POST: createRefund }
  addRoute(app, '/orders/:id{[0-9]+}/refunds', { kind: 'collection', allow: 'GET, POST', handlers })
  addRoute(app, '/refunds', { kind: 'collection', allow: 'GET', handlers: { GET: listRefunds } })
}

function orderOf(c: Call): Order {
  const order = findOrder(c.var.seen.shop, Number(c.req.param('id')))
  if (!order) throw new Refusal(404, 'woocommerce_rest_invalid_order_id', 'Invalid order ID.', 404)
  return order
}

const listRefunds = (c: Call): Response => sendRefunds(c, c.var.seen.shop.store.data.refunds, true)

function listRefundsOfOrder(c: Call): Response {
  const { id } = orderOf(c)
  const refunds = c.var.seen.shop.store.data.refunds.filter((refund) => refund.parent_id === id)
  return sendRefunds(c, refunds, false)
}

function sendRefunds(c: Call, refunds: Refund[], withParent: boolean): Response {
  const { seen, query, url } = c.var
  const read = readListQuery(query, seen.shop.zone)
  const compare = (a: Refund, b: Refund) => a.date_created_gmt.localeCompare(b.date_created_gmt) || a.id - b.id
  const sorted = refunds
    .filter((refund) => isListed(refund, read))
    .sort((a, b) => (read.order === 'asc' ? compare(a, b) : compare(b, a)))
  const { items, headers } = paginate(sorted, { read, url, query })
  const shown = items.map((refund) => trimFields(showRefund(seen, refund, { withParent }), query))
  return send(c, shown, 200, headers)
}

/** A refund is never changed: its times of creation and of change are the same. */
function isListed(refund: Refund, read: ListQuery): boolean {
  const created = instantOfGmt(refund.date_created_gmt)
  const lows = [read.after, read.modifiedAfter].every((bound) => bound === undefined || created > bound)
  const highs = [read.before, read.modifiedBefore].every((bound) => bound === undefined || created < bound)
  return lows && highs && (read.include.length === 0 || read.include.includes(refund.id))
}

async function createRefund(c: Call): Promise<Response> {
  const { seen } = c.var
  const body = refundBody.safeParse(await readBody(c))
  if (!body.success) {
    const names = [...new Set(body.error.issues.map((issue) => String(issue.path[0] ?? 'body')))]
    throw invalidParameters(names.map((name) => notOfType(name, 'valid value')))
  }
  const order = orderOf(c)
  const { amount, line_items: lines, reason, api_refund, shipping_lines, fee_lines } = body.data
  if (shipping_lines.length || fee_lines.length) throw GOODS_ONLY
  const cents = amount === undefined ? sum(lines.map(centsOfLine)) : centsOf(amount)
  checkAmount(seen.shop, order, cents)
  if (api_refund) throw cannotRefund('The payment gateway for this order does not exist.')
  const refund = giveBack(seen.shop, order, { cents, reason, lines })
  seen.shop.ledger.count('refund', String(order.id))
  const route = '/wp-json/wc/v3/orders/(?P<order_id>[\\d]+)/refunds/'
  return send(c, showRefund(seen, refund), 201, { Location: `${seen.home}${route}${refund.id}` })
}

/** The merchant gives money back by hand: some cents, or all that is left. */
export function refundByHand(shop: Shop, order: Order, cents?: number): void {
  const amount = cents ?? remainingOf(shop, order)
  checkAmount(shop, order, amount)
  giveBack(shop, order, { cents: amount, reason: 'Geste commercial', lines: [] })
}

/** Writes the refund; with nothing left, the order is refunded. */
function giveBack(shop: Shop, order: Order, o: { cents: number; reason: string; lines: RefundedLine[] }): Refund {
  const refund = writeRefund(shop, order, o)
  if (remainingOf(shop, order) <= 0) moveStatus(shop, order, 'refunded')
  return refund
}

const centsOfLine = (line: RefundedLine) =>
  Math.round((line.refund_total + sum(line.refund_tax.map((tax) => tax.refund_total))) * 100)

const GOODS_ONLY = new Refusal(501, 'sandbox_not_modelled', 'The sandbox refunds lines of goods only, by their id.')

const cannotRefund = (message: string) => new Refusal(500, 'woocommerce_rest_cannot_create_order_refund', message, 500)

function remainingOf(shop: Shop, order: Order): number {
  const refunds = shop.store.data.refunds.filter((refund) => refund.parent_id === order.id)
  return centsOf(order.total) - sum(refunds.map((refund) => centsOf(refund.amount)))
}

function checkAmount(shop: Shop, order: Order, cents: number): void {
  if (!Number.isFinite(cents) || cents > remainingOf(shop, order)) throw cannotRefund('Invalid refund amount.')
  if (cents < 0)
    throw new Refusal(400, 'woocommerce_rest_invalid_order_refund', 'Refund amount must be greater than zero.')
}

function writeRefund(shop: Shop, order: Order, o: { cents: number; reason: string; lines: RefundedLine[] }): Refund {
  const { data } = shop.store
  const type = o.cents === remainingOf(shop, order) ? 'full' : 'partial'
  const items = o.lines.map((line) => negativeLine(shop, order, line))
  const refund: Refund = {
    id: data.next.post++,
    parent_id: order.id,
    date_created_gmt: gmtOf(shop.now()),
    amount: amountOf(o.cents),
    reason: o.reason,
    refunded_by: 1,
    refunded_payment: false,
    meta_data: [{ id: shop.numbers.meta(), key: '_refund_type', value: type }],
    line_items: items,
    shipping_lines: [],
    tax_lines: negativeTaxes(shop, order, items),
    fee_lines: [],
  }
  data.refunds.push(refund)
  touch(shop, order)
  return refund
}

function negativeLine(shop: Shop, order: Order, line: RefundedLine): LineItem {
  const sold = order.line_items.find((item) => item.id === line.id)
  if (!sold) throw GOODS_ONLY
  const total = amountOf(-Math.round(line.refund_total * 100))
  const taxes = line.refund_tax.map((tax) => ({ id: tax.id, cents: -Math.round(tax.refund_total * 100) }))
  const totalTax = amountOf(sum(taxes.map((tax) => tax.cents)))
  const value = String(line.id)
  const meta = { key: '_refunded_item_id', value, display_key: '_refunded_item_id', display_value: value }
  return {
    ...sold,
    id: shop.numbers.item(),
    quantity: -line.quantity,
    subtotal: total,
    subtotal_tax: totalTax,
    total,
    total_tax: totalTax,
    taxes: taxes.map(({ id, cents }) => ({ id, total: amountOf(cents), subtotal: amountOf(cents) })),
    meta_data: [{ id: shop.numbers.meta(), ...meta }],
    price: line.quantity === 0 ? 0 : line.refund_total / line.quantity,
  }
}

function negativeTaxes(shop: Shop, order: Order, items: LineItem[]): TaxLine[] {
  const shares = items.flatMap((item) => item.taxes)
  return order.tax_lines
    .filter((line) => shares.some((share) => share.id === line.rate_id))
    .map((line) => {
      const cents = sum(shares.filter((share) => share.id === line.rate_id).map((share) => centsOf(share.total)))
      return { ...line, id: shop.numbers.item(), tax_total: amountOf(cents), shipping_tax_total: '0.00' }
    })
}
