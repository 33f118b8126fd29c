import { z } from 'zod'
import { ConfigProblem, parse, webUrl } from './config-parse.ts'
import { LETTER_KINDS, type Letters, onlyLetters } from './domain/letter.ts'
import type { Platform, ShopLogin } from './domain/site.ts'

const SiteEnvironment = z.object({
  NAME: z.string().min(1),
  PLATFORM: z.enum(['woocommerce', 'prestashop', 'magento']).default('woocommerce'),
  URL: webUrl,
  FROM: z.email(),
  PACE: z.coerce.number().positive().default(5),
  SLOTS: z.coerce.number().int().min(1).max(50).default(4),
  WEBHOOK_SECRET: z.string().min(16).optional(),
  LETTERS: z.string().default(LETTER_KINDS.join()),
  IMPORT_FROM: z.iso.datetime().optional(),
  BRANCH: z.string().trim().min(1).max(30).optional(),
})

/** One shop to serve. */
export interface SiteSettings {
  code: string
  name: string
  url: string
  login: ShopLogin
  /** Codial's branch that registers and hands over this site's orders. */
  branch: string
  /** Sender's address of letters. */
  from: string
  /** Requests per second that the shop bears, and how many at the same time. */
  pace: number
  slots: number
  /** Signs the shop's webhooks; null: none are taken. */
  webhookSecret: string | null
  letters: Letters
  /** ISO moment; older changes are not imported. */
  importFrom: string
}

/** Reads the settings of one site, SITE_<CODE>_...; throws a `ConfigProblem` that names what is wrong. */
export function siteOf(code: string, source: Record<string, string | undefined>): SiteSettings {
  if (!/^[a-z0-9-]{1,20}$/.test(code))
    throw new ConfigProblem(`SITES: "${code}" must be 1 to 20 small letters, digits or hyphens`)
  const prefix = `SITE_${code.toUpperCase().replace(/-/g, '_')}_`
  const own = Object.entries(source).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
  )
  const site = parse(SiteEnvironment, Object.fromEntries(own), prefix)
  return {
    code,
    name: site.NAME,
    url: site.URL,
    login: loginOf(site.PLATFORM, Object.fromEntries(own), prefix),
    branch: site.BRANCH ?? source.OPERATOR_BRANCH ?? 'LYON',
    from: site.FROM,
    pace: site.PACE,
    slots: site.SLOTS,
    webhookSecret: site.WEBHOOK_SECRET ?? null,
    letters: onlyLetters(site.LETTERS.split(',').map((word) => word.trim())),
    importFrom: site.IMPORT_FROM ?? new Date(Date.now() - 86_400_000).toISOString(),
  }
}

const word = z.string().trim().min(1)
const WooCommerceLogin = z.object({ KEY: word, SECRET: word })
const PrestaShopLogin = z.object({ KEY: word, SHOP_ID: word.optional() })
const MagentoToken = z.object({ TOKEN: word })
const MagentoKeys = z.object({ CONSUMER_KEY: word, CONSUMER_SECRET: word, ACCESS_TOKEN: word, ACCESS_SECRET: word })

function loginOf(platform: Platform, own: Record<string, string | undefined>, prefix: string): ShopLogin {
  if (platform === 'woocommerce') {
    const { KEY: key, SECRET: secret } = parse(WooCommerceLogin, own, prefix)
    return { platform, key, secret }
  }
  if (platform === 'prestashop') {
    const { KEY: key, SHOP_ID: idShop } = parse(PrestaShopLogin, own, prefix)
    return { platform, key, ...(idShop ? { idShop } : {}) }
  }
  const storeCode = own.STORE_CODE ? { storeCode: own.STORE_CODE } : {}
  if (own.TOKEN) return { platform, ...storeCode, token: parse(MagentoToken, own, prefix).TOKEN }
  const keys = parse(MagentoKeys, own, prefix)
  const consumer = { consumerKey: keys.CONSUMER_KEY, consumerSecret: keys.CONSUMER_SECRET }
  return { platform, ...storeCode, ...consumer, accessToken: keys.ACCESS_TOKEN, accessSecret: keys.ACCESS_SECRET }
}
