import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { openMagento } from '../../activities/shops/magento/magento.ts'
import type { Shop } from '../../activities/shops/shop.ts'
import { Unavailable } from '../../domain/failures.ts'
import { type Answer, orderOf, type Row, recorded, requestOf, type Sent, search, startShelf } from './magento-shelf.ts'

const SINCE = '2026-11-24T05:00:00.900+01:00'
let shelf: Awaited<ReturnType<typeof startShelf>>
let shop: Shop
let tables: Record<string, Row[]>
let largest: number

before(async () => {
  shelf = await startShelf()
})
after(() => shelf.close())
beforeEach(() => {
  shelf.seen.splice(0)
  shop = openMagento({ site: 'boutique-bio', url: shelf.url, login: { token: 'known' } })
  tables = { orders: [], creditmemos: [], invoices: [] }
  largest = 1000
  shelf.answer(({ path, query }) => search(tables[path.split('/').at(-1) ?? ''] ?? [], query, largest))
})

const order = (id: number, updated: string): Row => ({ ...orderOf(8), entity_id: id, updated_at: updated })
const paper = (id: number, orderId: number, updated: string, total = 1): Row => ({
  ...{ entity_id: id, increment_id: String(id), order_id: orderId, state: 2, grand_total: total },
  ...{ created_at: '2026-11-20 00:00:00', updated_at: updated, comments: [] },
})
const calls = (path: string): Sent[] => shelf.seen.filter((call) => call.path.endsWith(`/${path}`))

/** Reads all pages; `meanwhile` happens after each of them. */
async function readAll(meanwhile: (page: number) => void = () => {}): Promise<string[]> {
  const ids: string[] = []
  let page: string | null = null
  for (let i = 1; i < 50; i++) {
    const read = await shop.readChangedOrders({ since: SINCE, page })
    assert.ok(read.orders.length <= 100)
    ids.push(...read.orders.map((each) => each.webId))
    meanwhile(i)
    page = read.next
    if (page === null) return ids
  }
  return assert.fail('no last page')
}

