import { openPrestaShop } from '../../../activities/shops/prestashop/prestashop.ts'
import { PRESTASHOP_RULES } from '../../../domain/site.ts'
import { startPrestaShop } from '../../../sandbox/shops/prestashop/server.ts'
import { TEMPLATES } from '../../../sandbox/shops/prestashop/templates.ts'
import { runShopBattery } from './battery.ts'

const [KEY, WRONG] = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ012345', 'ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ']
const READ_ONLY = Object.fromEntries(
  ['addresses', 'carriers', 'configurations', 'countries', 'currencies', 'customers', 'customer_messages']
    .concat(['customer_threads', 'messages', 'order_carriers', 'order_cart_rules', 'order_details', 'order_histories'])
    .concat(['order_payments', 'order_slip', 'order_states', 'orders', 'products', 'states', 'taxes', 'languages'])
    .map((resource) => [resource, ['GET', 'HEAD']]),
)

runShopBattery('PrestaShop', {
  templates: { all: Object.keys(TEMPLATES), paid: 'paid-card', unpaid: 'coupons-fee-bank-transfer' },
  words: { imported: '2', awaiting: '10', cancelled: '6', complete: '4' },
  writes: {
    status: '^POST .*/order_histories',
    tracking: '^(PUT|PATCH|POST) .*/order_carriers',
    comment: '^POST .*/(messages|customer_messages)',
    invoice: '^POST .*/customer_messages',
  },
  async start({ now, front, login = 'good' } = {}) {
    const permissions = login === 'read-only' ? { permissions: READ_ONLY } : {}
    const sandbox = await startPrestaShop({ key: KEY, ...permissions, ...(now ? { now } : {}) })
    const fronted = front ? await front(sandbox.url) : { url: sandbox.url, close() {} }
    const key = login === 'bad' ? WRONG : KEY
    return {
      sandbox,
      shop: openPrestaShop({ site: 'boutique-bio', url: fronted.url, key, settleMs: -2000 }),
      rules: PRESTASHOP_RULES,
      secrets: [KEY, WRONG, Buffer.from(`${key}:`).toString('base64')],
      async close() {
        fronted.close()
        await sandbox.close()
      },
    }
  },
})
