import type { Context } from 'hono'
import type { RateCase } from './rates.ts'

const REQUIRED = [
  ...['accountNumber', 'originCountryCode', 'originCityName', 'destinationCountryCode', 'destinationCityName'],
  ...['weight', 'length', 'width', 'height', 'plannedShippingDate', 'isCustomsDeclarable', 'unitOfMeasurement'],
]
const SMALLEST = { weight: 0, length: 1, width: 1, height: 1 }
const SHAPES: Record<string, RegExp> = {
  originCountryCode: /^[A-Z]{2}$/,
  destinationCountryCode: /^[A-Z]{2}$/,
  plannedShippingDate: /^\d{4}-\d{2}-\d{2}$/,
  isCustomsDeclarable: /^(true|false)$/,
  unitOfMeasurement: /^(metric|imperial)$/,
}

/** Reads the query of GET /rates and GET /products: the case, or the names that are missing or cannot be read. */
export function readQuery(c: Context): { missing: string[]; unreadable: string[]; rateCase?: RateCase } {
  const of = (name: string) => c.req.query(name) ?? ''
  const missing = REQUIRED.filter((name) => of(name) === '')
  const badNumbers = Object.entries(SMALLEST).filter(
    ([name, least]) => !/^\d+(\.\d{1,3})?$/.test(of(name)) || Number(of(name)) < least,
  )
  const badShapes = Object.entries(SHAPES).filter(([name, shape]) => !shape.test(of(name)))
  const unreadable = [...badNumbers, ...badShapes].map(([name]) => name)
  if (missing.length || unreadable.length) return { missing, unreadable }
  const dimensions = { length: Number(of('length')), width: Number(of('width')), height: Number(of('height')) }
  const rateCase: RateCase = {
    lane: {
      from: { countryCode: of('originCountryCode'), postalCode: of('originPostalCode') },
      to: { countryCode: of('destinationCountryCode'), postalCode: of('destinationPostalCode') },
    },
    packages: [{ weight: Number(of('weight')), dimensions }],
    unit: of('unitOfMeasurement'),
    isDeclarable: of('isCustomsDeclarable') === 'true',
    plannedAt: `${of('plannedShippingDate')}T12:00:00 GMT+00:00`,
    accounts: [of('accountNumber')],
    productCodes: [],
    hasServices: of('getAllValueAddedServices') === 'true',
  }
  return { missing, unreadable, rateCase }
}
