/** Where a parcel stands, in the words of no carrier. */
export type TrackingStatus =
  | 'announced'
  | 'taken'
  | 'in-transit'
  | 'out-for-delivery'
  | 'at-pickup-point'
  | 'delivered'
  | 'incident'
  | 'returning'
  | 'returned'

/** What operators and customers read for each status. */
export const TRACKING_LABELS: Record<TrackingStatus, string> = {
  announced: 'Annoncé',
  taken: 'Pris en charge',
  'in-transit': 'En transit',
  'out-for-delivery': 'En cours de livraison',
  'at-pickup-point': 'Disponible au point de retrait',
  delivered: 'Livré',
  incident: 'Incident',
  returning: 'Retour en cours',
  returned: "Retourné à l'expéditeur",
}

const FINAL: readonly TrackingStatus[] = ['delivered', 'returned']

/** True when nothing more is expected of the parcel: we stop asking its carrier. */
export const isFinal = (status: TrackingStatus): boolean => FINAL.includes(status)

/** True when a newly read status replaces the known one: a delivered parcel is never overwritten. */
export const replaces = (known: TrackingStatus, read: TrackingStatus): boolean => known !== read && !isFinal(known)

/** One parcel as the branch packed it: grams and millimetres. */
export interface Parcel {
  rank: number
  weight: number
  length: number | null
  width: number | null
  height: number | null
}

/** What leaves together: the ERP's delivery note with its parcels. */
export interface DeliveryNote {
  number: string
  carrier: string
  service: string
  pickupPoint: string | null
  parcels: Parcel[]
  /** True when a part of the order is still to come. */
  backOrder: boolean
}

/** One thing a carrier saw of a parcel. */
export interface TrackingEvent {
  trackingNumber: string
  status: TrackingStatus
  label: string
  /** ISO moment. */
  at: string
}

/** Our name of a parcel towards carriers: unique, at most 30 letters, digits and hyphens; it is printed and searchable. */
export function parcelReference(o: {
  site: string
  webId: string
  deliveryNote: string
  rank: number
  generation?: number
}): string {
  const tail = `-${o.deliveryNote.replace(/[^A-Za-z0-9]/g, '').slice(-8)}-${o.rank}${o.generation ? `-${o.generation}` : ''}`
  return `${o.site}-${o.webId}`.replace(/[^A-Za-z0-9-]/g, '').slice(0, 30 - tail.length) + tail
}
