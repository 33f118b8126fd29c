import { type Context, Hono } from 'hono'
import { type Carrier, findParcel, hasArrived } from './carrier.ts'
import { SCANS } from './journeys.ts'
import type { Parcel } from './model.ts'
import { openQuota } from './quota.ts'

const STEPS = [
  'Votre colis est entre nos mains.',
  'Il est en chemin.',
  'Votre colis est arrivé sur son site de livraison.',
  'Nous préparons votre colis pour sa livraison.',
  'Votre colis a été livré',
]
/** The form of a parcel number, at home or abroad. */
export const NUMBER = /^([0-9A-Z]{2}\d{11}|[A-Z]{2}\d{9}[A-Z]{2})$/

/** Open tracking (Suivi v2): one to ten numbers in one address. */
export function openTracking(carrier: Carrier, okapiKey: string): Hono {
  const app = new Hono().basePath('/suivi/v2/idships')
  const isWithin = openQuota()
  app.get('/:ids', (c) => {
    if (c.req.header('x-okapi-key') !== okapiKey) return c.body(null, 401)
    if (!isWithin()) return c.json({ code: 'TOO_MANY_REQUESTS', message: 'max quota reached (100 calls per 1s)' }, 429)
    const ids = c.req.param('ids').split(',')
    const lang = c.req.query('lang') ?? 'fr_FR'
    if (ids.length > 10) return c.json(failure({ idShip: ids.join(','), code: 400, lang }), 400)
    const entries = ids.map((idShip) => entryOf(carrier, idShip, lang))
    const [only] = entries
    return entries.length === 1 && only ? sendOne(c, only) : c.json(entries, 207)
  })
  return app
}

type Entry = ReturnType<typeof failure> | ReturnType<typeof success>

function sendOne(c: Context, entry: Entry): Response {
  if (entry.returnCode === 200) return c.json(entry, 200)
  return c.json(entry, entry.returnCode === 400 ? 400 : 404)
}

function entryOf(carrier: Carrier, idShip: string, lang: string): Entry {
  if (!NUMBER.test(idShip)) return failure({ idShip, code: 400, lang })
  const parcel = findParcel(carrier, idShip)
  return parcel ? success(parcel, lang) : failure({ idShip, code: 104, lang })
}

function failure({ idShip, code, lang }: { idShip: string; code: 400 | 104; lang: string }) {
  const message =
    code === 400 ? 'Le numéro que vous avez saisi n’est pas valide.' : "Votre suivi n'est pas encore disponible."
  return { returnCode: code, returnMessage: message, lang, scope: 'open', idShip }
}

function success(parcel: Parcel, lang: string) {
  const country = parcel.request.letter.addressee.address.countryCode ?? 'FR'
  const last = offsetTime(parcel.scans.at(-1)?.at ?? parcel.createdAt)
  const entry = parcel.scans.find((scan) => scan.code === 'PC1')
  const isFinal = hasArrived(parcel)
  const shipment = {
    idShip: parcel.parcelNumber,
    holder: 4,
    product: 'colissimo',
    isFinal,
    ...(isFinal ? { deliveryDate: last } : {}),
    ...(entry ? { entryDate: offsetTime(entry.at) } : {}),
    timeline: timelineOf(parcel, country),
    event: parcel.scans.map(({ code, at }) => ({ code, label: SCANS[code].label, date: offsetTime(at) })).reverse(),
    contextData: {
      deliveryChoice: { deliveryChoice: 0 },
      originCountry: parcel.request.letter.sender?.address?.countryCode ?? 'FR',
      arrivalCountry: country,
    },
    ...(isFinal ? { estimDate: last } : {}),
    url: `https://www.laposte.fr/outils/suivre-vos-envois?code=${parcel.parcelNumber}`,
  }
  return { lang, scope: 'open', returnCode: 200 as const, shipment }
}

function timelineOf(parcel: Parcel, country: string) {
  const scan = parcel.scans.at(-1)
  const done = Math.max(...parcel.scans.map(({ code }) => SCANS[code].step))
  return STEPS.map((shortLabel, index) => ({
    shortLabel,
    longLabel: '',
    id: index + 1,
    ...(index === 4 && done === 5 && scan ? { date: offsetTime(scan.at) } : {}),
    country: index === 0 ? 'FR' : index === 2 ? '' : country,
    status: index < done,
    type: index < done ? 1 : index === done ? 0 : -1,
  }))
}

const paris = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' })

/** An instant on a clock in Paris, to the second, without its offset. */
export const parisTime = (at: string): string => paris.format(Date.parse(at)).replace(' ', 'T')

/** An instant as the service writes it: Paris time with its offset. */
export function offsetTime(at: string): string {
  const instant = Math.floor(Date.parse(at) / 1000) * 1000
  const wall = parisTime(at)
  const hours = Math.round((Date.parse(`${wall}Z`) - instant) / 3_600_000)
  return `${wall}+0${hours}:00`
}
