import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { LabelRequest } from '../../activities/carriers/carrier.ts'
import { senderOf } from '../../activities/carriers/colissimo/addresses.ts'
import { Refused, Unavailable } from '../../domain/failures.ts'

/** A recorded message of the contract. */
export const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/colissimo/${name}`, import.meta.url))
/** A recorded message, read as JSON. */
export const json = (name: string) => JSON.parse(fixture(name).toString())
/** The header that goes with the recorded multipart bodies. */
export const MULTIPART: string = json('multipart-headers.json')['Content-Type']

/** A reply of the carrier. */
export interface Played {
  status?: number
  type?: string
  body: Buffer | string
  /** Cut the connection after the body's first bytes. */
  cut?: boolean
}

const SENDER = {
  company: 'BOUTIQUE EXEMPLE',
  lastName: '',
  firstName: '',
  lines: ['28 rue du Clair Bocage'],
  postalCode: '83500',
  city: 'La Seyne-sur-Mer',
  country: 'FR',
  phone: '+33 4 94 00 00 00',
  email: 'expedition@example.com',
}
const ACCESS = { apiKey: 'key', okapiKey: 'okapi', sender: SENDER, commercialName: 'Boutique Exemple' }
/** What every label of the samples has in common. */
export const FORM = { sender: senderOf(SENDER), commercialName: 'Boutique Exemple', labelFormat: 'PDF_10x15_300dpi' }

/** The request that gives the recorded DOS label. */
export const REQUEST: LabelRequest = {
  reference: 'CMD-2026-000123-1',
  service: 'DOS',
  recipient: {
    company: null,
    lastName: 'Martin',
    firstName: 'Lucie',
    lines: ['72 rue Reine Elisabeth', 'Batiment B'],
    postalCode: '06500',
    city: 'Menton',
    country: 'FR',
    phone: '06 00 00 00 00',
    email: 'lucie.martin@example.com',
  },
  pickupPoint: null,
  parcel: { rank: 1, weight: 2341, length: 400, width: 300, height: 150 },
  value: 15000,
  shipOn: '2026-03-16',
}
/** The request that gives the recorded label for a pickup point. */
export const HD: LabelRequest = {
  ...REQUEST,
  service: 'HD',
  pickupPoint: { id: '957280', network: null, name: 'RELAIS EXEMPLE' },
  parcel: { ...REQUEST.parcel, weight: 1100 },
}
/** The same request to somebody else. */
export const to = (over: Partial<LabelRequest['recipient']>): LabelRequest => ({
  ...REQUEST,
  recipient: { ...REQUEST.recipient, ...over },
})
/** A dry run that went well. */
export const ok = { body: fixture('checkGenerateLabel-success.json') }
/** A bought label. */
export const label = { type: MULTIPART, body: fixture('generateLabel-success-v3.1.multipart') }
/** A functional error. */
export const failing = (id: string, status = 400): Played => ({
  status,
  body: JSON.stringify({ messages: [{ id, messageContent: 'Message en français' }] }),
})

/** Checks for an `Unavailable`, in doubt or not. */
export const unavailable = (nothingHappened: boolean) => (error: unknown) =>
  error instanceof Unavailable && error.nothingHappened === nothingHappened
/** Checks for a `Refused` with this code, whose message says this. */
export const refused =
  (code: string, says: RegExp = /./) =>
  (error: unknown) =>
    error instanceof Refused && error.code === code && says.test(error.message)

/** A counter that plays the given replies in turn, and writes down what it was asked; without a reply left it answers 500. */
export async function openCounter() {
  const heard: { path: string; headers: IncomingHttpHeaders; body: string }[] = []
  const replies: Played[] = []
  const server = createServer(async (request, response) => {
    heard.push({ path: `${request.method} ${request.url}`, headers: request.headers, body: await text(request) })
    const { status = 200, type = 'application/json', body, cut } = replies.shift() ?? { status: 500, body: '' }
    const length = cut ? { 'content-length': Buffer.byteLength(body) + 10 } : {}
    response.writeHead(status, { 'content-type': type, ...length })
    if (cut) response.write(body, () => response.destroy())
    else response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const settings = { ...ACCESS, url: `${base}/3.1`, trackingUrl: `${base}/suivi/v2` }
  const close = () => new Promise((resolve) => server.close(resolve))
  return { heard, settings, close, play: (...next: Played[]) => replies.splice(0, replies.length, ...next) }
}
