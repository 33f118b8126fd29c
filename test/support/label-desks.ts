import type { Carrier, LabelRequest } from '../../activities/carriers/carrier.ts'
import { openChronopost } from '../../activities/carriers/chronopost/chronopost.ts'
import { openColissimo } from '../../activities/carriers/colissimo/colissimo.ts'
import { openDhl } from '../../activities/carriers/dhl/dhl.ts'
import type { Contact } from '../../domain/address.ts'
import type { CarrierCode } from '../../domain/carrier.ts'
import type { CustomsDeclaration } from '../../domain/customs.ts'
import type { LabelFormat } from '../../domain/shipment.ts'
import { startChronopost } from '../../sandbox/carriers/chronopost/server.ts'
import { startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { startDhl } from '../../sandbox/carriers/dhl/server.ts'
import { newReference, parcelOf, today } from '../activities/carriers/battery/harness.ts'

/** A carrier's sandbox where labels with long names are bought. */
export interface LabelDesk {
  carrier(format: LabelFormat): Carrier
  /** A parcel to somebody in France with the longest names that this carrier takes. */
  home(): LabelRequest
  /** One beyond the customs border, with many goods. */
  world(): LabelRequest
  close(): Promise<void>
}

/** Somebody of 35 letters a name and four lines of address. */
const LONG: Contact = {
  company: 'SAVONNERIES RÉUNIES DU MONT VENTOUX',
  lastName: 'WOLLENSCHLAEGER-MONTMORENCY-LAVALLE',
  firstName: 'Marie-Magdalena',
  lines: [
    '128 BOULEVARD DU MARÉCHAL MONCEY AB',
    'BÂTIMENT GRANDS CHÊNES, 12E ÉTAGE G',
    'APPARTEMENT 1204, ESCALIER D, PORTE',
    'LIEU-DIT LA GRANDE MONTÉE DU MOULIN',
  ],
  postalCode: '14280',
  city: 'SAINT-GERMAIN-LA-BLANCHE-HERBE-MONT',
  country: 'FR',
  phone: '06 12 34 56 99',
  email: 'marie-magdalena.wollenschlaeger@example.com',
}

/** A shop whose name and address are as long. */
export const LONG_SHOP: Contact = {
  ...LONG,
  company: 'COMPTOIR DES GRANDS PINS MARITIMES',
  lastName: '',
  firstName: '',
  phone: '+33 4 72 00 00 00',
}

/** Four lines within what each carrier takes in all: 4 of 35, 2 of 38 and 3 of 45 (contract of carriers, 1.4, 2.3 and 3.3). */
const LINES: Record<CarrierCode, string[]> = {
  COLISSIMO: LONG.lines,
  CHRONOPOST: ['Appt 1204 B', 'Bât. Les Grands Chênes', '28 avenue Maréchal Moncey', 'Le Moulin'],
  DHL: [
    '128 BOULEVARD DU MARÉCHAL MONCEY AB',
    'BÂTIMENT GRANDS CHÊNES, 12E ÉTAGE G',
    'APPARTEMENT 1204',
    'LIEU-DIT LA GRANDE MONTÉE DU MOULIN',
  ],
}

const GOODS: CustomsDeclaration = {
  reason: 'sale',
  invoice: { number: 'BL26-000045', date: '2026-11-24' },
  currency: 'EUR',
  lines: Array.from({ length: 30 }, (_, i) => ({
    reference: `SAV-${i + 1}`,
    description: "Savon de Marseille extra pur à l'huile d'olive, 72 %, cube 600 g",
    quantity: 100 + i,
    unitValue: 123_456,
    unitWeight: 1,
    hsCode: '3401110000',
    origin: 'FR',
  })),
  shipping: 1408,
}

const SERVICES: Record<CarrierCode, { home: string; world: string }> = {
  COLISSIMO: { home: 'DOM', world: 'DOS' },
  CHRONOPOST: { home: '01', world: '17' },
  DHL: { home: 'N', world: 'P' },
}

/** Opens one carrier over HTTP; the three are called by the ERP's codes. */
export async function openLabelDesk(code: CarrierCode): Promise<LabelDesk> {
  const { carrier, close } = await OPEN[code]({ ...LONG_SHOP, lines: LINES[code] })
  const recipient = { ...LONG, lines: LINES[code] }
  const abroad = { postalCode: '1204', country: 'CH', phone: '+41 79 604 31 28' }
  return {
    carrier,
    home: () => requestFor({ service: SERVICES[code].home, recipient, customs: null }),
    world: () => requestFor({ service: SERVICES[code].world, recipient: { ...recipient, ...abroad }, customs: GOODS }),
    close,
  }
}

function requestFor(o: Pick<LabelRequest, 'service' | 'recipient' | 'customs'>): LabelRequest {
  const reference = `boutique-bio-des-pins-${newReference().slice(4, 12)}`
  return {
    ...o,
    reference,
    direction: 'outward',
    pickupPoint: null,
    parcels: [{ ...parcelOf(reference, 1), weight: 12_350 }],
    value: 1_234_500,
    currency: 'EUR',
    insured: 100_000,
    shipOn: today(),
  }
}

interface Opened {
  carrier(format: LabelFormat): Carrier
  close(): Promise<void>
}

const OPEN: Record<CarrierCode, (sender: Contact) => Promise<Opened>> = {
  async COLISSIMO(sender) {
    const { url, close } = await startColissimo({ apiKey: 'key', okapiKey: 'okapi' })
    const login = {
      carrier: 'COLISSIMO' as const,
      url: `${url}/sls-ws/SlsServiceWSRest/3.1`,
      apiKey: 'key',
      trackingUrl: `${url}/suivi/v2`,
      okapiKey: 'okapi',
      pickupUrl: `${url}/pointretrait-ws-cxf/rest/v2/pointretrait`,
    }
    return { close, carrier: (format) => openColissimo({ login, sender, format }) }
  },
  async CHRONOPOST(sender) {
    const account = { account: '12345678', password: '255562' }
    const { url, close } = await startChronopost(account)
    const login = { ...account, carrier: 'CHRONOPOST' as const, url, subAccount: '0', saturday: false }
    return { close, carrier: (format) => openChronopost({ login, sender, format }) }
  },
  async DHL(sender) {
    const access = { user: 'bio', password: 'un-secret', account: '350000000' }
    const { url, close } = await startDhl(access)
    const login = { ...access, carrier: 'DHL' as const, url: `${url}/mydhlapi` }
    return { close, carrier: (format) => openDhl({ login, sender, format }) }
  },
}
