import { Hono } from 'hono'
import { cancelForShop } from './cancelling.ts'
import { LISTS } from './catalogue.ts'
import { findDeliveryNote, pushTracking, pushTrackingEvent, ship } from './deliveries.ts'
import { viewInvoice } from './invoice-view.ts'
import { findInvoice } from './invoices.ts'
import { issue } from './issuing.ts'
import { createOrder, findOrder, findWebOrder, recordPayment } from './orders.ts'
import { parse } from './parse.ts'
import { json, once, page } from './replies.ts'
import * as schemas from './schemas.ts'
import type { World } from './world.ts'

/** The addresses of `codial-api` under /v1 (contract, sections 3 and 4). */
export function apiRoutes(world: World): Hono {
  const api = new Hono()
  for (const [list, elements] of Object.entries(LISTS)) {
    const items = elements.map((element, i) => ({ element, rank: i + 1 }))
    api.get(`/${list}`, (c) => {
      parse(schemas.pageQuery, c.req.query())
      return page(c, { list, items, rankOf: ({ rank }) => rank, view: ({ element }) => element })
    })
  }
  api.get('/evenements', (c) => {
    parse(schemas.pageQuery, c.req.query())
    return page(c, {
      list: 'evenements',
      items: world.state.events,
      rankOf: ({ id }) => Number(id),
      view: (event) => event,
    })
  })
  addOrderRoutes(api, world)
  addDeliveryRoutes(api, world)
  addInvoiceRoutes(api, world)
  return api
}

function addOrderRoutes(api: Hono, world: World): void {
  api.post('/commandes', (c) =>
    once(c, world, (body) => {
      const { created, order } = createOrder(world, parse(schemas.orderBody, body))
      return { status: created ? 201 : 200, body: { numero: order.numero, statut: order.statut } }
    }),
  )
  api.get('/commandes', (c) => {
    const { site, reference_web } = parse(schemas.ordersQuery, c.req.query())
    const isLookUp = site !== undefined && reference_web !== undefined
    const found = isLookUp ? findWebOrder(world, { site, reference_web }) : undefined
    const all = isLookUp
      ? Object.values(found ? [world.state.orders[found.numero]] : [])
      : Object.values(world.state.orders)
    const items = all
      .filter((kept) => kept !== undefined)
      .filter(({ order }) => isAsked(order, { site, reference_web }))
    return page(c, { list: 'commandes', items, rankOf: (kept) => kept.rang_modif, view: (kept) => kept.order })
  })
  api.get('/commandes/:numero', (c) => json(findOrder(world, c.req.param('numero'))))
  api.post('/commandes/:numero/reglements', (c) =>
    once(c, world, (body) => ({ body: recordPayment(world, c.req.param('numero'), parse(schemas.paymentBody, body)) })),
  )
  api.post('/commandes/:numero/annulation', (c) =>
    once(c, world, (body) => {
      const { numero, statut } = cancelForShop(
        world,
        c.req.param('numero'),
        parse(schemas.cancellationBody, body).motif,
      )
      return { body: { numero, statut } }
    }),
  )
}

/** True when every asked field has the asked value; what is not asked does not matter. */
function isAsked<T extends object>(element: T, asked: { [K in keyof T]?: T[K] | undefined }): boolean {
  return Object.entries(asked).every(([name, value]) => value === undefined || element[name as keyof T] === value)
}

function addDeliveryRoutes(api: Hono, world: World): void {
  api.get('/livraisons/:numero', (c) => json(findDeliveryNote(world, c.req.param('numero'))))
  api.post('/livraisons/:numero/suivi', (c) =>
    once(c, world, (body) => {
      const livraison = c.req.param('numero')
      const { rang, numero_suivi } = pushTracking(world, livraison, parse(schemas.trackingBody, body))
      return { body: { livraison, rang, numero_suivi } }
    }),
  )
  api.post('/livraisons/:numero/expedition', (c) =>
    once(c, world, (body) => {
      parse(schemas.shippingBody, body)
      const { numero, statut, expediee_le } = ship(world, c.req.param('numero'))
      return { body: { numero, statut, expediee_le } }
    }),
  )
  api.post('/livraisons/:numero/evenements-suivi', (c) =>
    once(c, world, (body) => {
      const event = parse(schemas.trackingEventBody, body)
      pushTrackingEvent(world, c.req.param('numero'), event)
      return { body: { livraison: c.req.param('numero'), rang: event.rang, etat: event.etat } }
    }),
  )
}

function addInvoiceRoutes(api: Hono, world: World): void {
  api.get('/factures/:numero', (c) => json(viewInvoice(world, findInvoice(world, c.req.param('numero')))))
  api.get('/factures', (c) => {
    const { depuis, site, agence, etat } = parse(schemas.invoicesQuery, c.req.query())
    const items = Object.values(world.state.invoices)
      .map((record) => ({ rank: record.rang_modif, invoice: viewInvoice(world, record) }))
      .filter(({ invoice }) => isAsked(invoice, { site, agence, etat }))
      .filter(({ invoice }) => depuis === undefined || isSince(invoice, depuis))
    return page(c, { list: 'factures', items, rankOf: ({ rank }) => rank, view: ({ invoice }) => invoice })
  })
  api.post('/factures/emission', (c) => once(c, world, (body) => ({ body: issue(world, body) })))
}

/** `depuis` is a day of the invoice, or a moment of its issue. */
function isSince({ date, emise_le }: { date: string; emise_le: string }, since: string): boolean {
  return since.length === 10 ? date >= since : Date.parse(emise_le) >= Date.parse(since)
}
