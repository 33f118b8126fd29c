import { type Context, Hono } from 'hono'
import { type Carrier, findShipment } from './carrier.ts'
import { wallClockOf } from './dates.ts'
import type { Shipment } from './model.ts'
import { areaOf } from './places.ts'
import { refuse, refuseFormat, refuseMissing } from './problems.ts'
import { SAMPLE_NUMBERS, type TrackedShipment, trackedSample, trackedShipment, type View } from './tracked.ts'

const VIEWS = ['all-checkpoints', 'all-checkpoints-with-remarks', 'last-checkpoint', 'shipment-details-only']
const ALL_VIEWS = [...VIEWS, 'advance-shipment', 'bbx-children']
const LEVELS = ['shipment', 'piece', 'all']
const MOST_NUMBERS = 200

/** Tracking: one shipment with offsets on demand, or many at once, by number, piece or reference. */
export function openTracking(carrier: Carrier): Hono {
  const app = new Hono()
  app.get('/shipments/:number/tracking', (c) => {
    const view = viewOf(c, c.req.query('requestGMTOffsetPerEvent') === 'true')
    const problems = problemsOf(view)
    if (problems.length) return refuseFormat(c, problems)
    return sendFound(c, findOne({ carrier, number: c.req.param('number'), view }))
  })
  app.get('/tracking', (c) => trackMany(c, carrier))
  return app
}

const viewOf = (c: Context, hasOffset: boolean): View => ({
  trackingView: c.req.query('trackingView') ?? 'all-checkpoints',
  levelOfDetail: c.req.query('levelOfDetail') ?? 'shipment',
  hasOffset,
})

const problemsOf = ({ trackingView, levelOfDetail }: View): string[] => [
  ...(ALL_VIEWS.includes(trackingView)
    ? []
    : [`trackingView (valid parameters for trackingView are [${ALL_VIEWS.join(', ')}]`]),
  ...(LEVELS.includes(levelOfDetail)
    ? []
    : [`levelOfDetail (valid parameters for levelOfDetail are [${LEVELS.join(', ')}]`]),
]

function findOne(o: { carrier: Carrier; number: string; view: View }): TrackedShipment[] {
  const shipment = findShipment(o.carrier, o.number)
  if (shipment) return [trackedShipment(shipment, o.view)]
  return SAMPLE_NUMBERS.includes(o.number) ? [trackedSample(o.number, o.view)] : []
}

function sendFound(c: Context, shipments: TrackedShipment[], missing = 'No data found'): Response {
  if (shipments.length) return c.json({ shipments })
  const title = 'Not data found'
  return refuse(c, { httpStatus: 404, title, message: title, details: [missing] })
}

const listOf = (c: Context, name: string): string[] =>
  (c.req.queries(name) ?? []).flatMap((text) => text.split(',')).filter((text) => text !== '')

function trackMany(c: Context, carrier: Carrier): Response {
  const view = viewOf(c, false)
  const numbers = listOf(c, 'shipmentTrackingNumber')
  const pieces = listOf(c, 'pieceTrackingNumber')
  const reference = c.req.query('shipmentReference')
  const problems = [...problemsOf(view), ...problemsOfMany(c, { numbers, pieces })]
  if (problems.length) return refuseFormat(c, problems)
  if (reference !== undefined) return trackReference({ c, carrier, view, reference })
  if (!numbers.length && !pieces.length) return refuseMissing(c, ['shipmentTrackingNumber'])
  const byNumber = numbers.flatMap((number) => findOne({ carrier, number, view }))
  const byPiece = carrier.store.data.shipments
    .filter(({ number }) => !numbers.includes(number))
    .filter((shipment) => shipment.pieces.some(({ trackingNumber }) => pieces.includes(trackingNumber)))
    .map((shipment) => trackedShipment(shipment, view))
  return sendFound(c, [...byNumber, ...byPiece])
}

function problemsOfMany(c: Context, o: { numbers: string[]; pieces: string[] }): string[] {
  const dates = ['dateRangeFrom', 'dateRangeTo'].filter(
    (name) => !/^\d{4}-\d{2}-\d{2}$/.test(c.req.query(name) ?? '0000-00-00'),
  )
  return [
    ...(o.numbers.length > MOST_NUMBERS ? [`shipmentTrackingNumber (maxItems=${MOST_NUMBERS})`] : []),
    ...(o.pieces.length > MOST_NUMBERS ? [`pieceTrackingNumber (maxItems=${MOST_NUMBERS})`] : []),
    ...dates,
  ]
}

function trackReference(o: { c: Context; carrier: Carrier; view: View; reference: string }): Response {
  const { c, carrier, view, reference } = o
  const account = c.req.query('shipperAccountNumber')
  if (account === undefined) return refuseMissing(c, ['shipperAccountNumber'])
  const range = { from: c.req.query('dateRangeFrom'), to: c.req.query('dateRangeTo') }
  const type = c.req.query('shipmentReferenceType')
  const newest = carrier.now().getTime() - carrier.visibleAfterMs
  const found = carrier.store.data.shipments
    .filter(({ request }) => account === carrier.account && hasReference(request.customerReferences, reference, type))
    .filter(({ soldAt }) => Date.parse(soldAt) <= newest)
    .filter((shipment) => isWithin(shipment, range))
  const tracked = found.map((shipment) => trackedShipment(shipment, view))
  return sendFound(c, tracked, `No Shipments Found for ReferenceID | ${reference}`)
}

const hasReference = (
  references: Shipment['request']['customerReferences'],
  value: string,
  type: string | undefined,
): boolean =>
  references?.some((one) => one.value === value && (type === undefined || (one.typeCode ?? 'CU') === type)) ?? false

// Whether the range means the day of the label or the planned day is not documented: either will do.
function isWithin(
  { soldAt, request }: Shipment,
  { from, to }: { from: string | undefined; to: string | undefined },
): boolean {
  const { zone } = areaOf(request.customerDetails.shipperDetails.postalAddress.countryCode)
  const days = [wallClockOf(soldAt, zone).date, request.plannedShippingDateAndTime.slice(0, 10)]
  return days.some((day) => (from === undefined || day >= from) && (to === undefined || day <= to))
}
