import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWebhooks } from '../../activities/shops/woocommerce/webhooks.ts'
import { freePort } from '../../starters/embedded/ports.ts'
import { receiveWebhooks } from '../../starters/receive-webhooks.ts'
import { keepSchedules } from '../../starters/schedules.ts'
import { openCompany, orderRow, SITE, until } from '../support/company.ts'

const DAY = 86_400_000

test('the door makes the shop’s webhooks, and one of them brings an order in long before the next poll', async () => {
  const company = await openCompany({ namespace: 'hooks' })
  const outside = structuredClone(company.world.outside)
  const [site] = outside.sites
  assert.ok(site?.login.platform === 'woocommerce')
  site.webhookSecret = 'un-secret-de-seize-lettres'
  await keepSchedules(company.client, { sites: [SITE], carriers: [], rhythm: { import: DAY, erp: DAY, tracking: DAY } })
  const port = await freePort(0)
  const publicUrl = `http://127.0.0.1:${port}`
  const { db, temporal } = company
  const door = await receiveWebhooks({ outside, host: '127.0.0.1', port, publicUrl, db, temporal })
  try {
    const hooks = openWebhooks({ site: SITE, url: site.url, key: site.login.key, secret: site.login.secret })
    const wanted = { deliveryUrl: `${publicUrl}/webhooks/${SITE}`, topics: ['order.created', 'order.updated'] }
    await until('both hooks are active', async () => (await hooks.checkWebhooks(wanted)).every(({ ok }) => ok))
    const { id } = company.world.shop.placeOrder({ template: 'paid-card', seed: 0 })
    await company.world.shop.flushDeliveries()
    await until('the order is in Codial', async () => (await orderRow(db, id))?.erp_number)
  } finally {
    await door?.close()
    await company.close()
  }
})

test('without a secret no door is opened', async () => {
  const company = await openCompany({ namespace: 'hooks', workers: 'none' })
  const { db, temporal, world } = company
  assert.equal(
    await receiveWebhooks({ outside: world.outside, host: '127.0.0.1', port: 0, publicUrl: null, db, temporal }),
    null,
  )
  await company.close()
})
