import { rulesOfAddressee, rulesOfSender } from './address-rules.ts'
import { PICKUP_PRODUCTS, PRODUCTS } from './countries.ts'
import { rulesOfCustoms } from './customs-rules.ts'
import { type Fault, faults } from './messages.ts'
import type { CheckRequest } from './schema.ts'
import { rulesOfTexts } from './text-rules.ts'

const FORMATS = ['PDF', 'ZPL', 'DPL'].flatMap((language) =>
  ['10x15', '10x12', '10x10'].flatMap((size) => ['203dpi', '300dpi'].map((dpi) => `${language}_${size}_${dpi}`)),
)
const PRINTING = new Set([...FORMATS.filter((format) => !/^PDF.*203/.test(format)), 'PDF_A4_300dpi'])

/** Whether the carrier prints labels of this type; `_UL` asks for the unified layout. */
export const isPrintable = (type: string): boolean => PRINTING.has(type.replace(/_UL$/, ''))

/** Today in Paris, YYYY-MM-DD. */
export const parisDate = (now: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' }).format(now)

/** Every rule of the carrier that a request breaks, in the order the carrier looks. */
export function faultsOf(request: CheckRequest, now: Date): Fault[] {
  return [
    ...rulesOfPrinting(request),
    ...rulesOfService(request, now),
    ...rulesOfSender(request),
    ...rulesOfAddressee(request),
    ...rulesOfParcel(request),
    ...rulesOfPickup(request),
    ...rulesOfCustoms(request),
    ...rulesOfTexts(request),
  ]
}

function rulesOfPrinting({ outputFormat }: CheckRequest): Fault[] {
  if (!outputFormat) return []
  const type = outputFormat.outputPrintingType
  return faults([
    [type === undefined, '30025'],
    [type !== undefined && !isPrintable(type), '30026', type],
  ])
}

function rulesOfService({ letter: { service, addressee } }: CheckRequest, now: Date): Fault[] {
  const { productCode, depositDate, commercialName, returnTypeChoice, reseauPostal } = service
  const isDate =
    depositDate !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(depositDate) && !Number.isNaN(Date.parse(depositDate))
  const isKnown = productCode !== undefined && PRODUCTS.includes(productCode)
  const isFrench = addressee.address.countryCode === 'FR'
  return faults([
    [productCode === undefined, '30014'],
    [productCode !== undefined && !isKnown, '30015', productCode],
    [depositDate === undefined, '50005'],
    [depositDate !== undefined && !isDate, '30010', depositDate],
    [isDate && depositDate < parisDate(now), '30002'],
    [productCode === 'HD' && commercialName === undefined, '30018'],
    [returnTypeChoice !== undefined && returnTypeChoice !== 2 && returnTypeChoice !== 3, '30324'],
    [reseauPostal !== undefined && (isFrench || !['0', '1'].includes(reseauPostal)), '30027'],
  ])
}

function rulesOfParcel({ letter: { parcel, service } }: CheckRequest): Fault[] {
  const { weight, insuranceValue: insured } = parcel
  const isWeight = /^\d{1,2}(\.\d{1,2})?$/.test(String(weight)) && Number(weight) >= 0.01 && Number(weight) <= 30
  const limit = PICKUP_PRODUCTS.includes(service.productCode ?? '') ? 100_000 : 500_000
  return faults([
    [weight === undefined, '30300'],
    [weight !== undefined && !isWeight, '30301', String(weight)],
    [insured !== undefined && (insured < 0 || insured > limit), '30309'],
  ])
}

function rulesOfPickup({ letter: { parcel, service } }: CheckRequest): Fault[] {
  const id = parcel.pickupLocationId
  const isPickup = PICKUP_PRODUCTS.includes(service.productCode ?? '')
  return faults([
    [isPickup && id === undefined, '30400'],
    [id !== undefined && (!isPickup || !/^\d{6}$/.test(id)), '30401', id],
  ])
}
