import { openMagento } from '../../../activities/shops/magento/magento.ts'
import { MAGENTO_RULES } from '../../../domain/site.ts'
import { startMagento } from '../../../sandbox/shops/magento/server.ts'
import { TEMPLATES } from '../../../sandbox/shops/magento/templates.ts'
import { runShopBattery } from './battery.ts'

const LOGIN = {
  consumerKey: 'k'.repeat(32),
  consumerSecret: 's'.repeat(32),
  accessToken: 't'.repeat(32),
  accessSecret: 'x'.repeat(32),
}
const WRONG = 'w'.repeat(32)
/** Magento has one right for looking at invoices and for making them; shipping has its own. */
const READING = ['actions_view', 'sales_invoice', 'shipment', 'sales_creditmemo', 'transactions_fetch']
  .map((right) => `Magento_Sales::${right}`)
  .concat('Magento_Backend::store', 'Magento_Backend::admin')

runShopBattery('Magento', {
  templates: { all: Object.keys(TEMPLATES), paid: 'paid-card', unpaid: 'coupons-fee-bank-transfer' },
  words: { imported: 'processing', awaiting: 'pending', cancelled: 'canceled', complete: 'complete' },
  writes: {
    status: '^POST .*/(ship|invoice)',
    tracking: '^POST .*/(ship|shipment/track)',
    comment: '^POST .*/comments',
    invoice: '^POST .*/comments',
  },
  mentioned: ['closed'],
  async start({ now, front, login = 'good' } = {}) {
    const rights = login === 'read-only' ? { rights: READING } : {}
    const sandbox = await startMagento({ login: LOGIN, ...rights, ...(now ? { now } : {}) })
    const fronted = front ? await front(sandbox.url) : { url: sandbox.url, close() {} }
    const shown = login === 'bad' ? { ...LOGIN, accessToken: WRONG } : LOGIN
    return {
      sandbox,
      shop: openMagento({ site: 'boutique-bio', url: fronted.url, login: shown }),
      rules: MAGENTO_RULES,
      secrets: [...Object.values(LOGIN), WRONG, 'oauth_signature'],
      async close() {
        fronted.close()
        await sandbox.close()
      },
    }
  },
})
