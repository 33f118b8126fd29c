import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderState } from '../../domain/order.ts'
import { judgePush } from '../../domain/shop-status.ts'
import { MAGENTO_RULES, PRESTASHOP_RULES, WOOCOMMERCE_RULES } from '../../domain/site.ts'

const CASES: [rules: 'woo' | 'presta' | 'magento', now: string, state: OrderState, expected: string][] = [
  ['woo', 'processing', 'registered', 'shown'],
  ['woo', 'on-hold', 'registered', 'needed'],
  ['woo', 'processing', 'shipped', 'needed'],
  ['woo', 'completed', 'preparing', 'differs'], // the shop is ahead
  ['woo', 'cancelled', 'shipped', 'differs'], // the shop has ended it
  ['woo', 'atelier', 'shipped', 'differs'], // a status of the merchant's own
  ['woo', 'completed', 'cancelled', 'needed'],
  ['woo', 'processing', 'invoiced', 'shown'], // nothing to show for it
  ['presta', '2', 'shipped', 'needed'],
  ['presta', '4', 'preparing', 'differs'],
  ['presta', '6', 'delivered', 'differs'],
  ['magento', 'processing', 'shipped', 'needed'],
  ['magento', 'complete', 'preparing', 'differs'],
  ['magento', 'closed', 'refunded', 'shown'],
]

const RULES = { woo: WOOCOMMERCE_RULES, presta: PRESTASHOP_RULES, magento: MAGENTO_RULES }

for (const [rules, now, state, expected] of CASES) {
  test(`${rules}: the shop shows ${now}, we are at ${state}: ${expected}`, () => {
    assert.equal(judgePush({ now, state, rules: RULES[rules] }), expected)
  })
}
