import { z } from 'zod'
import { ConfigProblem, parse, webUrl } from './config-parse.ts'
import { CARRIER_CODES, type CarrierCode, type CarrierLogin } from './domain/carrier.ts'
import type { LabelFormat } from './domain/shipment.ts'

const word = z.string().trim().min(1)
const flag = z.enum(['0', '1']).default('0')
const hours = z.string().regex(/^\d\d:\d\d-\d\d:\d\d$/, 'must look like 14:00-18:00')
const FORMATS = [
  'pdf-10x15',
  'pdf-a4',
  'zpl-203',
  'zpl-300',
  'dpl-203',
  'dpl-300',
] as const satisfies readonly LabelFormat[]

const Common = z.object({
  LABEL_FORMAT: z.enum(FORMATS).default('pdf-10x15'),
  INSURE_FROM: z.coerce.number().nonnegative().optional(),
  PACE: z.coerce.number().positive().default(5),
  FETCH: hours.optional(),
})

/** One carrier to serve. */
export interface CarrierSettings {
  login: CarrierLogin
  format: LabelFormat
  /** Goods worth as much or more, in cents, are insured for their worth; null: never. */
  insureFrom: number | null
  /** Steps per second, each of one to three requests, that the carrier bears. */
  pace: number
  /** When a courier is called on the days with parcels, "HH:MM" each; null: somebody brings them, or a contract fetches them. */
  fetch: { from: string; until: string } | null
}

const LOGINS: Record<CarrierCode, (own: Record<string, string | undefined>, prefix: string) => CarrierLogin> = {
  COLISSIMO(own, prefix) {
    const Login = z.object({
      URL: webUrl.default('https://ws.colissimo.fr/sls-ws/SlsServiceWSRest/3.1'),
      API_KEY: word,
      TRACKING_URL: webUrl.default('https://api.laposte.fr/suivi/v2'),
      OKAPI_KEY: word,
      PICKUP_URL: webUrl.default('https://ws.colissimo.fr/pointretrait-ws-cxf/rest/v2/pointretrait'),
    })
    const { URL: url, API_KEY: apiKey, TRACKING_URL: trackingUrl, ...o } = parse(Login, own, prefix)
    return { carrier: 'COLISSIMO', url, apiKey, trackingUrl, okapiKey: o.OKAPI_KEY, pickupUrl: o.PICKUP_URL }
  },
  CHRONOPOST(own, prefix) {
    const Login = z.object({
      URL: webUrl.default('https://ws.chronopost.fr'),
      ACCOUNT: z.string().regex(/^\d{8}$/, 'must be 8 digits'),
      SUB_ACCOUNT: z
        .string()
        .regex(/^\d{1,3}$/)
        .default('0'),
      PASSWORD: word,
      SATURDAY: flag,
    })
    const {
      URL: url,
      ACCOUNT: account,
      SUB_ACCOUNT: subAccount,
      PASSWORD: password,
      SATURDAY,
    } = parse(Login, own, prefix)
    return { carrier: 'CHRONOPOST', url, account, subAccount, password, saturday: SATURDAY === '1' }
  },
  DHL(own, prefix) {
    const Login = z.object({
      URL: webUrl.default('https://express.api.dhl.com/mydhlapi'),
      USER: word,
      PASSWORD: word,
      ACCOUNT: z.string().regex(/^[A-Z0-9]{1,12}$/, 'must be 1 to 12 letters or digits'),
    })
    const { URL: url, USER: user, PASSWORD: password, ACCOUNT: account } = parse(Login, own, prefix)
    return { carrier: 'DHL', url, user, password, account }
  },
}

/** Reads the settings of the carriers named in CARRIERS, <CARRIER>_...; throws a `ConfigProblem` that names what is wrong. */
export function carriersOf(names: string, source: Record<string, string | undefined>): CarrierSettings[] {
  return names.split(',').map((name) => carrierOf(name.trim().toUpperCase(), source))
}

function carrierOf(name: string, source: Record<string, string | undefined>): CarrierSettings {
  const code = CARRIER_CODES.find((one) => one === name)
  if (!code) throw new ConfigProblem(`CARRIERS: "${name}" must be one of ${CARRIER_CODES.join(', ')}`)
  const prefix = `${code}_`
  const own = Object.fromEntries(
    Object.entries(source).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
    ),
  )
  const { LABEL_FORMAT: format, INSURE_FROM: euros, PACE: pace, FETCH } = parse(Common, own, prefix)
  const [from = '', until = ''] = FETCH?.split('-') ?? []
  return {
    login: LOGINS[code](own, prefix),
    format,
    insureFrom: euros === undefined ? null : Math.round(euros * 100),
    pace,
    fetch: FETCH ? { from, until } : null,
  }
}
