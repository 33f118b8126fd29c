import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { Ajv, type ValidateFunction } from 'ajv'
import type { LabelRequest } from '../../activities/carriers/carrier.ts'
import { openDhl } from '../../activities/carriers/dhl/dhl.ts'
import { type Form, shipmentOrder } from '../../activities/carriers/dhl/mapping.ts'
import type { DhlShipmentOrder } from '../../activities/carriers/dhl/wire.ts'
import type { Contact } from '../../domain/address.ts'
import type { CustomsDeclaration } from '../../domain/customs.ts'
import type { LabelFormat } from '../../domain/shipment.ts'
import { type Reply, startPlaying } from './playing.ts'

/** A recorded message of the contract. */
export const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/dhl/${name}`, import.meta.url), 'utf8')
/** A recorded message, read as JSON. */
export const json = (name: string) => JSON.parse(fixture(name))
/** The rows of a table of the contract, without quoted commas. */
export const rowsOf = (name: string): string[][] =>
  fixture(name)
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.replace(/"([^"]*)"/g, (_, quoted: string) => quoted.replaceAll(',', '')).split(','))

/** The parameters that each operation of the OpenAPI file knows. */
export const PARAMETERS: Record<string, { name: string; in: string; enum?: string[] }[]> =
  json('openapi-cut.json').parameters

// Lengths such as 0.7 are no exact multiples of 0.001 in binary: the description wants a tolerance (contract, 3.3).
const ajv = new Ajv({ strict: false, allErrors: true, multipleOfPrecision: 6, validateFormats: false })
ajv.addSchema(json('openapi-cut.json'), 'dhl')
/** Checks against a schema of DHL's OpenAPI file; keys that it does not know fail. */
export function schemaOf(name: string): ValidateFunction {
  const found = ajv.getSchema(`dhl#/components/schemas/supermodelIoLogisticsExpress${name}`)
  if (!found) throw new Error(`no schema ${name}`)
  return found
}

/** The seller. */
export const SENDER: Contact = {
  company: 'Boutique Exemple',
  lastName: '',
  firstName: '',
  lines: ['28 rue du Clair Bocage'],
  postalCode: '83500',
  city: 'La Seyne-sur-Mer',
  country: 'FR',
  phone: '04 94 00 00 00',
  email: 'expedition@example.com',
}
/** A private person in France. */
export const LUCIE: Contact = {
  company: null,
  lastName: 'Martin',
  firstName: 'Lucie',
  lines: ['72 rue Reine Élisabeth', 'Bâtiment B'],
  postalCode: '06500',
  city: 'Menton',
  country: 'FR',
  phone: '06 00 00 00 00',
  email: 'lucie.martin@example.com',
}
/** A declaration of two kinds of goods: 3 x 19.99 + 1 x 40.05 = 100.02, and 12.50 of shipping. */
export const CUSTOMS: CustomsDeclaration = {
  reason: 'sale',
  invoice: { number: 'BL26-000045', date: '2026-03-16' },
  currency: 'EUR',
  shipping: 1250,
  lines: [
    {
      reference: 'SAV-100',
      description: 'Savon à la lavande, 100 g',
      quantity: 3,
      unitValue: 1999,
      unitWeight: 105,
      hsCode: '340111',
      origin: 'FR',
    },
    {
      reference: 'THE-VERT',
      description: 'Thé vert en feuilles',
      quantity: 1,
      unitValue: 4005,
      unitWeight: 250,
      hsCode: '09021000',
      origin: 'CN',
    },
  ],
}
/** One parcel inside France. */
export const REQUEST: LabelRequest = {
  reference: 'bio-1042-26000045-1',
  service: 'N',
  direction: 'outward',
  recipient: LUCIE,
  pickupPoint: null,
  parcels: [
    {
      reference: 'bio-1042-26000045-1',
      rank: 1,
      weight: 700,
      length: 405,
      width: 300,
      height: 150,
      lines: [
        { reference: 'SAV-100', quantity: 3 },
        { reference: 'THE-VERT', quantity: 1 },
      ],
    },
  ],
  value: 11502,
  currency: 'EUR',
  insured: null,
  customs: null,
  shipOn: '2026-03-16',
}
/** The same request to somebody else. */
export const to = (over: Partial<Contact>, rest: Partial<LabelRequest> = {}): LabelRequest => ({
  ...REQUEST,
  ...rest,
  recipient: { ...REQUEST.recipient, ...over },
})
const NEW_YORK = {
  country: 'US',
  postalCode: '10118',
  city: 'New York',
  lines: ['350 Fifth Avenue'],
  phone: '+1 212 555 0100',
}
/** The same request through customs. */
export const OVERSEAS: LabelRequest = to(NEW_YORK, { service: 'P', customs: CUSTOMS })
/** Three pieces of one shipment, as in the recorded reply. */
export const THREE: LabelRequest = {
  ...OVERSEAS,
  parcels: [1, 2, 3].map((rank) => ({
    reference: `bio-1042-26000045-${rank}`,
    rank,
    weight: 700,
    length: null,
    width: null,
    height: null,
    lines: [],
  })),
}

/** What every order of this seller has in common, at 9:00 in Paris on the day of the requests. */
export const FORM: Form = {
  sender: SENDER,
  format: 'pdf-10x15',
  account: '123456789',
  now: new Date('2026-03-16T08:00:00Z'),
}
/** The order of a request, paperless where customs want papers. */
export const orderOf = (request: LabelRequest): DhlShipmentOrder =>
  shipmentOrder(request, { form: FORM, paperless: true })

/** A JSON reply. */
export const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: JSON.stringify(body),
})
/** The recorded error of an operation. */
export function recordedError(operation: string, status: number, detail = /./): Reply {
  const found = (json('errors.json') as { operation: string; httpStatus: number; body: { detail?: string } }[]).find(
    (one) => one.operation === operation && one.httpStatus === status && detail.test(one.body.detail ?? ''),
  )
  if (!found) throw new Error(`no recorded error of ${operation}`)
  return answer(status, found.body, { 'invocation-id': '20260316-1' })
}

/** What the carrier heard. */
export interface Heard {
  method: string
  url: URL
  headers: IncomingHttpHeaders
  body: string
}

/** A counter that plays the given replies in turn, and writes down what it was asked; without a reply left it answers 500. */
export async function openCounter() {
  const { url, ...counter } = await startPlaying<Heard>({
    type: 'application/json',
    read: ({ method = '', url = '', headers }, body) => ({ method, url: new URL(url, 'http://dhl'), headers, body }),
  })
  return {
    ...counter,
    /** The last body sent, as JSON. */
    sent: () => JSON.parse(counter.heard.at(-1)?.body ?? '{}'),
    /** The adapter, at 9:00 in Paris on the day of the requests. */
    dhl: (o: { format?: LabelFormat; now?: string; timeout?: number; sender?: Contact } = {}) =>
      openDhl({
        login: {
          carrier: 'DHL',
          url: `${url}/mydhlapi`,
          user: 'api-user',
          password: 'pass:wörd',
          account: '123456789',
        },
        sender: o.sender ?? SENDER,
        format: o.format ?? 'pdf-10x15',
        now: () => new Date(o.now ?? '2026-03-16T08:00:00Z'),
        timeout: o.timeout,
      }),
  }
}
