import type { TrackingStatus } from '../../../domain/shipment.ts'

/** What an event code of DHL Express means; undefined when it changes nothing: an unknown code, or one that closes no story. */
export const statusOf = (code: string): TrackingStatus | undefined => STATUSES.get(code.trim().toUpperCase())

/** The 62 event codes of DHL's reference data, by what they mean; those of `none` keep the known status. */
const CODES: Record<Exclude<TrackingStatus, 'returning'> | 'none', string> = {
  announced: 'DUMMY_PU',
  taken: 'PU SA',
  'in-transit': 'AF AR CR DF PL TR BL BR CI CU ES FD HN HO IC IR LV RR RW SC SM UV',
  'out-for-delivery': 'WC',
  'at-pickup-point': 'CC',
  delivered: 'OK DD',
  incident: 'AD BA BN CD CM DM DP DS HI HP MC MD MS NA ND NH OH PD RD SI SS ST TD UD',
  returned: 'RT',
  none: 'CA CS DI IA PY TI TP TT',
}

const STATUSES: ReadonlyMap<string, TrackingStatus> = new Map(
  (Object.keys(CODES) as (keyof typeof CODES)[]).flatMap((status) =>
    status === 'none' ? [] : CODES[status].split(' ').map((code) => [code, status] as const),
  ),
)
