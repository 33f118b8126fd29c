import type { SiteSettings } from '../config.ts'
import { LETTER_KINDS, onlyLetters } from '../domain/letter.ts'
import type { Platform, ShopLogin } from '../domain/site.ts'
import { startMagento } from '../sandbox/shops/magento/server.ts'
import { startPrestaShop } from '../sandbox/shops/prestashop/server.ts'
import type { ShopSandbox } from '../sandbox/shops/shop-sandbox.ts'
import { startWooCommerce, type WooCommerceSandbox } from '../sandbox/shops/woocommerce/server.ts'

/** One site of the sandbox: its shop, and the settings by which the connector reaches it. */
export interface SandboxSite {
  shop: ShopSandbox
  settings: SiteSettings
}

interface Opening {
  port: number
  file?: string
}

const WOOCOMMERCE = { key: `ck_${'5a'.repeat(20)}`, secret: `cs_${'b0'.repeat(20)}` }
const PRESTASHOP = { key: 'CLEBACASABLE0123456789ABCDEFGHIJ' }
const MAGENTO = {
  consumerKey: 'c0'.repeat(16),
  consumerSecret: 'c1'.repeat(16),
  accessToken: 'a0'.repeat(16),
  accessSecret: 'a1'.repeat(16),
}

/** The site whose shop a person plays in the first hour. */
export async function startFirstSite(o: Opening): Promise<SandboxSite & { shop: WooCommerceSandbox }> {
  const shop = await startWooCommerce({ ...o, ...WOOCOMMERCE })
  const login: ShopLogin = { platform: 'woocommerce', ...WOOCOMMERCE }
  return { shop, settings: settingsOf({ code: 'boutique-bio', name: 'Boutique Bio', url: shop.url, login }) }
}

/** One more site of any platform, for the demo; `n` tells it apart. */
export async function startSite(platform: Platform, n: number): Promise<SandboxSite> {
  const { shop, login } = await OPEN[platform]()
  return {
    shop,
    settings: settingsOf({ code: `${platform}-${n}`, name: `${NAMES[platform]} ${n}`, url: shop.url, login }),
  }
}

const NAMES: Record<Platform, string> = {
  woocommerce: 'Boutique Woo',
  prestashop: 'Boutique Presta',
  magento: 'Boutique Magento',
}

const OPEN: Record<Platform, () => Promise<{ shop: ShopSandbox; login: ShopLogin }>> = {
  woocommerce: async () => ({
    shop: await startWooCommerce({ port: 0, ...WOOCOMMERCE }),
    login: { platform: 'woocommerce', ...WOOCOMMERCE },
  }),
  prestashop: async () => ({
    shop: await startPrestaShop({ port: 0, ...PRESTASHOP }),
    login: { platform: 'prestashop', ...PRESTASHOP },
  }),
  magento: async () => ({
    shop: await startMagento({ port: 0, login: MAGENTO }),
    login: { platform: 'magento', ...MAGENTO },
  }),
}

function settingsOf(o: Pick<SiteSettings, 'code' | 'name' | 'url' | 'login'>): SiteSettings {
  return {
    ...o,
    from: 'commandes@boutique-bio.example',
    pace: 50,
    slots: 4,
    webhookSecret: null,
    branch: 'LYON',
    letters: onlyLetters(LETTER_KINDS),
    importFrom: '2026-01-01T00:00:00.000Z',
  }
}
