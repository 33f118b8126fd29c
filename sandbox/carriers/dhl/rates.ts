import { type Context, Hono } from 'hono'
import type { Carrier } from './carrier.ts'
import { dateFault, readMoment, workingDayAfter } from './dates.ts'
import { readBody } from './door.ts'
import { areaOf } from './places.ts'
import { refuseBusiness, refuseFormat, refuseMissing } from './problems.ts'
import { type Product, productsFor, totalKilograms, volumetricKilograms } from './products.ts'
import { type Lane, priceOf, transitDays } from './quote.ts'
import { readQuery } from './rate-query.ts'
import type { Package, PostalAddress } from './request.ts'
import { SERVICES } from './service-rules.ts'
import { SAY } from './texts.ts'

/** What is asked of /rates and /products, however it was sent. */
export interface RateCase {
  lane: Lane
  packages: Package[]
  unit: string
  isDeclarable: boolean
  /** `2026-03-16T13:00:00 GMT+01:00`. */
  plannedAt: string
  accounts: string[]
  /** Only these; empty means all. */
  productCodes: string[]
  hasServices: boolean
}

interface RateRequest {
  customerDetails: { shipperDetails: PostalAddress; receiverDetails: PostalAddress }
  accounts?: { number: string }[]
  productCode?: string
  productsAndServices?: { productCode: string }[]
  plannedShippingDateAndTime: string
  unitOfMeasurement: string
  isCustomsDeclarable: boolean
  requestAllValueAddedServices?: boolean
  getAdditionalInformation?: { typeCode?: string; isRequested: boolean }[]
  packages: Package[]
}

/** What the account may use on a lane, with invented prices. */
export function openRates(carrier: Carrier): Hono {
  const app = new Hono()
  const askByQuery = (c: Context, hasPrices: boolean) => {
    const read = readQuery(c)
    if (read.missing.length) return refuseMissing(c, read.missing)
    return read.rateCase ? answer({ c, carrier, rate: read.rateCase, hasPrices }) : refuseFormat(c, read.unreadable)
  }
  app.get('/products', (c) => askByQuery(c, false))
  app.get('/rates', (c) => askByQuery(c, true))
  app.post('/rates', async (c) => {
    const read = await readBody<RateRequest>(c, 'RateRequest')
    if (!read.isRight) return read.refusal
    return answer({ c, carrier, rate: caseOf(read.body), hasPrices: true })
  })
  return app
}

const caseOf = (request: RateRequest): RateCase => ({
  lane: { from: request.customerDetails.shipperDetails, to: request.customerDetails.receiverDetails },
  packages: request.packages,
  unit: request.unitOfMeasurement,
  isDeclarable: request.isCustomsDeclarable,
  plannedAt: request.plannedShippingDateAndTime,
  accounts: (request.accounts ?? []).map(({ number }) => number),
  productCodes: [
    ...(request.productCode ? [request.productCode] : []),
    ...(request.productsAndServices ?? []).map(({ productCode }) => productCode),
  ],
  hasServices:
    request.requestAllValueAddedServices === true ||
    (request.getAdditionalInformation ?? []).some(
      ({ typeCode = '', isRequested }) => isRequested && typeCode.startsWith('allValueAddedServices'),
    ),
})

function answer(o: { c: Context; carrier: Carrier; rate: RateCase; hasPrices: boolean }): Response {
  const { c, carrier, rate, hasPrices } = o
  if (rate.accounts.some((account) => account !== carrier.account)) return refuseBusiness(c, [SAY.account()])
  if (dateFault(rate.plannedAt, carrier.now()) === 'shape') return refuseBusiness(c, [SAY.dateShape()])
  const weight = totalKilograms(rate.packages, rate.unit)
  const products = productsFor(rate.lane, rate.isDeclarable)
    .filter(({ code }) => !rate.productCodes.length || rate.productCodes.includes(code))
    .filter(({ maxWeightKg }) => weight <= maxWeightKg)
  if (!products.length) return refuseBusiness(c, [SAY.noProduct()])
  return c.json({ products: products.map((product) => offerOf({ product, rate, hasPrices })) })
}

function offerOf({ product, rate, hasPrices }: { product: Product; rate: RateCase; hasPrices: boolean }) {
  const country = rate.lane.from.countryCode
  const planned = readMoment(rate.plannedAt) ?? new Date(0)
  const days = transitDays(rate.lane)
  const services = rate.hasServices ? servicesOf(rate.lane) : []
  return {
    productName: product.name,
    productCode: product.code,
    localProductCode: product.code,
    localProductCountryCode: country,
    networkTypeCode: 'TD',
    isCustomerAgreement: false,
    weight: {
      volumetric: volumetricKilograms(rate.packages, rate.unit),
      provided: totalKilograms(rate.packages, rate.unit),
      unitOfMeasurement: 'metric',
    },
    ...(hasPrices ? pricesOf({ product, rate, services }) : { breakdown: services }),
    pickupCapabilities: { nextBusinessDay: false, originServiceAreaCode: areaOf(country).code },
    deliveryCapabilities: {
      deliveryTypeCode: 'QDDC',
      estimatedDeliveryDateAndTime: `${workingDayAfter(planned, days)}T${product.deliveryTime}:00`,
      destinationServiceAreaCode: areaOf(rate.lane.to.countryCode).code,
      totalTransitDays: days,
    },
  }
}

const servicesOf = (lane: Lane) =>
  Object.entries(SERVICES)
    .filter(([, { isAvailable }]) => isAvailable(lane))
    .map(([serviceCode, { name }]) => ({ name, serviceCode, localServiceCode: serviceCode, serviceTypeCode: 'XCH' }))

function pricesOf(o: { product: Product; rate: RateCase; services: ReturnType<typeof servicesOf> }) {
  const { product, rate, services } = o
  const price = priceOf({ lane: rate.lane, product, packages: rate.packages, unit: rate.unit })
  const transport = { name: product.name, price: price.transport }
  const fuel = { name: 'FUEL SURCHARGE', serviceCode: 'FF', localServiceCode: 'FF', price: price.fuel }
  return {
    totalPrice: [{ currencyType: 'BILLC', priceCurrency: 'EUR', price: price.total }],
    detailedPriceBreakdown: [
      { currencyType: 'BILLC', priceCurrency: 'EUR', breakdown: [transport, fuel, ...services] },
    ],
  }
}
