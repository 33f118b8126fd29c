import { type Context, Hono } from 'hono'
import { type Carrier, nextWaybill } from './carrier.ts'
import { offsetOf } from './dates.ts'
import { areaOf, findCountry, fitsPostcode } from './places.ts'
import { refuseBusiness, refuseFormat, refuseMissing } from './problems.ts'
import { SAY } from './texts.ts'

const MOST_IDENTIFIERS = 100

/** Small questions about places and numbers. */
export function openLookups(carrier: Carrier): Hono {
  const app = new Hono()
  app.get('/address-validate', (c) => validateAddress(c, carrier))
  app.get('/identifiers', (c) => giveIdentifiers(c, carrier))
  return app
}

const missingOf = (c: Context, names: string[]): string[] => names.filter((name) => !c.req.query(name))

function validateAddress(c: Context, carrier: Carrier): Response {
  const missing = missingOf(c, ['type', 'countryCode'])
  if (missing.length) return refuseMissing(c, missing)
  const of = (name: string) => c.req.query(name) ?? ''
  const place = { countryCode: of('countryCode'), postalCode: of('postalCode') }
  const tooLong = Object.entries({ cityName: 45, countyName: 45, postalCode: 12 })
    .filter(([name, most]) => of(name).length > most)
    .map(([name, most]) => `${name} (maxLength=${most})`)
  const wrong = ['pickup', 'delivery'].includes(of('type')) ? tooLong : ['type (pickup, delivery)', ...tooLong]
  if (wrong.length) return refuseFormat(c, wrong)
  if (!findCountry(place.countryCode)) return refuseBusiness(c, [SAY.country('address')])
  if (place.postalCode && !fitsPostcode(place))
    return refuseBusiness(c, [SAY.postcode({ role: 'address', country: place.countryCode })])
  const { zone, ...serviceArea } = areaOf(place.countryCode)
  const address = {
    ...place,
    cityName: of('cityName').toUpperCase(),
    serviceArea: { ...serviceArea, GMTOffset: offsetOf(carrier.now(), zone) },
  }
  return c.json({ address: [address] })
}

function giveIdentifiers(c: Context, carrier: Carrier): Response {
  const missing = missingOf(c, ['accountNumber', 'type', 'size'])
  if (missing.length) return refuseMissing(c, missing)
  if (!carrier.hasIdentifiers) return refuseBusiness(c, [SAY.identifiersRefused()])
  const size = Number(c.req.query('size'))
  if (c.req.query('type') !== 'SID') return refuseFormat(c, ['type (this system allots SID only)'])
  if (!Number.isInteger(size) || size < 1 || size > MOST_IDENTIFIERS) return refuseFormat(c, ['size'])
  const list = Array.from({ length: size }, () => nextWaybill(carrier))
  carrier.store.data.reserved.push(...list)
  carrier.store.save()
  return c.json({ identifiers: [{ typeCode: 'SID', list }] })
}
