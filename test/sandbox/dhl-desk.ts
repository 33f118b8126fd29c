import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach } from 'node:test'
import { Ajv } from 'ajv'
import { type DhlSandbox, startDhl } from '../../sandbox/carriers/dhl/server.ts'
import { jsonOf, type RawReply, send } from './raw-http.ts'

/** The account of the samples. */
export const ACCOUNT = '123456789'
/** The instant of the sandbox's clock in these tests: a Monday, 10:00 in Paris. */
export const MONDAY = new Date('2026-03-16T09:00:00Z')
/** The day after, as a request writes it. */
export const TUESDAY = '2026-03-17T15:00:00 GMT+01:00'

/** A recorded JSON file of the carrier. */
export const readJson = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/dhl/${name}.json`, import.meta.url), 'utf8'))

/** A sandbox that knows the customer of the samples, on Monday unless told otherwise. */
export const open = (o: Partial<Parameters<typeof startDhl>[0]> = {}): Promise<DhlSandbox> =>
  startDhl({ user: 'user', password: 'secret', account: ACCOUNT, now: () => MONDAY, ...o })

type Sample = 'domestic' | 'international' | 'paperless' | 'dry-run'

/** A recorded request moved to the clock of the sandbox, with some members changed by their path; undefined takes one away. */
export function requestWith(sample: Sample, changes: Record<string, unknown> = {}) {
  const request = readJson(`${sample}-request`)
  request.plannedShippingDateAndTime = TUESDAY
  request.accounts[0].number = ACCOUNT
  return changed(request, changes)
}

/** A message with some members changed, named by their path; undefined takes a member away. */
export function changed<T extends object>(message: T, changes: Record<string, unknown>): T {
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    const inner = names.reduce<Record<string, unknown>>(
      (object, name) => object[name] as Record<string, unknown>,
      message as Record<string, unknown>,
    )
    if (value === undefined) delete inner[last]
    else inner[last] = value
  }
  return message
}

const person = (name: string, postalAddress: object) => ({
  postalAddress,
  contactInformation: { companyName: name, fullName: name, phone: '+33 1 23 45 67 89' },
})

/** A small request of our own: goods from Paris to Berlin, as many pieces as references. */
export const toBerlin = (references: string[] = ['CMD-1-1'], changes: Record<string, unknown> = {}) =>
  changed(
    {
      plannedShippingDateAndTime: TUESDAY,
      pickup: { isRequested: false },
      productCode: 'U',
      accounts: [{ typeCode: 'shipper', number: ACCOUNT }],
      customerReferences: [{ value: 'CMD-1', typeCode: 'CU' }],
      customerDetails: {
        shipperDetails: person('Boutique Exemple', {
          postalCode: '75009',
          cityName: 'Paris',
          countryCode: 'FR',
          addressLine1: '12 rue Halévy',
        }),
        receiverDetails: person('Erika Muster', {
          postalCode: '10115',
          cityName: 'Berlin',
          countryCode: 'DE',
          addressLine1: 'Invalidenstr. 44',
        }),
      },
      content: {
        packages: references.map((value) => ({
          weight: 0.7,
          dimensions: { length: 20, width: 15, height: 10 },
          ...(value ? { customerReferences: [{ value, typeCode: 'CU' }] } : {}),
        })),
        isCustomsDeclarable: false,
        description: 'Cotton shirts',
        incoterm: 'DAP',
        unitOfMeasurement: 'metric',
      },
    },
    changes,
  )

/** The changes that send `toBerlin` to Geneva, with its customs papers. */
export const TO_GENEVA = {
  productCode: 'P',
  'customerDetails.receiverDetails.postalAddress': {
    postalCode: '1201',
    cityName: 'Genève',
    countryCode: 'CH',
    addressLine1: '1 rue du Mont-Blanc',
  },
  'content.isCustomsDeclarable': true,
  'content.declaredValue': 40,
  'content.declaredValueCurrency': 'EUR',
  'content.exportDeclaration': {
    lineItems: [
      {
        number: 1,
        description: 'Cotton shirts',
        price: 20,
        quantity: { value: 2, unitOfMeasurement: 'PCS' },
        manufacturerCountry: 'FR',
        weight: { netValue: 0.3, grossValue: 0.35 },
      },
    ],
    invoice: { number: 'F-1', date: '2026-03-16' },
  },
}

const BASIC = `Basic ${Buffer.from('user:secret').toString('base64')}`

/** Sends one call with the right password and version, unless told otherwise. */
export function call(
  url: string,
  path: string,
  o: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<RawReply> {
  const body = o.body === undefined || typeof o.body === 'string' ? o.body : JSON.stringify(o.body)
  return send({
    url: `${url}/mydhlapi${path}`,
    method: o.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { Authorization: BASIC, 'x-version': '3.1.0', 'Content-Type': 'application/json', ...o.headers },
    ...(body === undefined ? {} : { body: body as string }),
  })
}

const schemas = JSON.parse(readFileSync(new URL('../../sandbox/data/dhl/schemas.json', import.meta.url), 'utf8'))
const ajv = new Ajv({ strict: false, multipleOfPrecision: 6, formats: { date: true } })
ajv.addSchema({ $id: 'description', ...schemas })

/** The JSON of a reply that must have this status and fit this schema of the description. */
export function fits(reply: RawReply, o: { status: number; schema: string }) {
  assert.equal(reply.status, o.status, reply.text)
  const body = jsonOf(reply)
  const validate = ajv.compile({ $ref: `description#/$defs/${o.schema}` })
  assert.ok(validate(body), JSON.stringify(validate.errors))
  // biome-ignore lint/suspicious/noExplicitAny: the schema above says what it is
  return body as any
}

/** What a refusal says, with its status: one text, or all of `additionalDetails`. */
export function refusalOf(reply: RawReply): { status: number; title: string; details: string[] } {
  const body = fits(reply, { status: reply.status, schema: 'ErrorResponse' })
  assert.equal(reply.headers['content-type'], 'application/problem+json')
  assert.equal(body.status, String(reply.status))
  return { status: reply.status, title: body.title, details: body.additionalDetails ?? [body.detail] }
}

/** A sandbox for each test of a file, with its clock set by hand: a search finds a new shipment after five minutes. */
export function useDesk() {
  const desk = {} as { carrier: DhlSandbox; clock: Date }
  beforeEach(async () => {
    desk.clock = MONDAY
    desk.carrier = await open({ now: () => desk.clock, visibleAfterMs: 5 * 60_000 })
  })
  afterEach(() => desk.carrier.close())
  const sell = async (body: unknown = toBerlin()) =>
    fits(await call(desk.carrier.url, '/shipments', { body }), { status: 201, schema: 'CreateShipmentResponse' })
  const sellNumber = async (body?: unknown): Promise<string> => (await sell(body)).shipmentTrackingNumber
  const track = (query: string) => call(desk.carrier.url, `/tracking?${query}`)
  return { desk, sell, sellNumber, track }
}

/** The shipments of a tracking reply. */
export const shipmentsOf = async (reply: Promise<RawReply>) =>
  fits(await reply, { status: 200, schema: 'TrackingResponse' }).shipments

/** The body of a recorded error of an operation, by its name or its status. */
export function recordedError(operation: string, mark: string | number) {
  const found = readJson('errors').find(
    (one: Record<string, unknown>) => one.operation === operation && [one.name, one.httpStatus].includes(mark),
  )
  assert.ok(found, `${operation} ${mark}`)
  return found.body
}
