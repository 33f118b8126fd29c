import { randomUUID } from 'node:crypto'
import { after, before } from 'node:test'
import type { Carrier, LabelRequest } from '../../../../activities/carriers/carrier.ts'
import type { Contact, PickupPoint } from '../../../../domain/address.ts'
import type { CustomsDeclaration } from '../../../../domain/customs.ts'
import type { LabelFormat } from '../../../../domain/shipment.ts'
import type { CarrierSandbox } from '../../../../sandbox/carriers/carrier-sandbox.ts'
import { type Heard, openRecorder } from './recorder.ts'

/** What a carrier brings to the battery: its sandbox, its adapter, and its own words. */
export interface CarrierHarness {
  startSandbox(): Promise<CarrierSandbox>
  open(o: { url: string; format: LabelFormat; login: 'right' | 'wrong' }): Carrier
  /** Products that the battery buys; null: the carrier has none of that kind. */
  services: { home: string; pickup: string | null; europe: string; world: string }
  /** A pickup point that the product `pickup` takes. */
  pickupPoint: PickupPoint
  /** What the requests are called in "METHOD /path": for faults. */
  calls: { dryRun: string | null; buy: string; track: string; find: string | null }
  /** What is wrong with a recorded request by the carrier's own schema; null: nothing, or there is no schema for it. */
  faultOf(heard: Heard): string | null
  /** Words of the recorded purchase that must be in it, for a home delivery (worked out by hand from the contract). */
  homeWords: RegExp[]
}

/** A started carrier, one for a whole part of the battery. */
export interface CarrierGround {
  carrier: Carrier
  sandbox: CarrierSandbox
  heard: Heard[]
  open(o?: { url?: string; format?: LabelFormat; login?: 'right' | 'wrong' }): Carrier
  sold(reference: string): number
}

/** Starts the carrier before a part of the battery, and stops it after. */
export function useGround(harness: CarrierHarness): CarrierGround {
  const ground = {} as CarrierGround
  let recorder: Awaited<ReturnType<typeof openRecorder>>
  before(async () => {
    const sandbox = await harness.startSandbox()
    recorder = await openRecorder(sandbox.url)
    const open: CarrierGround['open'] = ({ url = sandbox.url, format = 'pdf-10x15', login = 'right' } = {}) =>
      harness.open({ url, format, login })
    const sold = (reference: string) => sandbox.counters().label?.[reference] ?? 0
    Object.assign(ground, { sandbox, open, sold, heard: recorder.heard, carrier: open({ url: recorder.url }) })
  })
  after(async () => {
    await recorder.close()
    await ground.sandbox.close()
  })
  return ground
}

const LUCIE: Contact = {
  company: null,
  lastName: 'Martin',
  firstName: 'Lucie',
  lines: ['72 rue Reine Élisabeth', 'Bâtiment B'],
  postalCode: '06500',
  city: 'Menton',
  country: 'FR',
  phone: '06 12 34 56 99',
  email: 'lucie.martin@example.com',
}

/** People at home and abroad. */
export const PEOPLE = {
  france: LUCIE,
  germany: {
    ...LUCIE,
    lines: ['Lindenstraße 12'],
    postalCode: '10969',
    city: 'Berlin',
    country: 'DE',
    phone: '+49 1512 9870654',
  },
  switzerland: {
    ...LUCIE,
    lines: ['Rue du Rhône 8'],
    postalCode: '1204',
    city: 'Genève',
    country: 'CH',
    phone: '+41 79 604 31 28',
  },
} satisfies Record<string, Contact>

/** What customs are told in the battery. */
export const CUSTOMS: CustomsDeclaration = {
  reason: 'sale',
  invoice: { number: 'BL26-000045', date: '2026-11-24' },
  currency: 'EUR',
  lines: [
    {
      reference: 'SAV-001',
      description: "Savon d'Alep",
      quantity: 2,
      unitValue: 658,
      unitWeight: 200,
      hsCode: '34011100',
      origin: 'FR',
    },
  ],
  shipping: 408,
}

/** Who sends in the battery. */
export const SENDER: Contact = {
  company: 'Comptoir des Pins',
  lastName: '',
  firstName: '',
  lines: ['12 rue des Pins'],
  postalCode: '69003',
  city: 'Lyon',
  country: 'FR',
  phone: '+33 4 72 00 00 00',
  email: 'expedition@comptoir-des-pins.example',
}

/** The ISO day in Paris, today. */
export const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date())

/** A reference that nobody used before. */
export const newReference = (): string => `bio-${randomUUID().slice(0, 8).toUpperCase()}-1`

/** One parcel home, or what `over` makes of it. */
export function requestFor(harness: CarrierHarness, over: Partial<LabelRequest> = {}): LabelRequest {
  const reference = over.reference ?? newReference()
  return {
    reference,
    service: harness.services.home,
    direction: 'outward',
    recipient: PEOPLE.france,
    pickupPoint: null,
    parcels: [parcelOf(reference, 1)],
    value: 2000,
    currency: 'EUR',
    insured: null,
    customs: null,
    shipOn: today(),
    ...over,
  }
}

/** A parcel of 1,2 kg, 30 x 20 x 10 cm. */
export const parcelOf = (reference: string, rank: number): LabelRequest['parcels'][number] => ({
  reference,
  rank,
  weight: 1200,
  length: 300,
  width: 200,
  height: 100,
  lines: [{ reference: 'SAV-001', quantity: 2 }],
})

/** A request for a parcel that crosses a customs border. */
export const worldRequest = (harness: CarrierHarness): LabelRequest =>
  requestFor(harness, { service: harness.services.world, recipient: PEOPLE.switzerland, customs: CUSTOMS })
