import { type Ledger, openLedger, openStore, type Store } from '../../kit.ts'
import { type CarrierState, emptyCarrier, JOURNEY, type Parcel, type ScanCode } from './model.ts'
import { parcelNumberOf } from './numbers.ts'
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
export function announceParcel(carrier: Carrier, { letter, outputFormat }: LabelRequest): Parcel {
  const { data } = carrier.store
  const createdAt = carrier.now().toISOString()
  const orderNumber = letter.service.orderNumber ?? ''
  const parcel: Parcel = {
    parcelNumber: parcelNumberOf(data.nextNumber++),
    orderNumber,
    createdAt,
    request: { letter, outputFormat },
    scans: [{ code: JOURNEY[0], at: createdAt }],
  }
  data.parcels.push(parcel)
  carrier.ledger.count('label', orderNumber)
  return parcel
}

/** The parcel with this number; undefined when there is none. */
export const findParcel = (carrier: Carrier, parcelNumber: string): Parcel | undefined =>
  carrier.store.data.parcels.find((parcel) => parcel.parcelNumber === parcelNumber)

/** The last scan's code. */
export const stateOf = (parcel: Parcel): ScanCode => parcel.scans.at(-1)?.code ?? JOURNEY[0]

/** Whether the parcel has arrived. */
export const isDelivered = (parcel: Parcel): boolean => stateOf(parcel) === JOURNEY.at(-1)

/** Scans a parcel once more on its way; one that has arrived stays where it is. */
export function scanParcel(carrier: Carrier, parcel: Parcel): void {
  const next = JOURNEY[JOURNEY.indexOf(stateOf(parcel)) + 1]
  if (next === undefined) return
  const last = Date.parse(parcel.scans.at(-1)?.at ?? parcel.createdAt)
  const at = new Date(Math.max(carrier.now().getTime(), last + 1000)).toISOString()
  parcel.scans.push({ code: next, at })
  carrier.store.save()
}

/** Scans every parcel that has not arrived yet. */
export function scanAll(carrier: Carrier): void {
  for (const parcel of carrier.store.data.parcels) scanParcel(carrier, parcel)
}
