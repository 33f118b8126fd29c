import { openWooCommerce } from '../../../activities/shops/woocommerce/woocommerce.ts'
import { WOOCOMMERCE_RULES } from '../../../domain/site.ts'
import { startWooCommerce } from '../../../sandbox/shops/woocommerce/server.ts'
import { TEMPLATES } from '../../../sandbox/shops/woocommerce/templates.ts'
import { runShopBattery } from './battery.ts'

const [KEY, SECRET, WRONG] = [`ck_${'1a'.repeat(20)}`, `cs_${'2b'.repeat(20)}`, `cs_${'3c'.repeat(20)}`]

runShopBattery('WooCommerce', {
  templates: { all: Object.keys(TEMPLATES), paid: 'paid-card', unpaid: 'coupons-fee-bank-transfer' },
  words: { imported: 'processing', awaiting: 'on-hold', cancelled: 'cancelled', complete: 'completed' },
  writes: {
    status: '^PUT .*/orders/',
    tracking: '^POST .*/notes',
    comment: '^POST .*/notes',
    invoice: '^PUT .*/orders/',
  },
  async start({ now, front, login = 'good' } = {}) {
    const permissions = login === 'read-only' ? 'read' : 'read_write'
    const sandbox = await startWooCommerce({ key: KEY, secret: SECRET, permissions, ...(now ? { now } : {}) })
    const fronted = front ? await front(sandbox.url) : { url: sandbox.url, close() {} }
    const secret = login === 'bad' ? WRONG : SECRET
    return {
      sandbox,
      shop: openWooCommerce({ site: 'boutique-bio', url: fronted.url, key: KEY, secret }),
      rules: WOOCOMMERCE_RULES,
      secrets: [KEY, SECRET, WRONG, 'oauth_signature'],
      async close() {
        fronted.close()
        await sandbox.close()
      },
    }
  },
})
