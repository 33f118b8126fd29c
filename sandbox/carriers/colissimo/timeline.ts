import { Hono } from 'hono'
import { z } from 'zod'
import { type Access, isCustomer } from './access.ts'
import { type Carrier, findParcel } from './carrier.ts'
import { SCANS } from './journeys.ts'
import type { Parcel } from './model.ts'
import { readJson } from './replies.ts'
import { NUMBER, parisTime } from './tracking.ts'

const TEXTS = {
  0: 'OK',
  101: 'Numéro de colis invalide',
  105: 'Numéro de colis inconnu',
  201: 'Identifiant ou mot de passe invalide',
  1000: 'Erreur système',
} as const
const LANGUAGES = ['fr_FR', 'en_GB', 'de_DE', 'es_ES', 'it_IT', 'nl_NL']
const STEPS = [
  'Votre Colissimo va bientôt nous être confié !',
  'Votre colis est pris en charge',
  "Votre colis est en cours d'acheminement",
  'Votre colis est arrivé sur son site de livraison',
  'Votre colis est en cours de livraison',
  'Votre colis est livré',
]
// The service writes the postcode of a site as a number or as a text.
const SITES = [
  { siteCode: '123456', siteName: 'PFC PARIS', siteZipCode: 75000 },
  { siteCode: '009910', siteName: 'VENTE ON LINE', siteZipCode: '92130' },
]

const request = z.strictObject({
  parcelNumber: z.string().optional(),
  lang: z.string().optional(),
  ip: z.string().optional(),
  apiKey: z.string().optional(),
  login: z.string().optional(),
  accountNumber: z.string().optional(),
  password: z.string().optional(),
  profil: z.string().optional(),
})

/** Tracking for the holder of a contract: faults are told in a reply with 200. */
export function openTimeline(carrier: Carrier, access: Access): Hono {
  const app = new Hono()
  app.post('/tracking-timeline-ws/rest/tracking/timelineCompany', async (c) => {
    const read = request.safeParse(await readJson(c))
    if (!read.success) return c.json(answer('fr_FR', 1000), 400)
    const { parcelNumber = '', apiKey, login, accountNumber, password, lang = 'fr_FR' } = read.data
    const spoken = LANGUAGES.includes(lang) ? lang : 'fr_FR'
    const who = { ...(apiKey === undefined ? {} : { apiKey }), login: login ?? accountNumber, password }
    if (!isCustomer(access, who)) return c.json(answer(spoken, 201))
    if (!NUMBER.test(parcelNumber)) return c.json(answer(spoken, 101))
    const parcel = findParcel(carrier, parcelNumber)
    return c.json(parcel ? answer(spoken, 0, parcel) : answer(spoken, 105))
  })
  return app
}

const answer = (lang: string, code: keyof typeof TEXTS, parcel?: Parcel) => ({
  lang,
  status: [{ code: String(code), message: TEXTS[code] }],
  parcel: parcel ? parcelOf(parcel) : null,
})

function parcelOf(parcel: Parcel) {
  return {
    parcelNumber: parcel.parcelNumber,
    parcelNumberAVPI: '',
    parcelNumberInstance: '',
    contractNumber: parcel.account,
    consigneeInformation: consigneeOf(parcel),
    removalPoint: null,
    goal: false,
    goalContractID: '',
    service: { deliveryChoice: false },
    step: stepsOf(parcel),
    event: eventsOf(parcel),
  }
}

function consigneeOf({ request: { letter } }: Parcel) {
  const { address } = letter.addressee
  return {
    companyName: address.companyName ?? '',
    civility: '',
    name: address.lastName ?? '',
    firstName: address.firstName ?? '',
    address: {
      address0: address.line0 ?? '',
      address1: address.line1 ?? '',
      address2: address.line2 ?? '',
      address3: address.line3 ?? '',
      zipCode: address.zipCode ?? '',
      city: address.city ?? '',
      countryCodeISO: address.countryCode ?? '',
    },
    mobilePhone: address.mobileNumber ?? '',
    email: address.email ?? '',
  }
}

function stepsOf(parcel: Parcel) {
  return STEPS.map((labelShort, stepId) => {
    const scan = parcel.scans.find(({ code }) => SCANS[code].step >= stepId)
    return {
      stepId,
      labelShort: scan ? labelShort : null,
      labelLong: null,
      status: scan ? 'STEP_STATUS_ACTIVE' : 'STEP_STATUS_INACTIVE',
      countryCodeISO: '',
      date: scan && stepId > 0 ? localTime(scan.at) : null,
    }
  })
}

/** One event comes alone instead of in a list, and several in no order, as the service sends them. */
function eventsOf(parcel: Parcel) {
  const events = parcel.scans.map(({ code, at }, index) => {
    const [timelineCode, labelLong] = SCANS[code].timeline
    const site = index === 0 ? {} : SITES[index % 2]
    return { date: localTime(at), code: timelineCode, labelLong, ...site }
  })
  const [only, ...others] = events
  return others.length === 0 ? only : shuffled(events)
}

/** Every second one first: neither rising nor falling, and the same each time. */
const shuffled = <T>(list: T[]): T[] => [
  ...list.filter((_, index) => index % 2 === 1),
  ...list.filter((_, index) => index % 2 === 0),
]

/** Paris time to the millisecond, without its offset. */
const localTime = (at: string): string => `${parisTime(at)}.000`
