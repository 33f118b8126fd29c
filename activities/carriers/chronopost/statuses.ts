import { isFinal, type TrackingStatus } from '../../../domain/shipment.ts'

/** event-codes.csv in our words; SM and CL (somebody was told) change nothing and are left out. */
const TABLE: Record<string, TrackingStatus> = {
  DC: 'announced',
  EA: 'announced',
  DB: 'taken',
  DY: 'taken',
  PC: 'taken',
  SC: 'in-transit',
  EC: 'in-transit',
  TS: 'in-transit',
  O: 'in-transit',
  TP: 'in-transit',
  T: 'in-transit',
  TT: 'in-transit',
  EI: 'in-transit',
  IS: 'in-transit',
  IA: 'in-transit',
  SJ: 'in-transit',
  SD: 'in-transit',
  A2: 'in-transit',
  TA: 'out-for-delivery',
  RB: 'in-transit',
  AB: 'at-pickup-point',
  P: 'incident',
  SK: 'incident',
  R: 'returned',
  D: 'delivered',
  D1: 'delivered',
  D2: 'delivered',
  D3: 'delivered',
  D4: 'delivered',
  D5: 'delivered',
}

const STATUSES: ReadonlyMap<string, TrackingStatus> = new Map(Object.entries(TABLE))

/** What a label must say before its code ends the tracking. */
const SAYS: Partial<Record<TrackingStatus, RegExp>> = {
  delivered:
    /\b(livree?s?|delivered|distribuee?s?|retiree?s?|collected)\b|livraison (effectuee|reussie)|remise?s? (au (destinataire|client|gardien|voisin)|en main|contre signature)/,
  returned: /\b(retour|retournee?s?|renvoyee?s?|returned|return)\b|sent back/,
}
const DENIES = /\b(non|pas|not|sera|etre|impossible|tentative|attempt|echec|failed|prevue?|en cours|being)\b/

/**
 * What an event means; undefined when it changes nothing: an unknown code, or a final one whose label tells something
 * else, since foreign partners reuse the codes (contract of carriers, 2.8).
 */
export function statusOf({ code, label }: { code: string; label: string }): TrackingStatus | undefined {
  const status = STATUSES.get(code.trim().toUpperCase())
  if (!status || !isFinal(status)) return status
  const said = label.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return SAYS[status]?.test(said) && !DENIES.test(said) ? status : undefined
}
