import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { openMagento } from '../../activities/shops/magento/magento.ts'
import type { Shop } from '../../activities/shops/shop.ts'
import { type FailureCode, Refused, Unavailable } from '../../domain/failures.ts'
import { type Answer, orderOf, type Recorded, type Row, recorded, requestOf, startShelf } from './magento-shelf.ts'

let shelf: Awaited<ReturnType<typeof startShelf>>
let shop: Shop

before(async () => {
  shelf = await startShelf()
  shop = openMagento({ site: 'boutique-bio', url: shelf.url, login: { token: 'known' } })
})
after(() => shelf.close())
beforeEach(() => shelf.seen.splice(0))

const TRACKING = { carrier: 'COLISSIMO', trackingNumber: '6A12345678901', trackingUrl: 'https://t.example.test/6A1' }
const answerOf = ({ response: { status, headers, body } }: Recorded): Answer => ({ status, headers, body })
const writes = () => shelf.seen.filter(({ method }) => method === 'POST').map(({ path, body }) => ({ path, body }))
const refuses = (work: Promise<unknown>, code: FailureCode, remedy: RegExp) =>
  assert.rejects(work, (error) => {
    assert.ok(error instanceof Refused, String(error))
    assert.equal(error.code, code)
    assert.match(error.remedy, remedy)
    assert.doesNotMatch(`${error.remedy}${error.message}${error.stack}`, /known|jeanne/)
    return true
  })

/** An order that answers reading, invoice, ship and cancel with the states that Magento goes through. */
function lives(start: Row, moves: Record<string, Row | Answer>) {
  const order: Row = { ...orderOf(6), id: 6, ...start }
  shelf.answer(({ method, path }) => {
    if (method === 'GET') return { body: order }
    const move = moves[path.split('/').at(-1) ?? '']
    if (move && 'body' in move) return move as Answer
    Object.assign(order, move)
    return { body: path.endsWith('comments') || path.endsWith('cancel') ? true : '12' }
  })
}

describe('a status pushed to Magento', () => {
  it('complete makes the invoice that lacks and the shipment that lacks', async () => {
    lives(
      { state: 'new', status: 'pending', total_invoiced: null },
      {
        invoice: { state: 'processing', status: 'processing', total_invoiced: 92.87 },
        ship: { state: 'complete', status: 'complete' },
      },
    )
    await shop.pushStatus({ webId: '6', status: 'complete' })
    assert.deepEqual(writes(), [
      { path: '/rest/default/V1/order/6/invoice', body: { capture: false, notify: false } },
      { path: '/rest/default/V1/order/6/ship', body: { notify: false } },
    ])
    await shop.pushStatus({ webId: '6', status: 'complete' })
    assert.equal(writes().length, 2)
  })

  it('complete does not invoice twice, and says why it did not come to be', async () => {
    lives({}, { ship: answerOf(recorded('orders_write', 'ship again')) })
    await refuses(
      shop.pushStatus({ webId: '6', status: 'complete' }),
      'refused',
      /does not allow a shipment to be created/,
    )
    assert.deepEqual(
      writes().map(({ path }) => path),
      ['/rest/default/V1/order/6/ship'],
    )
  })

  it('complete goes by the state that is read afterwards, whatever was answered', async () => {
    lives(
      { state: 'new', status: 'pending', total_invoiced: 0 },
      {
        invoice: answerOf(recorded('orders_write', 'invoice again')),
        ship: { state: 'complete', status: 'expediee' },
      },
    )
    await shop.pushStatus({ webId: '6', status: 'complete' })
    assert.equal(await shop.readStatus('6'), 'expediee')
  })

  it('canceled is sent as in the contract; false is no answer, the state is', async () => {
    const exchange = recorded('orders_write', 'cancel')
    lives({ state: 'new', status: 'pending' }, { cancel: { state: 'canceled', status: 'canceled' } })
    await shop.pushStatus({ webId: '7', status: 'canceled' })
    const { path, body } = requestOf(exchange)
    assert.deepEqual(writes(), [{ path, body }])
    lives({}, { cancel: answerOf(exchange) })
    await refuses(shop.pushStatus({ webId: '7', status: 'canceled' }), 'refused', /reste « processing »/)
    lives({ state: 'canceled', status: 'canceled' }, { cancel: answerOf(exchange) })
    await shop.pushStatus({ webId: '7', status: 'canceled' })
  })

  it('of any other word is a comment under the current status, once', async () => {
    lives({ status: 'a_preparer' }, {})
    await shop.pushStatus({ webId: '6', status: 'closed' })
    const statusHistory = {
      ...{ comment: 'Codial : closed', status: 'a_preparer', is_customer_notified: 0, is_visible_on_front: 0 },
      ...{ parent_id: 6, entity_name: 'order' },
    }
    assert.deepEqual(writes(), [{ path: '/rest/default/V1/orders/6/comments', body: { statusHistory } }])
    lives({ status: 'a_preparer', status_histories: [{ comment: 'Codial : closed' }] }, {})
    await shop.pushStatus({ webId: '6', status: 'closed' })
    await shop.pushStatus({ webId: '6', status: 'a_preparer' })
    assert.equal(writes().length, 1)
  })
})

