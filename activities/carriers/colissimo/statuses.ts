import type { TrackingStatus } from '../../../domain/shipment.ts'

/** What an event code of Suivi v2 means; undefined when it changes nothing: an unknown code, or "ID0" (customs information). */
export const statusOf = (code: string): TrackingStatus | undefined => STATUSES.get(code.trim().toUpperCase())

/** La Poste's table of event codes. */
const TABLE: Record<string, TrackingStatus> = {
  DR1: 'announced',
  DR2: 'incident',
  PC1: 'taken',
  PC2: 'taken',
  ET1: 'in-transit',
  ET2: 'in-transit',
  ET3: 'in-transit',
  ET4: 'in-transit',
  EP1: 'in-transit',
  DO1: 'in-transit',
  DO2: 'in-transit',
  DO3: 'incident',
  PB1: 'incident',
  PB2: 'in-transit',
  MD1: 'out-for-delivery',
  MD2: 'out-for-delivery',
  MD4: 'out-for-delivery',
  ND1: 'incident',
  AG1: 'at-pickup-point',
  RE1: 'returning',
  DI0: 'delivered',
  DI1: 'delivered',
  DI2: 'returned',
  DI3: 'incident',
}

const STATUSES: ReadonlyMap<string, TrackingStatus> = new Map(Object.entries(TABLE))