describe('the changed orders of Magento', () => {
  it('are asked for in UTC without suffix, as in the contract', async () => {
    tables.orders = [orderOf(6)]
    await shop.readChangedOrders({ since: SINCE, page: null })
    const [first] = calls('orders')
    const { method, path, query } = requestOf(recorded('orders_read', 'page 1, UTC times, inclusive bound'))
    assert.deepEqual(
      { method: first?.method, path: first?.path, query: first?.query },
      { method, path, query: { ...query, 'searchCriteria[pageSize]': '100' } },
    )
    assert.equal(first?.authorization, 'Bearer known')
  })

  it('come with their refunds and invoices in two searches', async () => {
    tables.orders = [orderOf(6), orderOf(7)]
    const listed = recorded('orders_write', 'credit memos changed since').response.body as { items: Row[] }
    tables.creditmemos = [...listed.items, { ...paper(3, 7, '2026-11-24 07:00:00'), state: 3 }]
    tables.invoices = [paper(12, 6, '2026-11-24 04:22:10', 92.87)]
    const { orders } = await shop.readChangedOrders({ since: SINCE, page: null })
    assert.deepEqual(
      orders.map((each) => 'order' in each && [each.order.refunds, each.order.payments.map((p) => [p.id, p.amount])]),
      [
        [[{ id: '2', amount: 1482, reason: '' }], [['payment-1', 9287]]],
        [[], []],
      ],
    )
    assert.deepEqual(
      ['orders', 'creditmemos', 'invoices', 'storeConfigs'].map((path) => calls(path).length),
      [1, 1, 1, 1],
    )
    assert.equal(shelf.seen.length, 4)
    assert.equal(calls('invoices')[0]?.query['searchCriteria[filter_groups][0][filters][0][value]'], '6,7')
  })

  it('weigh what their store view says, asked once; without the right to know, nothing is known', async () => {
    tables.orders = [orderOf(6), orderOf(8), { ...orderOf(7), store_id: 2 }]
    const stores = (unit: string) => ({ body: [{ id: 1, code: 'default', weight_unit: unit }] })
    let told: Answer = { status: 401, body: { message: "The consumer isn't authorized to access %resources." } }
    shelf.answer(({ path, query }) =>
      path.endsWith('/storeConfigs') ? told : search(tables[path.split('/').at(-1) ?? ''] ?? [], query),
    )
    const weights = async () => {
      const { orders } = await shop.readChangedOrders({ since: SINCE, page: null })
      const read = orders.map((each) => 'order' in each && ([each.webId, each.order.weight] as const))
      return read.toSorted()
    }
    const all = (...grams: (number | null)[]) => ['6', '7', '8'].map((id, i) => [id, grams[i]])
    assert.deepEqual(await weights(), all(null, null, null))
    told = stores('kgs')
    assert.deepEqual(await weights(), all(3800, null, 1000))
    await weights()
    assert.equal(calls('storeConfigs').length, 2)
    shop = openMagento({ site: 'boutique-bio', url: shelf.url, login: { token: 'known' } })
    told = stores('lbs')
    assert.deepEqual(await weights(), all(1724, null, 454)) // 3.8 and 1 x 453.592 g
    tables.orders = [{ ...orderOf(8), weight: 0 }]
    assert.deepEqual(await weights(), [['8', null]])
  })

  it('are read whole though 2.3 repeats its last page, each once', async () => {
    tables.orders = Array.from({ length: 230 }, (_, i) => order(i + 1, `2026-11-24 04:${10 + Math.floor(i / 7)}:00`))
    const ids = await readAll()
    assert.deepEqual([ids.length, new Set(ids).size], [230, 230])
  })

  it('are read whole when more than a page of them share a second', async () => {
    const seconds = ['2026-11-24 04:00:00', '2026-11-24 04:30:00', '2026-11-24 04:30:01']
    tables.orders = Array.from({ length: 400 }, (_, i) => order(i + 1, seconds[i < 20 ? 0 : i < 370 ? 1 : 2] ?? ''))
    assert.deepEqual(
      await readAll(),
      Array.from({ length: 400 }, (_, i) => String(i + 1)),
    )
  })

  it('are not skipped when others change while they are read', async () => {
    tables.orders = Array.from({ length: 250 }, (_, i) => order(i + 1, `2026-11-24 04:${10 + Math.floor(i / 5)}:00`))
    const ids = await readAll((page) => {
      for (const each of tables.orders?.filter((row) => Number(row.entity_id) % 50 === page) ?? [])
        each.updated_at = `2026-11-24 06:00:0${page}`
    })
    assert.equal(new Set(ids).size, 250)
  })

  it('include those of which only a credit memo or an invoice changed, each once', async () => {
    const old = '2026-11-20 00:00:00'
    const fresh = (minute: number) => `2026-11-24 05:${10 + minute}:00`
    tables.orders = [order(1, old), order(2, old), order(3, fresh(0)), order(4, old), order(5, old)]
    tables.creditmemos = [paper(1, 1, old), paper(2, 1, fresh(1)), paper(3, 1, fresh(2)), paper(4, 3, fresh(2))]
    tables.invoices = [paper(1, 1, fresh(3)), paper(2, 2, fresh(3)), paper(3, 2, fresh(4)), paper(4, 4, old)]
    assert.deepEqual(await readAll(), ['3', '1', '2'])
    largest = 1
    assert.deepEqual(await readAll(), ['3', '1', '2'])
  })

  it('are asked for in smaller pages where the merchant caps them', async () => {
    tables.orders = Array.from({ length: 12 }, (_, i) => order(i + 1, '2026-11-24 05:00:00'))
    largest = 5
    const { orders, next } = await shop.readChangedOrders({ since: SINCE, page: null })
    assert.deepEqual([orders.length, typeof next], [5, 'string'])
    assert.deepEqual(
      calls('orders').map(({ query }) => query['searchCriteria[pageSize]']),
      ['100', '5'],
    )
  })

  it('stand alone: an unreadable one does not stop the others', async () => {
    tables.orders = [orderOf(6), { ...orderOf(7), grand_total: 'gratuit' }]
    const { orders } = await shop.readChangedOrders({ since: SINCE, page: null })
    assert.deepEqual(
      orders.map((each) => [each.webId, each.modifiedAt, 'refusal' in each ? each.refusal.code : each.order.total]),
      [
        ['6', '2026-11-24T04:22:10Z', 9287],
        ['7', '2026-11-24T04:25:00Z', 'unreadable-order'],
      ],
    )
  })

  it('have a page of our own making only', async () => {
    await assert.rejects(shop.readChangedOrders({ since: SINCE, page: '2' }), Unavailable)
  })
})
