import { sum } from '../woocommerce/money.ts'
import { incrementOf } from './building.ts'
import { addTo, documentItem, type Sharing, takeShare } from './document-items.ts'
import type { Invoice } from './documents.ts'
import type { Amounts, Order } from './model.ts'
import { chosenItems, followReals, qtyToInvoice, realItems, type Wanted } from './quantities.ts'
import { addHistory, changeOrder, type Shop, timeIn } from './shop.ts'
import { settleState } from './states.ts'

const SHARING: Sharing = {
  columns: {
    row_total: 'row_invoiced',
    tax_amount: 'tax_invoiced',
    discount_amount: 'discount_invoiced',
    discount_tax_compensation_amount: 'discount_tax_compensation_invoiced',
  },
  qtyDone: 'qty_invoiced',
}

interface Wish {
  wanted: Wanted
  notify: boolean
  transactionId?: string
}

/** Registers an invoice and with it the payment; wanted quantities were checked before. */
export function registerInvoice(shop: Shop, order: Order, o: Wish): Invoice {
  return changeOrder(shop, order, () => {
    const id = shop.next('invoice')
    const items = chosenItems(order, o.wanted, qtyToInvoice).map(({ item, qty }) => {
      const shares = takeShare(item, qty, SHARING)
      return documentItem(item, { id: shop.next('invoiceItem'), parent: id, qty, shares })
    })
    const amounts = totalsOf(
      order,
      items.map((item) => item.amounts),
    )
    const now = timeIn(shop)
    const invoice: Invoice = {
      row: {
        entity_id: id,
        increment_id: incrementOf(id),
        order_id: order.row.entity_id,
        state: 2,
        total_qty: sum(items.map((item) => item.row.qty)),
        email_sent: o.notify ? 1 : null,
        transaction_id: o.transactionId ?? null,
        created_at: now,
        updated_at: now,
      },
      amounts,
      items,
    }
    shop.store.data.invoices.push(invoice)
    followReals(order)
    takeMoney(order, amounts)
    settleState(order, { inProgress: true })
    if (o.notify) addHistory(shop, order, { comment: null, entity_name: 'invoice', is_customer_notified: 1 })
    return invoice
  })
}

/** What an invoice adds up to: the first takes the delivery, the last whatever the order still owes. */
function totalsOf(order: Order, lines: Record<string, number | null>[]): Amounts<'grand_total'> {
  const total = (column: string) => sum(lines.map((line) => line[column] ?? 0))
  const own = order.amounts
  const isFirst = own.total_invoiced == null
  const shipping = (column: string) => (isFirst ? (own[column] ?? 0) : 0)
  const parts = {
    subtotal: total('row_total'),
    discount_amount: -total('discount_amount'),
    shipping_amount: shipping('shipping_amount'),
    tax_amount: total('tax_amount') + shipping('shipping_tax_amount'),
    discount_tax_compensation_amount: total('discount_tax_compensation_amount'),
  }
  const isLast = realItems(order).every((item) => qtyToInvoice(item) === 0)
  const grand = isLast ? own.grand_total - (own.total_invoiced ?? 0) : sum(Object.values(parts))
  return {
    ...parts,
    subtotal_incl_tax: total('row_total_incl_tax'),
    shipping_incl_tax: shipping('shipping_incl_tax'),
    shipping_tax_amount: shipping('shipping_tax_amount'),
    shipping_discount_tax_compensation_amount: 0,
    grand_total: grand,
  }
}

function takeMoney({ amounts: own, payment }: Order, invoice: Amounts<'grand_total'>): void {
  const isFirst = own.total_invoiced == null
  if (isFirst) Object.assign(own, { subtotal_invoiced: 0, discount_invoiced: 0, shipping_invoiced: 0, tax_invoiced: 0 })
  addTo(own, 'subtotal_invoiced', invoice.subtotal ?? 0)
  addTo(own, 'discount_invoiced', invoice.discount_amount ?? 0)
  addTo(own, 'shipping_invoiced', invoice.shipping_amount ?? 0)
  addTo(own, 'tax_invoiced', invoice.tax_amount ?? 0)
  addTo(own, 'discount_tax_compensation_invoiced', invoice.discount_tax_compensation_amount ?? 0)
  own.total_invoiced = (own.total_invoiced ?? 0) + invoice.grand_total
  own.total_invoiced_cost = 0
  own.total_paid = (own.total_paid ?? 0) + invoice.grand_total
  own.total_due = own.grand_total - own.total_paid
  payment.amounts.amount_paid = own.total_paid
  payment.amounts.shipping_captured = own.shipping_invoiced ?? 0
}

/** What a payment service does while the customer orders: money moves, a transaction and an invoice are written. */
export function captureOnline(shop: Shop, order: Order, transactionId: string): void {
  changeOrder(shop, order, () => {
    Object.assign(order.payment.row, { last_trans_id: transactionId, cc_trans_id: transactionId })
    shop.store.data.transactions.push({
      transaction_id: shop.next('transaction'),
      order_id: order.row.entity_id,
      payment_id: order.payment.row.entity_id,
      txn_id: transactionId,
      txn_type: 'capture',
      amount: order.amounts.grand_total,
      created_at: timeIn(shop),
    })
  })
  const amount = (order.amounts.grand_total / 10_000).toFixed(2)
  const comment = `Captured amount of ${amount} € online. Transaction ID: "${transactionId}"`
  addHistory(shop, order, { comment, status: 'processing' })
  registerInvoice(shop, order, { wanted: null, notify: true, transactionId })
}