describe('what Magento shows the customer', () => {
  const shipments = recorded('orders_write', 'shipments of an order')

  it('the first number makes the shipment', async () => {
    shelf.answer(({ method }) => ({ body: method === 'GET' ? { items: [], total_count: 0 } : '4' }))
    await shop.pushTracking({ webId: '6', tracking: TRACKING })
    const { method, path, body } = requestOf(recorded('orders_write', 'ship with tracking'))
    const { tracks } = body as Row
    const comment = {
      comment: `Colis 6A12345678901 remis à Colissimo : ${TRACKING.trackingUrl}`,
      is_visible_on_front: 1,
    }
    assert.deepEqual(
      [shelf.seen[1]?.method, shelf.seen[1]?.path, shelf.seen[1]?.body],
      [method, path, { notify: false, appendComment: true, comment, tracks }],
    )
  })

  it('the next one is laid beside it, as in the contract', async () => {
    const exchange = recorded('orders_write', 'add a track to an existing shipment')
    shelf.answer(({ method }) => answerOf(method === 'GET' ? shipments : exchange))
    await shop.pushTracking({ webId: '6', tracking: { ...TRACKING, trackingNumber: '6A12345678902' } })
    const { path, body } = requestOf(exchange)
    const entity = { ...(body as { entity: Row }).entity, description: TRACKING.trackingUrl }
    assert.deepEqual(writes(), [{ path, body: { entity } }])
    const { query } = requestOf(shipments)
    for (const [name, value] of Object.entries(query)) assert.equal(shelf.seen[0]?.query[name], value)
  })

  it('is found again by the whole number', async () => {
    shelf.answer(() => answerOf(shipments))
    const shows = (trackingNumber: string) => shop.showsTracking({ webId: '6', trackingNumber })
    assert.deepEqual([await shows('6A12345678901'), await shows('6A1234567890')], [true, false])
  })

  it('an invoice is a visible comment with a link, as in the contract', async () => {
    const exchange = recorded('orders_write', 'comment, same status')
    shelf.answer(({ method }) =>
      method === 'GET' ? { body: { ...orderOf(6), state: 'complete', status: 'complete' } } : answerOf(exchange),
    )
    await shop.publishInvoice({ webId: '6', number: 'F2026-001', url: 'https://erp.example.test/f/abc.pdf' })
    const { path, body } = requestOf(exchange)
    assert.deepEqual(writes(), [{ path, body }])
    const { comment } = (body as { statusHistory: Row }).statusHistory
    const shown = [
      { comment, is_visible_on_front: 1 },
      { comment: 'Facture F9 : x', is_visible_on_front: 0 },
    ]
    shelf.answer(() => ({ body: { ...orderOf(6), status_histories: shown } }))
    const shows = (number: string) => shop.showsInvoice({ webId: '6', number })
    assert.deepEqual([await shows('F2026-001'), await shows('F2026-00'), await shows('F9')], [true, false, false])
  })

  it('a comment is for the customer or for the shop only, and known again', async () => {
    lives({}, {})
    await shop.pushComment({ webId: '6', text: 'Pour vous', forCustomer: true })
    await shop.pushComment({ webId: '6', text: 'Pour nous', forCustomer: false })
    assert.deepEqual(
      writes().map(({ body }) => {
        const { comment, status, is_customer_notified, is_visible_on_front } = (body as { statusHistory: Row })
          .statusHistory
        return [comment, status, is_customer_notified, is_visible_on_front]
      }),
      [
        ['Pour vous', 'processing', 1, 1],
        ['Pour nous', 'processing', 0, 0],
      ],
    )
    lives({ status_histories: [{ comment: 'Pour\r\nnous ' }] }, {})
    assert.equal(await shop.showsComment({ webId: '6', text: 'Pour nous' }), true)
    assert.equal(await shop.showsComment({ webId: '6', text: 'Pour' }), false)
  })
})

