import type { Journey } from '../carrier-sandbox.ts'

/** The event codes that the sandbox uses, with what they say in French and in English, and where. */
export const EVENTS = {
  DC: {
    fr: "Envoi en cours de préparation chez l'expéditeur",
    en: 'Shipment in preparation to be shipped',
    state: 'Annoncé',
  },
  DB: { fr: "Envoi remis par l'expéditeur", en: 'Shipment handed over by shipper', state: 'Pris en charge' },
  TS: { fr: 'Envoi en transit', en: 'Shipment in transit', state: 'En transit' },
  IA: {
    fr: 'Envoi arrivé dans le pays de destination',
    en: 'Shipment arrived in the destination country',
    state: 'En transit',
  },
  TA: { fr: 'Envoi en cours de livraison', en: 'Shipment in delivery to the consignee', state: 'En livraison' },
  AB: {
    fr: 'Envoi disponible au point relais',
    en: 'Shipment available at the pickup point',
    state: 'Au point relais',
  },
  SK: {
    fr: 'Livraison suspendue, en attente de consignes',
    en: 'Delivery blocked, waiting for information',
    state: 'Incident',
  },
  P: { fr: 'Échec de livraison', en: 'Delivery attempt failed', state: 'Incident' },
  R: { fr: "Envoi retourné à l'expéditeur", en: 'Shipment sent back to the sender', state: 'Retourné' },
  D: { fr: 'Livraison effectuée', en: 'Delivered', state: 'Livré' },
} as const

/** An event code of the carrier. */
export type Code = keyof typeof EVENTS

const ROADS: Record<Exclude<Journey, 'incident'>, Code[]> = {
  delivered: ['DC', 'DB', 'TS', 'TA', 'D'],
  pickup: ['DC', 'DB', 'TS', 'AB', 'D'],
  returned: ['DC', 'DB', 'TS', 'P', 'R'],
}

/** How far each event is on the way. */
const STAGES: Record<Code, number> = { DC: 0, DB: 1, TS: 2, IA: 2, TA: 3, AB: 3, SK: 0, P: 3, R: 4, D: 4 }

const FINAL: readonly Code[] = ['D', 'R']

/** Whether nothing comes after this event. */
export const isFinal = (code: Code): boolean => FINAL.includes(code)

/** The scans ahead of a parcel from where it stands; abroad the transit is scanned in the country of arrival. */
export function roadAhead(o: { journey: Journey; done: Code[]; isAbroad: boolean; isPickup: boolean }): Code[] {
  const stage = Math.max(...o.done.map((code) => STAGES[code]))
  if (o.done.some(isFinal)) return []
  const usual = o.isPickup ? 'pickup' : 'delivered'
  const road = ROADS[o.journey === 'incident' ? usual : o.journey]
  const rest = road.filter((code) => STAGES[code] > stage).map((code) => (code === 'TS' && o.isAbroad ? 'IA' : code))
  return o.journey === 'incident' ? [stage >= 3 ? 'P' : 'SK', ...rest] : rest
}
