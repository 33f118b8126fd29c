import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import type { ReadOrder } from '../../../../activities/shops/shop.ts'
import { admit, type ErpOrder } from '../../../../domain/admission.ts'
import { Refused } from '../../../../domain/failures.ts'
import type { SiteRules } from '../../../../domain/site.ts'
import { inWorld, readAll, type ShopHarness } from './harness.ts'

/** What Codial knows: a reference or a rate outside of it is refused there. */
const ARTICLES = new Set(
  (
    JSON.parse(readFileSync(new URL('../../../../sandbox/data/codial/articles.json', import.meta.url), 'utf8')) as {
      reference: string
    }[]
  ).map(({ reference }) => reference),
)
const RATES = new Set(['0.00', '2.10', '5.50', '8.50', '10.00', '20.00'])

/** Every template is read, and travels or waits as the sandbox says, with its recorded people and with invented ones. */
export function checkTemplates(harness: ShopHarness): void {
  for (const template of harness.templates.all) {
    it(template, () =>
      inWorld(harness, async ({ sandbox, shop, rules, since }) => {
        for (const seed of [0, 1, 2, 3, 4]) {
          const placed = sandbox.placeOrder({ template, seed })
          const read = (await readAll(shop, since)).find((each) => each.webId === placed.id)
          assert.ok(read, `order ${placed.id} is in the reading`)
          if (placed.expectedParked) assert.equal(parkedAs(read, rules), placed.expectedParked, `seed ${seed}`)
          else travels(read, { rules, total: sandbox.order(placed.id).total })
        }
      }),
    )
  }
}

/** Adds up to the cent, in words that Codial knows; money that is there is at most what was sold. */
function travels(read: ReadOrder, { rules, total }: { rules: SiteRules; total: number }): void {
  assert.ok('order' in read, `readable: ${'refusal' in read ? read.refusal.remedy : ''}`)
  const { order } = read
  assert.equal(order.total, total)
  const erp = admit(order, rules)
  const sum = (amounts: number[]) => amounts.reduce((a, b) => a + b, 0)
  assert.equal(sum(erp.lines.map((line) => line.gross)), erp.gross)
  assert.equal(erp.net + erp.vat, erp.gross)
  const cards = sum(erp.payments.filter(({ id }) => /^(gift-card-|gap)/.test(id)).map(({ amount }) => amount))
  assert.equal(erp.gross - cards, total)
  assert.ok(sum(erp.payments.map(({ amount }) => amount)) <= erp.gross)
  assert.equal(unknownIn(erp, rules), null)
  const { customer, shipping, currency, lines } = order
  assert.equal(currency, 'EUR')
  assert.match(customer.email, /^\S+@\S+$/)
  assert.ok(customer.lastName && shipping.lines.length > 0 && shipping.city && /^[A-Z]{2}$/.test(shipping.country))
  for (const line of lines) assert.ok(Number.isInteger(line.gross) && Number.isInteger(line.vat), 'whole cents')
}

/** The code with which an order must wait: unreadable, not admitted, or in words that Codial does not know. */
function parkedAs(read: ReadOrder, rules: SiteRules): string | null {
  if ('refusal' in read) return read.refusal.code
  try {
    return unknownIn(admit(read.order, rules), rules)
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
}

function unknownIn(erp: ErpOrder, rules: SiteRules): string | null {
  const special = [...Object.values(rules.special), ...Object.values(rules.fees)]
  const isKnown = (reference: string) => ARTICLES.has(reference) || special.includes(reference)
  if (!erp.lines.every(({ reference }) => isKnown(reference))) return 'unknown-item'
  return erp.lines.every(({ vatRate }) => RATES.has(vatRate)) ? null : 'unknown-vat-rate'
}