describe('what Magento refuses', () => {
  const replay = (file: string, name: string) => shelf.answer(() => answerOf(recorded(file, name)))

  it('a login, naming the right', async () => {
    replay('errors_auth', 'no or unknown token, or a missing right')
    await refuses(shop.readStatus('6'), 'login-refused', /isn't authorized to access Magento_Sales::actions_view/)
    replay('errors_auth', 'bad OAuth signature')
    await refuses(shop.readStatus('6'), 'login-refused', /signature is invalid/)
    shelf.answer(() => ({ status: 401, body: '<html>nginx</html>', isRaw: true }))
    await refuses(shop.readStatus('6'), 'login-refused', /boutique-bio/)
  })

  it('an order it does not know, by its id', async () => {
    replay('orders_read', 'unknown order')
    await refuses(shop.readOrder('999999'), 'refused', /ne connaît pas la commande 999999/)
  })

  it('a request, with the parameters of its message put in', async () => {
    const says = (name: string, text: RegExp) => {
      replay('errors_auth', name)
      return refuses(shop.readStatus('6'), 'refused', text)
    }
    await says('missing parameter', /, "items" is required\. Enter and try again\. —/)
    await says('several input errors', /, "sku" can not be empty\. —/)
    await says('page size above a limit set by the merchant', /Maximum SearchCriteria pageSize is 300/)
    replay('orders_write', 'comment with another status, 2.4.7')
    await refuses(shop.readStatus('6'), 'refused', /The status "processing" is not part of the order status history\./)
  })

  it('a request, without the people in its message', async () => {
    const message = 'No such entity with %fieldName = %fieldValue, call 06 12 34 56 78 or jeanne.d@example.com (%1)'
    const parameters = { fieldName: 'email', fieldValue: 'jeanne', 1: 'jeanne@example.com' }
    shelf.answer(() => ({ status: 400, body: { message, parameters } }))
    await refuses(shop.readStatus('6'), 'refused', /with email = …, call … or … \(?…/)
  })

  it('nothing, when it only cannot answer now', async () => {
    for (const name of ['database contention while saving a product', 'server failure, production mode']) {
      replay('errors_auth', name)
      await assert.rejects(shop.readStatus('6'), Unavailable)
    }
    for (const status of [302, 403, 404, 503]) {
      shelf.answer(() => ({ status, body: '<html>Maintenance</html>', isRaw: true }))
      await assert.rejects(shop.readStatus('6'), (e) => e instanceof Unavailable && !/known/.test(e.message))
    }
  })
})
