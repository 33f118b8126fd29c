import { readFileSync } from 'node:fs'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import type { CarrierSetup, LabelRequest } from '../../activities/carriers/carrier.ts'
import { openChronopost } from '../../activities/carriers/chronopost/chronopost.ts'
import type { LoginOf } from '../../domain/carrier.ts'
import type { CustomsDeclaration } from '../../domain/customs.ts'
import type { LabelFormat } from '../../domain/shipment.ts'
import { type Reply, startPlaying } from './playing.ts'

/** A recorded message, a schema or a table of the contract. */
export const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/chronopost/${name}`, import.meta.url), 'utf8')

/** A recorded reply. */
export const recorded = (name: string): Reply => ({ body: fixture(name) })

/** A reply of one operation that holds this XML in its `return`. */
export const answer = (operation: string, inside: string): Reply => ({
  body: `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><n:${operation}Response xmlns:n="urn:x"><return>${inside}</return></n:${operation}Response></soap:Body></soap:Envelope>`,
})

/** A functional error of one operation. */
export const failing = (operation: string, code: number, message = 'Message'): Reply =>
  answer(operation, `<errorCode>${code}</errorCode><errorMessage>${message}</errorMessage>`)

/** A SOAP fault, which comes with HTTP 500. */
export const fault = (blame: string, said = 'Unmarshalling Error'): Reply => ({
  status: 500,
  body: fixture('soap-fault.xml')
    .replace('soap:Client', `soap:${blame}`)
    .replace(/(?<=<faultstring>).*(?=<)/, said),
})

/** Account, seller and printer of the samples. */
export const SETUP: CarrierSetup<LoginOf<'CHRONOPOST'>> = {
  login: { carrier: 'CHRONOPOST', account: '12345678', subAccount: '0', password: '000000', saturday: false, url: '' },
  sender: {
    company: 'BOUTIQUE EXEMPLE',
    lastName: 'Dupont',
    firstName: 'Jean',
    lines: ['28 rue du Clair Bocage'],
    postalCode: '83500',
    city: 'LA SEYNE SUR MER',
    country: 'FR',
    phone: '+33 4 94 00 00 00',
    email: 'expedition@example.com',
  },
  format: 'pdf-10x15',
}

const RECIPIENT = {
  company: null,
  lastName: 'Martin',
  firstName: 'Lucie',
  lines: ['72 rue Reine Elisabeth', 'Bâtiment B'],
  postalCode: '06500',
  city: 'MENTON',
  country: 'FR',
  phone: '06 00 00 00 00',
  email: 'lucie.martin@example.com',
}

/** The request of the recorded Chrono 13 label. */
export const REQUEST: LabelRequest = {
  reference: 'CMD-2026-000123-1',
  service: '01',
  direction: 'outward',
  recipient: RECIPIENT,
  pickupPoint: null,
  parcels: [{ rank: 1, weight: 2350, length: 400, width: 300, height: 150, lines: [], reference: 'CMD-2026-000123-1' }],
  value: 15000,
  currency: 'EUR',
  insured: null,
  customs: null,
  shipOn: '2026-03-16',
}

/** The request of the recorded purchase of two parcels for a pickup point. */
export const RELAY: LabelRequest = {
  ...REQUEST,
  service: '86',
  pickupPoint: { id: 'A1234', network: null, name: null },
  parcels: [
    { rank: 1, weight: 2350, length: 400, width: 300, height: 150, lines: [], reference: 'CMD-2026-000123-1' },
    { rank: 2, weight: 1100, length: 400, width: 300, height: 150, lines: [], reference: 'CMD-2026-000123-2' },
  ],
}

/** What customs are told in the recorded sale to Switzerland. */
export const CUSTOMS: CustomsDeclaration = {
  reason: 'sale',
  invoice: { number: 'BL26-000045', date: '2026-03-16' },
  currency: 'EUR',
  lines: [
    {
      reference: 'TS-1',
      description: 'Tee-shirt coton',
      quantity: 2,
      unitValue: 2500,
      unitWeight: 250,
      hsCode: '610910',
      origin: 'FR',
    },
  ],
  shipping: 0,
}

/** The request of the recorded sale to Switzerland. */
export const SWISS: LabelRequest = {
  ...REQUEST,
  service: '17',
  recipient: { ...RECIPIENT, city: 'GENEVE', postalCode: '1201', country: 'CH', phone: '+33600000000' },
  parcels: [{ rank: 1, weight: 800, length: 400, width: 300, height: 150, lines: [], reference: 'CMD-2026-000123-1' }],
  customs: CUSTOMS,
}

/** The same request to somebody else. */
export const to = (over: Partial<LabelRequest['recipient']>, request = REQUEST): LabelRequest => ({
  ...request,
  recipient: { ...request.recipient, ...over },
})

/** The same request with another first parcel. */
export const packed = (over: Partial<LabelRequest['parcels'][number]>, request = REQUEST): LabelRequest => ({
  ...request,
  parcels: request.parcels.map((parcel) => ({ ...parcel, ...over })),
})

/** A message the counter heard. */
export interface Heard {
  path: string
  action: string | undefined
  type: string | undefined
  operation: string
  body: string
}

/** A counter that plays the given replies in turn, or asks a function for each; without a reply left it answers 500. */
export async function openCounter(over: { format?: LabelFormat } = {}) {
  const counter = await startPlaying<Heard>({
    type: 'text/xml; charset=utf-8',
    read({ url = '', headers }, body) {
      const operation = /(?<=<soapenv:Body><\w+:)\w+/.exec(body)?.[0] ?? ''
      return { path: url, action: headers.soapaction as string, type: headers['content-type'], operation, body }
    },
  })
  return {
    ...counter,
    chronopost: openChronopost({ ...SETUP, ...over, login: { ...SETUP.login, url: counter.url } }),
    forget: () => {
      counter.heard.length = 0
    },
  }
}

const SCHEMAS: ReadonlyMap<string, XsdValidator> = new Map(
  ['Shipping', 'Tracking', 'Quickcost'].map((name) => {
    const schema = XmlDocument.fromString(fixture(`${name}ServiceWS.xsd`))
    return [`http://cxf.${name.toLowerCase()}.soap.chronopost.fr/`, XsdValidator.fromDoc(schema)] as const
  }),
)

