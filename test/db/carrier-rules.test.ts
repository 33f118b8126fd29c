import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import { readCarrierRules, replaceCarrierRules } from '../../db/carrier-rules.ts'
import type { Db } from '../../db/connect.ts'
import { readRules } from '../../db/mappings.ts'
import { up } from '../../db/migrations/2026-11-24c-carrier-rules.ts'
import { readLastSnapshots, readSnapshot } from '../../db/orders.ts'
import { ANY_ORDER, type CarrierRule, chooseCarrier, NO_METHOD } from '../../domain/carrier-choice.ts'
import { PRESTASHOP_RULES, WOOCOMMERCE_RULES } from '../../domain/site.ts'
import { emptyWorld, putOrder, webOrder } from '../console/world.ts'
import { openTestDatabase } from '../support/servers.ts'

let db: Db
let close: () => Promise<void>

before(async () => {
  ;({ db, close } = await openTestDatabase())
})
after(() => close())
beforeEach(() => emptyWorld(db))

const SITE = 'boutique-bio'
const rule = (service: string, conditions: Partial<CarrierRule> = {}): CarrierRule => ({
  ...{ ...ANY_ORDER, ...conditions },
  choice: { carrier: 'COLISSIMO', service },
})
const replace = (rules: CarrierRule[], version: string, operator = 'marie') =>
  replaceCarrierRules(db, { site: SITE, rules, version, operator })
const rulesFor = async (site: string) => (await readRules(db, site, WOOCOMMERCE_RULES)).carrierRules

describe('the list of a site', () => {
  it('replaces the defaults of its site alone, in its order, until it is given up', async () => {
    const list = [rule('DOS', { weight: { from: 2000, to: null } }), rule('HD', { pickup: true }), rule('DOM')]
    assert.equal(await replace(list, ''), true)
    assert.deepEqual(await rulesFor(SITE), list)
    assert.deepEqual(await rulesFor('atelier-bois'), WOOCOMMERCE_RULES.carrierRules)
    const { version, operator, savedAt } = await readCarrierRules(db, SITE)
    assert.equal(operator, 'marie')
    assert.ok(savedAt && Date.now() - savedAt.getTime() < 60_000)
    assert.equal(await replace([], version), true)
    assert.deepEqual(await rulesFor(SITE), WOOCOMMERCE_RULES.carrierRules)
  })

  it('is not overwritten by who has not seen it', async () => {
    await replace([rule('DOM')], '')
    const { version } = await readCarrierRules(db, SITE)
    assert.equal(await replace([rule('DOS')], version, 'paul'), true)
    assert.equal(await replace([rule('HD')], version), false)
    assert.equal(await replace([rule('HD')], ''), false)
    assert.deepEqual(await rulesFor(SITE), [rule('DOS')])
    assert.equal((await readCarrierRules(db, SITE)).operator, 'paul')
  })

  it('is changed by one of many who save at once from the same list', async () => {
    const services = ['DOM', 'DOS', 'COM', 'CDS', 'ECO', 'COL']
    const saved = await Promise.all(services.map((service) => replace([rule(service), rule('HD')], '')))
    assert.equal(saved.filter(Boolean).length, 1)
    assert.deepEqual(await rulesFor(SITE), [rule(services[saved.indexOf(true)] ?? ''), rule('HD')])
  })

  it('may be saved twice by the same form', async () => {
    assert.deepEqual([await replace([rule('DOM')], ''), await replace([rule('DOM')], '')], [true, true])
  })
})

describe('correspondences of carriers', () => {
  it('become a list that chooses as they did, for any platform, and cannot be entered any more', async () => {
    await sql`drop table carrier_rules; alter table mappings drop constraint mappings_without_carriers`.execute(db)
    const enter = (site: string, source: string, target: string, kind = 'carrier') =>
      sql`insert into mappings (site, kind, source, target, operator) values (${site}, ${kind}, ${source}, ${target}, 'paul')`.execute(
        db,
      )
    await enter(SITE, 'mondial_relay', 'COLISSIMO/DOM')
    await enter(SITE, 'express', 'CHRONOPOST/01')
    await enter(SITE, '2', 'COLISSIMO/DOS')
    await enter(SITE, 'stripe', 'CB_WEB', 'payment-method')
    await up(db as never)
    const rules = (await readRules(db, SITE, PRESTASHOP_RULES)).carrierRules
    const choose = (method: string | null, pickup = false) => {
      const facts = { method, country: 'FR', weight: null, amount: 100, pickup }
      const choice = chooseCarrier(rules, facts)?.choice
      return choice ? `${choice.carrier}/${choice.service}` : null
    }
    const choices: [method: string | null, home: string | null, pickup: string | null][] = [
      ['mondial_relay', 'COLISSIMO/DOM', 'COLISSIMO/HD'],
      ['express', 'CHRONOPOST/01', 'CHRONOPOST/HD'],
      ['2', 'COLISSIMO/DOS', 'COLISSIMO/HD'],
      ['5', 'COLISSIMO/DOM', 'COLISSIMO/HD'],
      ['flat_rate', 'COLISSIMO/DOM', 'COLISSIMO/HD'],
      [null, 'COLISSIMO/DOM', 'COLISSIMO/DOM'],
      ['drone', null, null],
    ]
    for (const [method, home, pickup] of choices)
      assert.deepEqual([choose(method), choose(method, true)], [home, pickup], method ?? NO_METHOD)
    const left = await db.selectFrom('mappings').select('kind').execute()
    assert.deepEqual(left, [{ kind: 'payment-method' }])
    assert.equal((await readCarrierRules(db, SITE)).operator, 'paul')
    assert.deepEqual(await rulesFor('atelier-bois'), WOOCOMMERCE_RULES.carrierRules)
    await assert.rejects(enter(SITE, 'x', 'COLISSIMO/DOM'), /mappings_without_carriers/)
  })
})

describe('orders kept before shops told of weights', () => {
  it('read as orders of unknown weight', async () => {
    const { weight: _, ...old } = webOrder()
    await putOrder(db, old as never)
    await putOrder(db, webOrder({ webId: '1043', placedAt: '2026-11-24T09:00:00Z', weight: 850 }))
    await putOrder(db, webOrder({ webId: '1044' }), { snapshot: null as never })
    assert.equal((await readSnapshot(db, { site: SITE, webId: '1042' })).weight, null)
    const last = await readLastSnapshots(db, { site: SITE, limit: 100 })
    assert.deepEqual(
      last.map(({ webId, weight }) => [webId, weight]),
      [
        ['1043', 850],
        ['1042', null],
      ],
    )
    assert.equal((await readLastSnapshots(db, { site: SITE, limit: 1 })).length, 1)
    assert.deepEqual(await readLastSnapshots(db, { site: 'atelier-bois', limit: 100 }), [])
  })
})
