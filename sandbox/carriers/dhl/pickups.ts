import { type Context, Hono } from 'hono'
import { bookPickup, type Carrier } from './carrier.ts'
import { dateFault } from './dates.ts'
import { readBody } from './door.ts'
import type { Pickup } from './model.ts'
import { refuse, refuseBusiness, refuseMissing } from './problems.ts'
import type { Party } from './request.ts'
import { SAY } from './texts.ts'

interface PickupRequest {
  plannedPickupDateAndTime: string
  accounts: { typeCode: string; number: string }[]
  customerDetails: { shipperDetails: Party; pickupDetails?: Party }
}

interface PickupChange extends PickupRequest {
  dispatchConfirmationNumber: string
  originalShipperAccountNumber: string
}

/** Couriers: booked, changed, cancelled. */
export function openPickups(carrier: Carrier): Hono {
  const app = new Hono()
  app.post('/pickups', (c) => book(c, carrier))
  app.patch('/pickups/:number', (c) => change(c, carrier))
  app.delete('/pickups/:number', (c) => cancel(c, carrier))
  return app
}

function rulesOfPickup({ plannedPickupDateAndTime, accounts }: PickupRequest, carrier: Carrier): string[] {
  const texts = { shape: SAY.dateShape, past: SAY.datePast, far: SAY.dateFar }
  const fault = dateFault(plannedPickupDateAndTime, carrier.now())
  const isStrange = accounts.some(({ number }) => number !== carrier.account)
  return [...(fault ? [texts[fault]()] : []), ...(isStrange ? [SAY.notAllowed()] : [])]
}

async function book(c: Context, carrier: Carrier): Promise<Response> {
  const read = await readBody<PickupRequest>(c, 'PickupRequest')
  if (!read.isRight) return read.refusal
  const broken = rulesOfPickup(read.body, carrier)
  if (broken.length) return refuseBusiness(c, broken)
  const { shipperDetails, pickupDetails } = read.body.customerDetails
  const pickup = bookPickup(carrier, {
    country: (pickupDetails ?? shipperDetails).postalAddress.countryCode,
    plannedAt: read.body.plannedPickupDateAndTime,
  })
  return c.json({ dispatchConfirmationNumbers: [pickup.dispatchConfirmationNumber] }, 201)
}

const findPickup = ({ store }: Carrier, number: string | undefined): Pickup | undefined =>
  store.data.pickups.find(({ dispatchConfirmationNumber }) => dispatchConfirmationNumber === number)

const refuseUnknown = (c: Context, detail: string): Response =>
  refuse(c, { httpStatus: 404, title: 'Pickup not found', details: [detail] })

async function change(c: Context, carrier: Carrier): Promise<Response> {
  const read = await readBody<PickupChange>(c, 'UpdatePickupRequest')
  if (!read.isRight) return read.refusal
  const { body } = read
  const pickup = findPickup(carrier, c.req.param('number'))
  if (!pickup || body.dispatchConfirmationNumber !== pickup.dispatchConfirmationNumber)
    return refuseUnknown(c, ' Requested Pickup was not found')
  if (body.originalShipperAccountNumber !== pickup.shipperAccount) return refuseBusiness(c, [SAY.pickupAccount()])
  const broken = rulesOfPickup(body, carrier)
  if (broken.length) return refuseBusiness(c, broken)
  pickup.plannedAt = body.plannedPickupDateAndTime
  carrier.ledger.count('fetch-changed', pickup.dispatchConfirmationNumber)
  return c.json({ dispatchConfirmationNumber: pickup.dispatchConfirmationNumber })
}

function cancel(c: Context, carrier: Carrier): Response {
  const missing = ['requestorName', 'reason'].filter((name) => !c.req.query(name))
  if (missing.length) return refuseMissing(c, missing)
  const pickup = findPickup(carrier, c.req.param('number'))
  if (!pickup) return refuseUnknown(c, 'Cancellation of booking was not successful. Requested Pickup was not found')
  const { data } = carrier.store
  data.pickups = data.pickups.filter((other) => other !== pickup)
  carrier.ledger.count('fetch-cancelled', pickup.dispatchConfirmationNumber)
  return c.body(null, 200)
}
