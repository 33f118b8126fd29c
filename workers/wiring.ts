import type { Client } from '@temporalio/client'
import type { CarrierOf } from '../activities/carriers/carrier.ts'
import { openCarrier } from '../activities/carriers/index.ts'
import { guardLogin } from '../activities/carriers/login-guard.ts'
import type { Deps, Site } from '../activities/deps.ts'
import { openCodialApi } from '../activities/erp/codial-api/codial-api.ts'
import { openSmtp } from '../activities/mail/smtp.ts'
import type { PrinterOf } from '../activities/print/printer.ts'
import { openRawPrinter } from '../activities/print/raw-printer.ts'
import { openShop } from '../activities/shops/index.ts'
import type { Shop, ShopOf } from '../activities/shops/shop.ts'
import type { Config, Outside, SiteSettings } from '../config.ts'
import { signedLink } from '../console/links.ts'
import type { Db } from '../db/connect.ts'
import type { Contact } from '../domain/address.ts'
import { Refused } from '../domain/failures.ts'
import type { TrackingStatus } from '../domain/shipment.ts'
import { siteRules } from '../domain/site.ts'
import type { LifePolicy, Patience } from '../workflows/messages.ts'
import { openLives } from './lives.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How long steps are tried and waited for in a real installation (lifecycle.md, "Patience"). */
export const PATIENCE: Patience = { short: 1_000, slow: 300_000, payment: 14 * DAY, tracking: 60 * DAY }

/** What the outside world is, and how fast it is asked. */
export interface Wiring {
  config: Pick<Config, 'seller'> & Partial<Pick<Config, 'printers'>>
  outside: Outside
  db: Db
  client: Client
  /** Base of links in letters and on the shop. */
  publicUrl: string
  secret: string
  patience?: Patience
  workflowTaskTimeout?: number
  nextCheck?: Deps['nextCheck']
  findsWithin?: Deps['findsWithin']
}

/** Joins the adapters, the database and the running lives into what activities need. */
export function wire(o: Wiring): Deps {
  const sites = new Map(o.outside.sites.map((settings) => [settings.code, settings]))
  const settingsOf = (code: string): SiteSettings => {
    const settings = sites.get(code)
    if (!settings) throw new Refused('refused', `le site « ${code} » n'est pas configuré`)
    return settings
  }
  const policyOf = (code: string): LifePolicy => ({
    patience: o.patience ?? PATIENCE,
    letters: settingsOf(code).letters,
    askAbout: [],
  })
  const lives = openLives(
    o.client,
    policyOf,
    o.workflowTaskTimeout ? { workflowTaskTimeout: o.workflowTaskTimeout } : {},
  )
  const sender = senderOf(o.config)
  return {
    db: o.db,
    erp: openCodialApi(o.outside.codial),
    shopOf: shopsOf(settingsOf),
    carrierOf: carriersOf(o, sender),
    sender,
    insureFrom: insuranceOf(o.outside),
    fetchHours: fetchHoursOf(o.outside),
    printerOf: printersOf(o.config),
    findsWithin: o.findsWithin ?? ((ms) => ms),
    mailer: openSmtp({ url: o.outside.smtpUrl }),
    siteOf: (code) => siteOf(settingsOf(code), o.config.seller),
    lives,
    linkTo: (document) => signedLink({ base: o.publicUrl, document, secret: o.secret, expires: endOfNextYear() }),
    nextCheck: o.nextCheck ?? nextCheck,
  }
}

function shopsOf(settingsOf: (code: string) => SiteSettings): ShopOf {
  const open = new Map<string, Shop>() // an adapter remembers the way in that its shop accepts
  return (code) => {
    const { url, login } = settingsOf(code)
    const shop = open.get(code) ?? openShop({ site: code, url, login })
    open.set(code, shop)
    return shop
  }
}

const senderOf = ({ seller }: Wiring['config']): Contact => ({
  company: seller.name,
  lastName: '',
  firstName: '',
  lines: [seller.street],
  postalCode: seller.postalCode,
  city: seller.city,
  country: 'FR',
  phone: seller.phone,
  email: seller.email,
})

/** From which worth on each carrier insures. */
function insuranceOf({ carriers }: Outside): Deps['insureFrom'] {
  const from = new Map(carriers.map(({ login, insureFrom }) => [login.carrier as string, insureFrom]))
  return (code) => from.get(code.toUpperCase()) ?? null
}

/** When each carrier's courier is called. */
function fetchHoursOf({ carriers }: Outside): Deps['fetchHours'] {
  const hours = new Map(carriers.map(({ login, fetch }) => [login.carrier as string, fetch]))
  return (code) => hours.get(code.toUpperCase()) ?? null
}

function printersOf({ printers = [] }: Wiring['config']): PrinterOf {
  const open = new Map(printers.map((settings) => [settings.code, openRawPrinter(settings)]))
  return (code) => {
    const printer = open.get(code)
    if (!printer) throw new Refused('refused', `l'imprimante « ${code} » n'est pas dans les réglages (PRINTERS)`)
    return printer
  }
}

function carriersOf({ outside }: Wiring, sender: Contact): CarrierOf {
  const carriers = new Map(
    outside.carriers.map(({ login, format }) => [
      login.carrier as string,
      guardLogin(openCarrier({ login, sender, format })),
    ]),
  )
  return (code) => {
    const carrier = carriers.get(code.toUpperCase())
    if (!carrier) throw new Refused('unknown-carrier', `« ${code} » n'est pas configuré`)
    return carrier
  }
}

function siteOf(settings: SiteSettings, seller: Config['seller']): Site {
  const { code, name, url, login, branch, from, letters, importFrom } = settings
  const identity = {
    name,
    url,
    seller: { name: seller.name, address: seller.address, siren: seller.siren },
    contactEmail: seller.email,
    contactPhone: seller.phone,
    privacyUrl: `${url}/confidentialite`,
    termsUrl: `${url}/cgv`,
    withdrawalUrl: `${url}/retractation`,
  }
  const rules = siteRules({ platform: login.platform, branch })
  return { code, rules, identity, from: { name, address: from }, letters, importFrom }
}

/** The same for a year, so that publishing an invoice again sends the same link. */
const endOfNextYear = (): number => Date.UTC(new Date().getUTCFullYear() + 2, 0, 1) / 1000

/** Carriers are asked less often as a parcel ages, more often on the day it comes; never after 60 days (carriers.md, section 0). */
function nextCheck(age: number, status: TrackingStatus): number | null {
  if (age > 60 * DAY) return null
  if (status === 'out-for-delivery') return HOUR
  return age < 7 * DAY ? 2 * HOUR : age < 21 * DAY ? 8 * HOUR : DAY
}
