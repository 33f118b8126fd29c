import { type Context, Hono } from 'hono'
import { type Carrier, sellShipment } from './carrier.ts'
import { readBody } from './door.ts'
import { refuseBusiness } from './problems.ts'
import type { ShipmentRequest } from './request.ts'
import { rulesBroken } from './rules.ts'
import { shipmentReply } from './shipment-reply.ts'
import { SAY } from './texts.ts'

/** Labels: the purchase, its dry run, and what this account has no right to. */
export function openShipments(carrier: Carrier): Hono {
  const app = new Hono()
  app.post('/shipments', (c) => create(c, carrier))
  // Proofs and stored documents are options of an account, and the sandbox's has neither.
  app.get('/shipments/:number/proof-of-delivery', (c) => refuseBusiness(c, [SAY.notAllowed()]))
  app.get('/shipments/:number/get-image', (c) => refuseBusiness(c, [SAY.notAllowed()]))
  return app
}

async function create(c: Context, carrier: Carrier): Promise<Response> {
  const read = await readBody<ShipmentRequest>(c, 'CreateShipmentRequest')
  if (!read.isRight) return read.refusal
  const request = read.body
  const broken = rulesBroken({
    request,
    now: carrier.now(),
    account: carrier.account,
    reserved: carrier.store.data.reserved,
    isPaperlessUnchecked: c.req.query('bypassPLTError') === 'true',
  })
  if (broken.length) return refuseBusiness(c, broken)
  if (c.req.query('validateDataOnly') === 'true') return c.json({}, 201)
  const shipment = sellShipment(carrier, request)
  const base = `${new URL(c.req.url).origin}/mydhlapi`
  c.header('Location', `${base}/shipments/${shipment.number}`)
  return c.json(await shipmentReply(shipment, base), 201)
}
