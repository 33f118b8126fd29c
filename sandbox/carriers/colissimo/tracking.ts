import { type Context, Hono } from 'hono'
import { type Carrier, findParcel, isDelivered } from './carrier.ts'
import { JOURNEY, type Parcel, type ScanCode } from './model.ts'

/** What Suivi v2 says with each code. */
export const SCAN_LABELS: Record<ScanCode, string> = {
  DR1: 'Votre Colissimo va bientôt nous être confié ! Il est en cours de préparation chez votre expéditeur.',
  PC1: 'Votre colis a été déposé dans un point postal.',
  ET1: "Votre colis est en cours d'acheminement.",
  MD2: 'Votre colis est dans le site de livraison qui dessert votre adresse. Nous le préparons pour le mettre en livraison.',
  DI1: 'Votre colis est livré.',
}

const STEPS = [
  'Votre colis est entre nos mains.',
  'Il est en chemin.',
  'Votre colis est arrivé sur son site de livraison.',
  'Nous préparons votre colis pour sa livraison.',
  'Votre colis a été livré',
]
const STEPS_DONE: Record<ScanCode, number> = { DR1: 0, PC1: 1, ET1: 2, MD2: 4, DI1: 5 }
const NUMBER = /^([0-9A-Z]{2}\d{11}|[A-Z]{2}\d{9}[A-Z]{2})$/

/** Open tracking (Suivi v2): one to ten numbers in one address. */
export function openTracking(carrier: Carrier, okapiKey: string): Hono {
  const app = new Hono().basePath('/suivi/v2/idships')
  app.get('/:ids', (c) => {
    if (c.req.header('x-okapi-key') !== okapiKey) return c.body(null, 401)
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
  const isFinal = isDelivered(parcel)
  const shipment = {
    idShip: parcel.parcelNumber,
    holder: 4,
    product: 'colissimo',
    isFinal,
    ...(isFinal ? { deliveryDate: last } : {}),
    ...(entry ? { entryDate: offsetTime(entry.at) } : {}),
    timeline: timelineOf(parcel, country),
    event: parcel.scans.map(({ code, at }) => ({ code, label: SCAN_LABELS[code], date: offsetTime(at) })).reverse(),
    contextData: { deliveryChoice: { deliveryChoice: 0 }, originCountry: 'FR', arrivalCountry: country },
    ...(isFinal ? { estimDate: last } : {}),
    url: `https://www.laposte.fr/outils/suivre-vos-envois?code=${parcel.parcelNumber}`,
  }
  return { lang, scope: 'open', returnCode: 200 as const, shipment }
}

function timelineOf(parcel: Parcel, country: string) {
  const scan = parcel.scans.at(-1)
  const done = STEPS_DONE[scan?.code ?? JOURNEY[0]]
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

/** An instant as the service writes it: Paris time with its offset. */
export function offsetTime(at: string): string {
  const instant = Math.floor(Date.parse(at) / 1000) * 1000
  const wall = paris.format(instant).replace(' ', 'T')
  const hours = Math.round((Date.parse(`${wall}Z`) - instant) / 3_600_000)
  return `${wall}+0${hours}:00`
}
