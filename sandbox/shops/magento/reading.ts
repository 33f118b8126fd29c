import { type Api, answer, type Call, idIn, orderIn } from './api.ts'
import { type Criteria, readCriteria } from './criteria.ts'
import { type Json, showAmounts } from './door.ts'
import type { Order } from './model.ts'
import { noEntity } from './problems.ts'
import { readTree } from './query.ts'
import { type Columns, type Found, search } from './search.ts'
import { findOrder, type Shop } from './shop.ts'
import { HABITS } from './versions.ts'
import { showHistory, showOrder } from './view.ts'
import { showCreditMemo, showInvoice, showShipment, showTransaction } from './view-documents.ts'

/** Lists and single objects to read: orders, their history, and what was made of them. */
export function addReadingRoutes(api: Api): void {
  const { v1, shop, only } = api
  const { data } = shop.store
  const ofOrder = <Row extends { row: { order_id: number } }>(rows: Row[], show: (order: Order, row: Row) => Json) =>
    rows.flatMap((row) => {
      const order = findOrder(shop, row.row.order_id)
      return order ? [found(row, () => show(order, row))] : []
    })
  const lists = [
    { list: '/orders', right: 'Magento_Sales::actions_view', one: '/orders/:id', rows: () => orderRows(shop) },
    {
      list: '/invoices',
      right: 'Magento_Sales::sales_invoice',
      one: '/invoices/:id',
      rows: () => ofOrder(data.invoices, showInvoice),
    },
    {
      list: '/shipments',
      right: 'Magento_Sales::shipment',
      one: '/shipment/:id',
      rows: () => ofOrder(data.shipments, showShipment),
    },
    {
      list: '/creditmemos',
      right: 'Magento_Sales::sales_creditmemo',
      one: '/creditmemo/:id',
      rows: () => ofOrder(data.creditMemos, showCreditMemo),
    },
    {
      list: '/transactions',
      right: 'Magento_Sales::transactions_fetch',
      one: '/transactions/:id',
      rows: () => transactionRows(shop),
    },
  ]
  for (const { list, one, right, rows } of lists) {
    v1.get(list, only(right), (c) => answer(c, searchIn(api, c, rows())))
    v1.get(one, only(right), (c) => answer(c, oneOf(rows(), idIn(c))))
  }
  v1.get('/orders/:id/statuses', only('Magento_Sales::actions_view'), (c) => answer(c, orderIn(c, shop).row.status))
  v1.get('/orders/:id/comments', only('Magento_Sales::actions_view'), (c) => answer(c, commentsOf(orderIn(c, shop))))
}

function searchIn(api: Api, c: Call, rows: Found[]) {
  const criteria = readCriteria(readTree(c.var.query), api)
  const known = rows[0] ? Object.keys(rows[0].columns) : fieldsOf(criteria)
  return search(rows, criteria, { repeatsLastPage: HABITS[api.shop.version].repeatsLastPage, known })
}

/** A table without rows tells no columns: then every one is taken as known. */
const fieldsOf = (criteria: Criteria) => [
  ...criteria.filter_groups.flatMap((group) => group.filters.map((filter) => filter.field)),
  ...(criteria.sort_orders ?? []).map((sort) => sort.field),
]

function oneOf(rows: Found[], id: number): unknown {
  const row = rows.find(({ columns }) => (columns.entity_id ?? columns.transaction_id) === id)
  if (!row) throw noEntity()
  return row.show()
}

const found = (o: { row: object; amounts?: Record<string, number | null> }, show: () => Json): Found => ({
  columns: { store_id: 1, ...(o.row as Columns), ...showAmounts(o.amounts ?? {}) },
  show,
})

const orderRows = (shop: Shop): Found[] =>
  shop.store.data.orders.map((order) => {
    const { columns } = found(order, () => ({}))
    return { columns: { ext_order_id: null, ...columns }, show: () => showOrder(order) }
  })

const transactionRows = (shop: Shop): Found[] =>
  shop.store.data.transactions.map((transaction) => {
    const { amount: _, ...row } = transaction
    return found({ row: { ...row, parent_id: null, parent_txn_id: null } }, () => showTransaction(transaction))
  })

const commentsOf = (order: Order) => ({
  items: order.histories.map(showHistory).reverse(),
  search_criteria: {
    filter_groups: [{ filters: [{ field: 'parent_id', value: order.row.entity_id, condition_type: 'eq' }] }],
  },
  total_count: order.histories.length,
})
