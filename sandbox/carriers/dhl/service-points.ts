import { type Context, Hono } from 'hono'

interface Point {
  servicePointId: string
  localName: string
  street: string
  city: string
  zipCode: string
  latitude: number
  longitude: number
}

// Invented points near real towns.
const POINTS: Record<string, Point[]> = {
  FR: [
    point('CDG001', 'DHL Paris Opéra', '12 Rue Halévy', 'PARIS', '75009', 48.8716, 2.3316),
    point('LYS001', 'DHL Lyon Part-Dieu', '5 Place Charles Béraudier', 'LYON', '69003', 45.7603, 4.8594),
    point('MRS001', 'DHL Marseille Joliette', '10 Place de la Joliette', 'MARSEILLE', '13002', 43.3048, 5.3669),
  ],
  BE: [point('BRU001', 'DHL Brussels Centre', 'Rue Neuve 20', 'BRUSSELS', '1000', 50.8514, 4.3558)],
  DE: [point('FRA001', 'DHL Frankfurt Mitte', 'Zeil 40', 'FRANKFURT', '60313', 50.1149, 8.6842)],
}

function point(
  ...[servicePointId, localName, street, city, zipCode, latitude, longitude]: [
    string,
    string,
    string,
    string,
    string,
    number,
    number,
  ]
): Point {
  return { servicePointId, localName, street, city, zipCode, latitude, longitude }
}

/** Service points of a country; this service answers 200 always and says in `status` what is wrong. */
export function openServicePoints(): Hono {
  const app = new Hono()
  app.get('/servicepoints', (c) => {
    const { status, country, points } = search(c)
    const found = points?.map((one) => pointOf(one, country))
    return c.json({ status, servicePoints: found ?? null, messages: null, liteMode: false, promotion: null })
  })
  return app
}

const WRONG = {
  distance: {
    statusCode: 100,
    statusMessage: 'Error: Invalid parameter: maxDistance, specified value is not an integer.',
  },
  missing: {
    statusCode: 101,
    statusMessage: 'Error: Mandatory parameter is missing or empty: countryCode or longitude and latitude',
  },
  none: { statusCode: 201, statusMessage: 'Error: No Service Points found.' },
  country: { statusCode: 600, statusMessage: 'Error: No Service Points available for this country' },
}

function search(c: Context): {
  status: { statusCode: number; statusMessage: string }
  country: string
  points?: Point[]
} {
  const of = (name: string) => c.req.query(name) ?? ''
  const id = of('servicePointID')
  const country = id
    ? (Object.keys(POINTS).find((code) => POINTS[code]?.some((one) => one.servicePointId === id)) ?? '')
    : of('countryCode')
  const places = POINTS[country]
  if (of('maxDistance') && !/^\d+$/.test(of('maxDistance'))) return { status: WRONG.distance, country }
  if (!id && !country && !(of('latitude') && of('longitude'))) return { status: WRONG.missing, country }
  if (!places) return { status: country ? WRONG.country : WRONG.none, country }
  const near = places.filter((one) => !id || one.servicePointId === id)
  const most = Number(of('servicePointResults') || 10)
  return { status: { statusCode: 1, statusMessage: 'OK' }, country, points: near.slice(0, most) }
}

const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY']

const pointOf = (one: Point, country: string) => ({
  facilityId: one.servicePointId,
  facilityTypeCode: 'EC',
  serviceAreaCode: one.servicePointId.slice(0, 3),
  servicePointName: 'DHL Express Service Point',
  servicePointNameFormatted: 'DHL Express Service Point',
  localName: one.localName,
  servicePointType: 'CITY',
  address: { addressLine1: one.street, city: one.city, zipCode: one.zipCode, country },
  geoLocation: { latitude: one.latitude, longitude: one.longitude },
  openingHours: {
    openingHours: DAYS.map((dayOfWeek) => ({ dayOfWeek, openingTime: '9:00 AM', closingTime: '7:00 PM' })),
  },
  contactDetails: { servicePointId: one.servicePointId },
})