/** Holds a request against the carrier's schema; throws what the schema finds wrong. */
export function validate(body: string): void {
  const [, namespace = '', prefix] = /xmlns:cxf="([^"]+)".*?<\w+:Body>\s*<(\w+):/s.exec(body) ?? []
  const operation = /(?<=<(\w+):Body>\s*)<.*>(?=\s*<\/\1:Body>)/s.exec(body)?.[0] ?? ''
  const declared = operation.replace(/^<[\w:]+/, (start) => `${start} xmlns:${prefix}="${namespace}"`)
  const schema = SCHEMAS.get(namespace)
  if (!schema) throw new Error(`no schema for ${namespace}`)
  const document = XmlDocument.fromString(declared)
  try {
    schema.validate(document)
  } finally {
    document.dispose()
  }
}

/** The elements of a message as lines "path=text" in their order, numbers without their last zeros. */
export function linesOf(xml: string): string[] {
  const lines: string[] = []
  const path: string[] = []
  for (const [, end, name = '', empty, value = ''] of xml.matchAll(/<(\/?)(?:\w+:)?(\w+)[^>]*?(\/?)>([^<]*)/g)) {
    if (end) path.pop()
    else if (!empty) path.push(name)
    const said = value
      .trim()
      .replace(/^(\d+\.\d*?)0+$/, '$1')
      .replace(/\.$/, '')
    if (!end && said) lines.push(`${path.slice(3).join('/')}=${said}`)
  }
  return lines
}
