import { type Ledger, openLedger, openStore, type Store } from '../../kit.ts'
import type { Journey } from '../carrier-sandbox.ts'
import { isFinal, roadAhead } from './journeys.ts'
import { type CarrierState, emptyCarrier, type Parcel } from './model.ts'
import { parcelNumberOf, reservationNumberOf } from './numbers.ts'
import { isPickupProduct } from './products.ts'

/** The carrier behind the services: whom it knows, its parcels, and where they are. */
export interface Carrier {
  account: string
  password: string
  store: Store<CarrierState>
  ledger: Ledger
  now: () => Date
  /** How long a sold parcel stays unknown to tracking and cancelling, in milliseconds. */
  visibleAfterMs: number
}

/** Opens a carrier on its file, or in memory. */
export function openCarrier(o: {
  account: string
  password: string
  file?: string
  now?: () => Date
  visibleAfterMs?: number
}): Carrier {
  const store = openStore(o.file, emptyCarrier)
  return {
    account: o.account,
    password: o.password,
    store,
    ledger: openLedger(store),
    now: o.now ?? (() => new Date()),
    visibleAfterMs: o.visibleAfterMs ?? 0,
  }
}

/** What a purchase says of one parcel. */
export type Sale = Omit<Parcel, 'skybillNumber' | 'reservationNumber' | 'soldAt' | 'scans' | 'ahead'>

/** Allots numbers to the parcels of one purchase; the same purchase again makes other parcels, as at the real carrier. */
export function sellParcels(carrier: Carrier, sales: Sale[]): Parcel[] {
  const { data } = carrier.store
  const soldAt = carrier.now().toISOString()
  const reservationNumber = reservationNumberOf(data.nextReservation++)
  const parcels = sales.map((sale) => {
    const parcel: Parcel = {
      ...sale,
      skybillNumber: parcelNumberOf(data.nextNumber++),
      reservationNumber,
      soldAt,
      scans: [{ code: 'DC', at: soldAt }],
      ahead: [],
    }
    return { ...parcel, ahead: aheadOf(parcel, 'delivered') }
  })
  data.parcels.push(...parcels)
  for (const { shipperRef } of parcels) carrier.ledger.count('label', shipperRef)
  return parcels
}

function aheadOf({ scans, recipient, productCode }: Parcel, wanted: Journey) {
  const isPickup = isPickupProduct(productCode)
  const journey = wanted === 'delivered' && isPickup ? 'pickup' : wanted
  return roadAhead({
    journey,
    done: scans.map(({ code }) => code),
    isAbroad: !['FR', 'MC'].includes(recipient.Country ?? 'FR'),
    isPickup,
  })
}

/** The parcel with this number; undefined when there is none. */
export const findParcel = (carrier: Carrier, skybillNumber: string): Parcel | undefined =>
  carrier.store.data.parcels.find((parcel) => parcel.skybillNumber === skybillNumber)

/** The last scan's code. */
export const stateOf = (parcel: Parcel) => parcel.scans.at(-1)?.code ?? 'DC'

/** Whether the carrier has scanned the parcel itself, after its announcement. */
export const isTaken = (parcel: Parcel): boolean => parcel.scans.length > 1

/** Whether the parcel moves no more. */
export const isOver = (parcel: Parcel): boolean => parcel.cancelledAt !== undefined || isFinal(stateOf(parcel))

/** Whether tracking and cancelling know the parcel already. */
export const isVisible = (carrier: Carrier, parcel: Parcel): boolean =>
  isTaken(parcel) || carrier.now().getTime() - Date.parse(parcel.soldAt) >= carrier.visibleAfterMs

/** Parcels that a search may find: visible by now, and not cancelled. */
export const searchable = (carrier: Carrier): Parcel[] =>
  carrier.store.data.parcels.filter((parcel) => parcel.cancelledAt === undefined && isVisible(carrier, parcel))

/** Scans a parcel once more on its way; one that has arrived or was cancelled stays where it is. */
export function scanParcel(carrier: Carrier, parcel: Parcel): void {
  const next = isOver(parcel) ? undefined : parcel.ahead.shift()
  if (next === undefined) return
  const last = Date.parse(parcel.scans.at(-1)?.at ?? parcel.soldAt)
  parcel.scans.push({ code: next, at: new Date(Math.max(carrier.now().getTime(), last + 1000)).toISOString() })
  carrier.store.save()
}

/** Scans every parcel that is still on its way. */
export function scanAll(carrier: Carrier): void {
  for (const parcel of carrier.store.data.parcels) scanParcel(carrier, parcel)
}

/** Gives a parcel another way to go from where it stands. */
export function sendParcel(carrier: Carrier, parcel: Parcel, journey: Journey): void {
  parcel.ahead = aheadOf(parcel, journey)
  carrier.store.save()
}

/** Gives a parcel up for good; once only. */
export function cancelParcel(carrier: Carrier, parcel: Parcel): void {
  if (parcel.cancelledAt !== undefined) return
  parcel.cancelledAt = carrier.now().toISOString()
  carrier.ledger.count('void', parcel.skybillNumber)
}
