import { OVERSEAS } from './countries.ts'
import { PICKUP_PRODUCTS } from './lanes.ts'
import { type Fault, faults } from './messages.ts'
import { pointOf } from './points.ts'
import type { CheckRequest } from './schema.ts'

const HEAVIEST = 30
/** Sums insured, euro cents: 1,000 EUR to a pickup point, 5,000 EUR else. */
const INSURED = { pickup: 100_000, home: 500_000 }
const LEVELS = [15_000, 30_000, 50_000, 100_000, 200_000, 500_000]

/** The level that a sum is raised to, euro cents; 0 when nothing is insured. */
export const insuredLevel = (cents: number): number => (cents > 0 ? (LEVELS.find((level) => cents <= level) ?? 0) : 0)

/** The parcel itself: weight, sum insured, registered level, pickup point. */
export function rulesOfParcel(request: CheckRequest): Fault[] {
  const { parcel, service } = request.letter
  const { weight, insuranceValue: insured, pickupLocationId: point, recommendationLevel: level } = parcel
  const isPickup = PICKUP_PRODUCTS.includes(service.productCode ?? '')
  const isPoint = /^\d{6}$/.test(point ?? '') && point !== '000000'
  const limit = isPickup ? INSURED.pickup : INSURED.home
  return faults([
    [weight === undefined, '30300'],
    [weight !== undefined && !isWeight(weight, point), '30301', String(weight)],
    [insured !== undefined && (insured < 0 || insured > limit), '30309', String(insured)],
    [level !== undefined && !/^R[1-5]$/.test(level), '30311', level],
    [level !== undefined && (insured ?? 0) > 0, '14040'],
    [isPickup && point === undefined, '30400'],
    [point !== undefined && (!isPickup || !isPoint), '30401', point],
  ])
}

/** 0.01 to 30.00 kg with at most two decimals, or what the pickup point takes. */
function isWeight(weight: number | string, point: string | undefined): boolean {
  const limit = (pointOf(point ?? '')?.poidsMaxi ?? HEAVIEST * 1000) / 1000
  return /^\d{1,2}(\.\d{1,2})?$/.test(String(weight)) && Number(weight) >= 0.01 && Number(weight) <= limit
}

/** Options that exist only on some ways: taxes paid overseas, cash on delivery, notice of receipt, dangerous goods. */
export function rulesOfOptions({ letter: { parcel, addressee, sender, service } }: CheckRequest): Fault[] {
  const to = addressee.address.countryCode ?? ''
  const isInFrance = to === 'FR' && (sender?.address?.countryCode ?? 'FR') === 'FR'
  const { hazmatFlag, hazmatCategory: category, cod, codamount = 0 } = parcel
  const isDangerous = hazmatFlag === true || category !== undefined || parcel.hazmatPrintLogo === true
  return faults([
    [parcel.ftd === true && !OVERSEAS.includes(to), '30326'],
    [cod === true && codamount <= 0, '30017', String(codamount)],
    [parcel.returnReceipt === true && PICKUP_PRODUCTS.includes(service.productCode ?? ''), '30325'],
    [isDangerous && !isInFrance, '30317', 'letter.parcel.hazmatFlag'],
    [isDangerous && hazmatFlag !== true, '30317', 'letter.parcel.hazmatFlag'],
    [isDangerous && !/^[A-E]$/.test(category ?? ''), '30317', 'letter.parcel.hazmatCategory'],
  ])
}
