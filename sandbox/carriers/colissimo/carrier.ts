import { type Ledger, openLedger, openStore, type Store } from '../../kit.ts'
import type { Journey } from '../carrier-sandbox.ts'
import { fieldOf } from './abroad-rules.ts'
import { FIRST, isLast, type ScanCode, scansAhead } from './journeys.ts'
import { type CarrierState, emptyCarrier, type Parcel } from './model.ts'
import { numberFor } from './numbers.ts'
import type { LabelRequest } from './schema.ts'

/** The carrier behind the API: its parcels, and where they are. */
export interface Carrier {
  store: Store<CarrierState>
  ledger: Ledger
  now: () => Date
}

/** Opens a carrier on its file, or in memory. */
export function openCarrier(o: { file?: string; now?: () => Date }): Carrier {
  const store = openStore(o.file, emptyCarrier)
  return { store, ledger: openLedger(store), now: o.now ?? (() => new Date()) }
}

/** Allots a number to a parcel; the same request again makes another parcel, as at the real carrier. */
export function announceParcel(carrier: Carrier, request: LabelRequest, account: string): Parcel {
  const { data } = carrier.store
  const { letter, outputFormat, fields } = request
  const createdAt = carrier.now().toISOString()
  const orderNumber = letter.service.orderNumber ?? ''
  const multi = fieldOf(request, 'TYPE_MULTI_PARCEL')
  const parcel: Parcel = {
    parcelNumber: numberFor(request, data.nextNumber++),
    orderNumber,
    account,
    createdAt,
    request: { letter, outputFormat, ...(fields ? { fields } : {}) },
    ...(multi ? { multi } : {}),
    scans: [{ code: FIRST, at: createdAt }],
  }
  data.parcels.push(parcel)
  carrier.ledger.count('label', orderNumber)
  return parcel
}

/** The parcel with this number; undefined when there is none. */
export const findParcel = (carrier: Carrier, parcelNumber: string): Parcel | undefined =>
  carrier.store.data.parcels.find((parcel) => parcel.parcelNumber === parcelNumber)

/** The last scan's code. */
export const stateOf = (parcel: Parcel): ScanCode => parcel.scans.at(-1)?.code ?? FIRST

/** Whether the parcel has arrived, at the door or back at the sender's. */
export const hasArrived = (parcel: Parcel): boolean => isLast(stateOf(parcel))

const madeOf = (parcel: Parcel) => parcel.scans.map(({ code }) => code)
const aheadOf = (parcel: Parcel) => parcel.ahead ?? scansAhead('delivered', madeOf(parcel))

/** Whether the parcel moves on by itself: one that has arrived, or waits at a pickup point, does not. */
export const isMoving = (parcel: Parcel): boolean => aheadOf(parcel).length > 0

/** Gives a parcel another way to go; one that has arrived has none. */
export function sendParcel(carrier: Carrier, parcel: Parcel, journey: Journey): void {
  if (hasArrived(parcel)) throw new RangeError(`parcel ${parcel.parcelNumber} has arrived`)
  parcel.ahead = scansAhead(journey, madeOf(parcel))
  carrier.store.save()
}

/** Scans a parcel once more on its way; at its end it stays where it is. */
export function scanParcel(carrier: Carrier, parcel: Parcel): void {
  const [code, ...ahead] = aheadOf(parcel)
  if (code === undefined) return
  const last = Date.parse(parcel.scans.at(-1)?.at ?? parcel.createdAt)
  const at = new Date(Math.max(carrier.now().getTime(), last + 1000)).toISOString()
  parcel.scans.push({ code, at })
  parcel.ahead = ahead
  carrier.store.save()
}

/** Scans every parcel that has not arrived yet. */
export function scanAll(carrier: Carrier): void {
  for (const parcel of carrier.store.data.parcels) scanParcel(carrier, parcel)
}
