import { sum } from '../woocommerce/money.ts'
import { type Amount, shareOf } from './amounts.ts'
import { incrementOf } from './building.ts'
import { addTo, documentItem, type Sharing, takeShare } from './document-items.ts'
import type { CreditMemo, DocumentItem } from './documents.ts'
import type { Amounts, Order } from './model.ts'
import { chosenItems, followReals, qtyToRefund, type Wanted } from './quantities.ts'
import { changeOrder, type Shop, timeIn } from './shop.ts'
import { settleState } from './states.ts'

const SHARING: Sharing = {
  columns: {
    row_total: 'amount_refunded',
    tax_amount: 'tax_refunded',
    discount_amount: 'discount_refunded',
    discount_tax_compensation_amount: 'discount_tax_compensation_refunded',
  },
  qtyDone: 'qty_refunded',
}

/** What is given back; without a shipping amount, all of the delivery that is left. */
export interface RefundWish {
  wanted: Wanted
  shipping: Amount | null
  adjustmentPositive: Amount
  adjustmentNegative: Amount
}

/** What a credit memo would come to; nothing is changed. */
export function previewRefund(order: Order, wish: RefundWish): Amount {
  const copy = structuredClone(order)
  const items = takeItems(copy, wish, () => 0)
  return totalsOf(copy, wish, items).grand_total
}

function takeItems(order: Order, wish: RefundWish, next: () => number, parent = 0): DocumentItem[] {
  return chosenItems(order, wish.wanted, qtyToRefund).map(({ item, qty }) => {
    const shares = takeShare(item, qty, SHARING)
    return documentItem(item, { id: next(), parent, qty, shares })
  })
}

/** Registers an offline refund; wanted quantities and totals were checked before. */
export function registerRefund(shop: Shop, order: Order, wish: RefundWish): CreditMemo {
  return changeOrder(shop, order, () => {
    const id = shop.next('creditMemo')
    const items = takeItems(order, wish, () => shop.next('creditMemoItem'), id)
    const amounts = totalsOf(order, wish, items)
    const now = timeIn(shop)
    const creditMemo: CreditMemo = {
      row: {
        entity_id: id,
        increment_id: incrementOf(id),
        order_id: order.row.entity_id,
        state: 2,
        created_at: now,
        updated_at: now,
      },
      amounts,
      items,
    }
    shop.store.data.creditMemos.push(creditMemo)
    followReals(order)
    giveBack(order, amounts)
    settleState(order, { inProgress: false })
    return creditMemo
  })
}

function totalsOf(order: Order, wish: RefundWish, items: DocumentItem[]): Amounts<'grand_total'> {
  const total = (column: string) => sum(items.map((item) => item.amounts[column] ?? 0))
  const own = order.amounts
  const rest = own.shipping_amount - (own.shipping_refunded ?? 0)
  const shipping = wish.shipping ?? rest
  const taxLeft = own.shipping_tax_amount - (own.shipping_tax_refunded ?? 0)
  const shippingTax = shipping >= rest ? taxLeft : shareOf(own.shipping_tax_amount, shipping, own.shipping_amount)
  const parts = {
    subtotal: total('row_total'),
    discount_amount: -total('discount_amount'),
    shipping_amount: shipping,
    tax_amount: total('tax_amount') + shippingTax,
    discount_tax_compensation_amount: total('discount_tax_compensation_amount'),
  }
  const adjustment = wish.adjustmentPositive - wish.adjustmentNegative
  return {
    ...parts,
    adjustment,
    adjustment_positive: wish.adjustmentPositive,
    adjustment_negative: wish.adjustmentNegative,
    shipping_incl_tax: shipping + shippingTax,
    shipping_tax_amount: shippingTax,
    subtotal_incl_tax: total('row_total_incl_tax'),
    grand_total: sum(Object.values(parts)) + adjustment,
  }
}

function giveBack({ amounts: own, payment }: Order, memo: Amounts<'grand_total'>): void {
  addTo(own, 'subtotal_refunded', memo.subtotal ?? 0)
  addTo(own, 'discount_refunded', memo.discount_amount ?? 0)
  addTo(own, 'shipping_refunded', memo.shipping_amount ?? 0)
  addTo(own, 'shipping_tax_refunded', memo.shipping_tax_amount ?? 0)
  addTo(own, 'tax_refunded', memo.tax_amount ?? 0)
  addTo(own, 'adjustment_positive', memo.adjustment_positive ?? 0)
  addTo(own, 'adjustment_negative', memo.adjustment_negative ?? 0)
  addTo(own, 'total_refunded', memo.grand_total)
  addTo(own, 'total_offline_refunded', memo.grand_total)
  addTo(payment.amounts, 'amount_refunded', memo.grand_total)
}
