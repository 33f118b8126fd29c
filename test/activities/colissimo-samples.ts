import { readFileSync } from 'node:fs'
import type { CarrierSetup, LabelRequest } from '../../activities/carriers/carrier.ts'
import { senderOf } from '../../activities/carriers/colissimo/addresses.ts'
import type { LoginOf } from '../../domain/carrier.ts'
import type { CustomsDeclaration } from '../../domain/customs.ts'
import { type Reply, startPlaying } from './playing.ts'

/** A recorded message of the contract. */
export const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/colissimo/${name}`, import.meta.url))
/** A recorded message, read as JSON. */
export const json = (name: string) => JSON.parse(fixture(name).toString())
/** The header that goes with the recorded multipart bodies. */
export const MULTIPART: string = json('multipart-headers.json')['Content-Type']

/** The seller of the samples. */
export const SENDER = {
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
/** What every label of the samples has in common. */
export const FORM = { sender: senderOf(SENDER), commercialName: 'Boutique Exemple', labelFormat: 'PDF_10x15_300dpi' }

/** The request that gives the recorded DOS label. */
export const REQUEST: LabelRequest = {
  reference: 'CMD-2026-000123-1',
  service: 'DOS',
  direction: 'outward',
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
  parcels: [{ reference: 'CMD-2026-000123-1', rank: 1, weight: 2341, length: 400, width: 300, height: 150, lines: [] }],
  value: 15000,
  currency: 'EUR',
  insured: null,
  customs: null,
  shipOn: '2026-03-16',
}
/** A request with other measures of its parcel. */
export const packed = (request: LabelRequest, over: Partial<LabelRequest['parcels'][number]>): LabelRequest => ({
  ...request,
  parcels: request.parcels.map((parcel) => ({ ...parcel, ...over })),
})
/** The request that gives the recorded label for a pickup point. */
export const HD: LabelRequest = {
  ...packed(REQUEST, { weight: 1100 }),
  service: 'HD',
  pickupPoint: { id: '957280', network: null, name: 'RELAIS EXEMPLE' },
}
/** The same request to somebody else. */
export const to = (over: Partial<LabelRequest['recipient']>): LabelRequest => ({
  ...REQUEST,
  recipient: { ...REQUEST.recipient, ...over },
})
/** The request that gives the recorded label for La Réunion, with its customs form. */
export const COM: LabelRequest = {
  ...packed(REQUEST, { weight: 800 }),
  service: 'COM',
  recipient: {
    ...REQUEST.recipient,
    lines: ['4 rue Victor Hugo', 'Batiment B'],
    postalCode: '97400',
    city: 'Saint-Denis',
    country: 'RE',
  },
  customs: {
    reason: 'sale',
    invoice: { number: 'FA-2026-0456', date: '2026-03-16' },
    currency: 'EUR',
    shipping: 1990,
    lines: [
      {
        reference: 'TS-001',
        description: 'Tee-shirt coton',
        quantity: 2,
        unitValue: 2500,
        unitWeight: 250,
        hsCode: '610910',
        origin: 'FR',
      },
    ],
  },
}
/** What the customs are told when the goods of that parcel come back. */
export const RETURNED: CustomsDeclaration = {
  ...(COM.customs as CustomsDeclaration),
  reason: 'return',
  outwardParcel: '6A15984040331',
}
/** The rows of a table of the contract, by column. */
export function rowsOf(name: string): Record<string, string>[] {
  const [head = [], ...rows] = fixture(name)
    .toString()
    .trim()
    .split(/\r?\n/)
    .map((line) => [...line.matchAll(/(?:"([^"]*)"|([^,]*))(?:,|$)/g)].map(([, quoted, bare]) => quoted ?? bare ?? ''))
  return rows.map((row) => Object.fromEntries(head.map((column, i) => [column, row[i] ?? ''])))
}
/** A dry run that went well. */
export const ok = { body: fixture('checkGenerateLabel-success.json') }
/** A bought label. */
export const label = { type: MULTIPART, body: fixture('generateLabel-success-v3.1.multipart') }
/** A multipart reply with this JSON and these papers. */
export const papers = (info: object, parts: Record<string, string> = {}): Reply => ({
  type: 'multipart/mixed; boundary="b"',
  body: [
    `--b\r\nContent-ID: <jsonInfos>\r\n\r\n${JSON.stringify({ messages: [{ id: '0' }], ...info })}`,
    ...Object.entries(parts).map(([id, bytes]) => `--b\r\nContent-ID: <${id}>\r\n\r\n${bytes}`),
    '--b--',
  ].join('\r\n'),
})
/** A functional error. */
export const failing = (id: string, status = 400): Reply => ({
  status,
  body: JSON.stringify({ messages: [{ id, messageContent: 'Message en français' }] }),
})

/** A counter that plays the given replies in turn, and writes down what it was asked; without a reply left it answers 500. */
export async function openCounter() {
  const { url, ...counter } = await startPlaying({
    type: 'application/json',
    read: ({ method, url, headers }, body) => ({ path: `${method} ${url}`, headers, body }),
  })
  const login: LoginOf<'COLISSIMO'> = {
    carrier: 'COLISSIMO',
    url: `${url}/3.1`,
    apiKey: 'key',
    trackingUrl: `${url}/suivi/v2`,
    okapiKey: 'okapi',
    pickupUrl: `${url}/pointretrait`,
  }
  const settings: CarrierSetup<LoginOf<'COLISSIMO'>> = { login, sender: SENDER, format: 'pdf-10x15' }
  return { ...counter, settings }
}
