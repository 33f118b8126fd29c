import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach } from 'node:test'
import { XMLParser } from 'fast-xml-parser'
import { XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm'
import { type ChronopostSandbox, startChronopost } from '../../sandbox/carriers/chronopost/server.ts'
import { type RawReply, send } from './raw-http.ts'

/** Where each service listens at the real host. */
export const PATHS = {
  shipping: '/shipping-cxf/ShippingServiceWS',
  tracking: '/tracking-cxf/TrackingServiceWS',
  quickcost: '/quickcost-cxf/QuickcostServiceWS',
  rechercheBt: '/recherchebt-ws-cxf/PointRelaisServiceWS',
}
export type ServiceName = keyof typeof PATHS

/** A sandbox that knows the account of the recorded requests. */
export const open = (o: Partial<Parameters<typeof startChronopost>[0]> = {}): Promise<ChronopostSandbox> =>
  startChronopost({ account: '12345678', password: '000000', now: () => new Date('2026-03-16T09:00:00Z'), ...o })

/** A recorded message of the carrier. */
export const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/chronopost/${name}.xml`, import.meta.url), 'utf8')

/** A recorded request with some of its text replaced everywhere; each text must be there. */
export const requestWith = (name: string, ...edits: [from: string, to: string][]): string =>
  edits.reduce(
    (text, [from, to]) => {
      assert.ok(text.includes(from), `${name} has no ${from}`)
      return text.replaceAll(from, to)
    },
    fixture(`${name}-request`),
  )

/** An envelope around one operation with plain texts. */
export const envelope = (service: ServiceName, operation: string, texts: Record<string, string | number>): string => {
  const inside = Object.entries(texts).map(([name, text]) => `<${name}>${text}</${name}>`)
  return `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cxf="http://cxf.${service}.soap.chronopost.fr/"><soapenv:Body><cxf:${operation}>${inside.join('')}</cxf:${operation}></soapenv:Body></soapenv:Envelope>`
}

/** The account as most operations take it. */
export const LOGIN = { accountNumber: '12345678', password: '000000' }

/** What prices are asked for. */
export const LANE = {
  depCountryCode: 'FR',
  depZipCode: '83500',
  arrCountryCode: 'FR',
  arrZipCode: '06500',
  arrCity: 'MENTON',
  type: 'M',
  weight: '2.35',
}

const PLACE = {
  address: '72 rue Reine Elisabeth',
  zipCode: '06500',
  city: 'Menton',
  countryCode: 'FR',
  type: 'T',
  productCode: '86',
  service: 'T',
  weight: '2350',
  shippingDate: '16/03/2026',
  maxPointChronopost: '25',
  maxDistanceSearch: '40',
  holidayTolerant: '1',
}

/** A search for pickup points near Menton, with some of its texts changed. */
export const pointsNear = (operation: string, texts: Record<string, string | number>) =>
  envelope('rechercheBt', operation, { ...LOGIN, ...PLACE, ...texts })

/** Sends an envelope to its service, found by its namespace. */
export const ask = (o: { url: string; body: string; headers?: Record<string, string> }): Promise<RawReply> => {
  const service = serviceOf(o.body)
  const headers = { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""', ...o.headers }
  return send({ url: o.url + PATHS[service], method: 'POST', headers, body: o.body })
}

const serviceOf = (text: string) => {
  const [, word] = /http:\/\/cxf\.(\w+)\.soap\.chronopost\.fr\//.exec(text) ?? []
  return (word ?? 'shipping') as ServiceName
}

const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false, trimValues: false, ignoreAttributes: true })

// biome-ignore lint/suspicious/noExplicitAny: a reply of any operation, looked at by its tests
type Loose = any

/** What stands in `return`; a list of one is one element, as on the wire. */
export const resultOf = (reply: RawReply): Loose => {
  assert.equal(reply.status, 200, reply.text)
  const [[name, answer]] = Object.entries(parser.parse(reply.text).Envelope.Body) as [[string, Loose]]
  assert.match(name, /Response$/)
  return answer.return
}

/** The code and the words of a refusal. */
export const refusalOf = (reply: RawReply): [code: string, message: string] => {
  const { errorCode, errorMessage } = resultOf(reply)
  return [errorCode, errorMessage]
}

/** What is wrong with a reply by the schema of its service; null when nothing is. */
export const schemaFaultOf = (reply: RawReply): string | null => {
  const names = { shipping: 'Shipping', tracking: 'Tracking', quickcost: 'Quickcost', rechercheBt: 'PointRelais' }
  const file = new URL(`../../sandbox/data/chronopost/${names[serviceOf(reply.text)]}ServiceWS.xsd`, import.meta.url)
  using schema = XmlDocument.fromString(readFileSync(file, 'utf8'))
  using validator = XsdValidator.fromDoc(schema)
  using document = XmlDocument.fromString(reply.text)
  const answer = document.get('/*/*/*')
  assert.ok(answer instanceof XmlElement)
  try {
    validator.validate(answer)
    return null
  } catch (error) {
    return String(error)
  }
}

/** The number of the first parcel that a sandbox sells. */
export const NUMBER = 'XP696982485FR'

/** A sandbox for each test of a file, with its clock set by hand: a sold parcel is known after ten minutes. */
export function useDesk() {
  const desk = {} as { carrier: ChronopostSandbox; clock: Date }
  beforeEach(async () => {
    desk.clock = new Date('2026-03-16T09:00:00Z')
    desk.carrier = await open({ now: () => desk.clock, visibleAfterMs: 600_000 })
  })
  afterEach(() => desk.carrier.close())
  const post = (body: string) => ask({ url: desk.carrier.url, body })
  const buy = (...edits: [string, string][]) => post(requestWith('shippingMultiParcelV5', ...edits))
  const later = (minutes: number) => {
    desk.clock = new Date(desk.clock.getTime() + minutes * 60_000)
  }
  const track = async (number = NUMBER, language = 'fr_FR') =>
    resultOf(await post(envelope('tracking', 'trackSkybillV2', { language, skybillNumber: number }))).listEventInfoComp
  /** All codes of a parcel as they come over the wire, spaces kept. */
  const codesOf = async (number = NUMBER): Promise<string[]> =>
    [(await track(number)).events ?? []].flat().map(({ code }: { code: string }) => code)
  const walk = (steps: number) => {
    for (let step = 0; step < steps; step++) desk.carrier.advance()
  }
  return { desk, post, buy, later, track, codesOf, walk }
}
