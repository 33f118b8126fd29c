import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  ANY_ORDER,
  type Bounds,
  type CarrierFacts,
  type CarrierRule,
  chooseCarrier,
  coveringRule,
  NO_METHOD,
} from '../../domain/carrier-choice.ts'
import { EMPTY_ENTRY, entryOf, parseRule, type RuleEntry } from '../../domain/carrier-rule-entry.ts'
import { explainRule } from '../../domain/carrier-rule-words.ts'
import { CARRIER_SERVICES, needsPickupPoint } from '../../domain/carrier-services.ts'
import { allCountries, countryName, countryOf } from '../../domain/countries.ts'
import { PLATFORM_RULES, type Platform } from '../../domain/site.ts'

const DOM = { carrier: 'COLISSIMO', service: 'DOM' }
const HD = { carrier: 'COLISSIMO', service: 'HD' }
const rule = (conditions: Partial<CarrierRule>): CarrierRule => ({ ...ANY_ORDER, choice: DOM, ...conditions })
const order = (facts: Partial<CarrierFacts> = {}): CarrierFacts => ({
  ...{ method: 'flat_rate', country: 'FR', weight: 1200, amount: 5403, pickup: false },
  ...facts,
})
const takes = (conditions: Partial<CarrierRule>, facts: Partial<CarrierFacts>): boolean =>
  chooseCarrier([rule(conditions)], order(facts)) !== null

const codes = fc.constantFrom('flat_rate', 'mondial_relay', '2', NO_METHOD)
const countries = fc.constantFrom('FR', 'BE', 'DE', 'RE')
const several = <T>(one: fc.Arbitrary<T>) => fc.option(fc.uniqueArray(one, { minLength: 1, maxLength: 3 }))
const bounds = fc.option(
  fc
    .tuple(fc.nat(20), fc.option(fc.integer({ min: 1, max: 20 })))
    .map(([from, more]): Bounds => ({ from: from * 1000, to: more && (from + more) * 1000 })),
)
const choices = fc.constantFrom(
  ...Object.entries(CARRIER_SERVICES).flatMap(([carrier, { usual }]) =>
    Object.keys(usual).map((service) => ({ carrier, service })),
  ),
)
const rules = fc
  .record({
    methods: several(codes),
    countries: several(countries),
    weight: bounds,
    amount: bounds,
    pickup: fc.option(fc.boolean()),
    choice: choices,
  })
  .map((made): CarrierRule => ({ ...made }))
const lists = fc.array(rules, { maxLength: 6 })
const orders = fc.record({
  method: fc.oneof(fc.constant(null), codes),
  country: countries,
  weight: fc.option(fc.nat(40_000)),
  amount: fc.nat(40_000),
  pickup: fc.boolean(),
})

describe('the choice of a carrier', () => {
  it('is made by one rule, the first that takes the order, whatever comes behind it', () => {
    fc.assert(
      fc.property(lists, orders, lists, (list, facts, behind) => {
        const alone = list.map((one) => chooseCarrier([one], facts) !== null)
        const chosen = chooseCarrier(list, facts)
        assert.equal(chosen?.index ?? -1, alone.indexOf(true))
        if (!chosen) return
        assert.deepEqual(chosen.choice, list[chosen.index]?.choice)
        assert.deepEqual(chooseCarrier([...list, ...behind], facts), chosen)
      }),
    )
  })

  it('moves by the number of rules put before that do not take the order', () => {
    fc.assert(
      fc.property(lists, rules, orders, (list, first, facts) => {
        const [before, after] = [chooseCarrier(list, facts), chooseCarrier([first, ...list], facts)]
        if (chooseCarrier([first], facts)) assert.equal(after?.index, 0)
        else assert.deepEqual(after, before && { ...before, index: before.index + 1 })
      }),
    )
  })

  it('is always made where the last rule asks nothing', () => {
    fc.assert(fc.property(lists, orders, (list, facts) => assert.ok(chooseCarrier([...list, rule({})], facts))))
  })

  it('never falls to a rule that an earlier one covers', () => {
    fc.assert(
      fc.property(lists, orders, (list, facts) => {
        const index = chooseCarrier(list, facts)?.index
        if (index !== undefined) assert.equal(coveringRule(list, index), null)
      }),
    )
  })

  it('knows the rule that covers another', () => {
    const heavy = rule({ countries: ['BE'], weight: { from: 5000, to: null } })
    const heavier = rule({ countries: ['BE'], weight: { from: 10_000, to: 20_000 } })
    assert.equal(coveringRule([heavy, heavier], 1), 0)
    assert.equal(coveringRule([heavier, heavy], 1), null)
    assert.equal(coveringRule([heavy, rule({ countries: ['BE'] })], 1), null) // an unknown weight is left for it
    assert.equal(coveringRule([rule({ pickup: true }), rule({})], 1), null)
    assert.equal(coveringRule([rule({}), heavy], 1), 0)
  })
})

describe('the bounds of a rule', () => {
  const cases: [conditions: Partial<CarrierRule>, facts: Partial<CarrierFacts>, isTaken: boolean][] = [
    [{ weight: { from: 2000, to: 5000 } }, { weight: 1999 }, false],
    [{ weight: { from: 2000, to: 5000 } }, { weight: 2000 }, true],
    [{ weight: { from: 2000, to: 5000 } }, { weight: 4999 }, true],
    [{ weight: { from: 2000, to: 5000 } }, { weight: 5000 }, false],
    [{ weight: { from: 5000, to: null } }, { weight: 900_000 }, true],
    [{ weight: { from: 0, to: null } }, { weight: null }, false],
    [{ amount: { from: 5000, to: 10_000 } }, { amount: 5000, weight: null }, true],
    [{ amount: { from: 5000, to: 10_000 } }, { amount: 10_000 }, false],
    [{ methods: [NO_METHOD] }, { method: null }, true],
    [{ methods: [NO_METHOD] }, { method: 'flat_rate' }, false],
    [{ methods: ['flat_rate'] }, { method: null }, false],
    [{ countries: ['BE', 'DE'] }, { country: 'DE' }, true],
    [{ countries: ['BE', 'DE'] }, { country: '' }, false],
    [{ pickup: true }, { pickup: false }, false],
    [{ pickup: false }, { pickup: false }, true],
  ]
  for (const [conditions, facts, isTaken] of cases)
    it(`${JSON.stringify(conditions)} ${isTaken ? 'takes' : 'leaves'} ${JSON.stringify(facts)}`, () =>
      assert.equal(takes(conditions, facts), isTaken))
})

describe('the defaults', () => {
  const known: Record<Platform, string[]> = {
    woocommerce: ['flat_rate', 'free_shipping'],
    prestashop: ['2', '5', '6'],
    magento: ['flatrate_flatrate', 'freeshipping_freeshipping', 'tablerate_bestway'],
  }
  for (const [platform, methods] of Object.entries(known))
    it(`of ${platform} choose as they did before there were rules`, () => {
      const { carrierRules } = PLATFORM_RULES[platform as Platform]
      const choiceOf = (method: string | null, pickup: boolean) =>
        chooseCarrier(carrierRules, order({ method, pickup, weight: null }))?.choice ?? null
      for (const method of methods) assert.deepEqual([choiceOf(method, false), choiceOf(method, true)], [DOM, HD])
      assert.deepEqual([choiceOf(null, false), choiceOf(null, true)], [DOM, DOM])
      assert.deepEqual([choiceOf('mondial_relay', false), choiceOf('mondial_relay', true)], [null, null])
    })
})

describe('a rule in one sentence', () => {
  const n = '\u00a0'
  const cases: [Partial<CarrierRule>, string][] = [
    [
      { countries: ['BE', 'DE'], weight: { from: 5000, to: null }, choice: { carrier: 'CHRONOPOST', service: '44' } },
      `Belgique, Allemagne, à partir de 5${n}kg → CHRONOPOST 44`,
    ],
    [{}, 'Toutes les commandes → COLISSIMO DOM'],
    [{ methods: [NO_METHOD] }, 'Sans mode de livraison → COLISSIMO DOM'],
    [{ methods: ['flat_rate', NO_METHOD] }, 'Mode flat_rate ou sans mode de livraison → COLISSIMO DOM'],
    [
      { methods: ['2', 'x'], pickup: true, choice: HD },
      'Mode Mon transporteur (2) ou x, avec point relais → COLISSIMO HD',
    ],
    [{ weight: { from: 0, to: 250 }, pickup: false }, `Moins de 0,25${n}kg, sans point relais → COLISSIMO DOM`],
    [
      { weight: { from: 250, to: 1500 }, amount: { from: 5000, to: 123_450 } },
      `De 0,25${n}kg à moins de 1,5${n}kg, de 50,00${n}€ à moins de 1\u202f234,50${n}€ → COLISSIMO DOM`,
    ],
  ]
  for (const [conditions, sentence] of cases)
    it(sentence, () => assert.equal(explainRule(rule(conditions), { '2': 'Mon transporteur', x: 'x' }), sentence))
})

describe('what a person types', () => {
  const carriers = ['COLISSIMO', 'CHRONOPOST', 'DHL']
  const typed = (entry: Partial<RuleEntry>) =>
    parseRule({ ...EMPTY_ENTRY, carrier: 'COLISSIMO', service: 'DOM', ...entry }, carriers)

  it('is read with commas, units, names and small letters', () => {
    const entry = {
      methods: [' flat_rate ', 'flat_rate', NO_METHOD],
      countries: 'belgique, DE ; Côte d’Ivoire,',
      weightFrom: '2,5 kg',
      weightTo: '30',
      amountFrom: '49,90 €',
      amountTo: '1 000',
      pickup: 'no',
      carrier: 'chronopost',
      service: ' 4p ',
    }
    assert.deepEqual(typed(entry), {
      rule: {
        methods: ['flat_rate', NO_METHOD],
        countries: ['BE', 'DE', 'CI'],
        weight: { from: 2500, to: 30_000 },
        amount: { from: 4990, to: 100_000 },
        pickup: false,
        choice: { carrier: 'CHRONOPOST', service: '4P' },
      },
    })
    assert.deepEqual(typed({}), { rule: rule({}) })
  })

  it('comes back the same when a rule is opened again', () => {
    fc.assert(fc.property(rules, (each) => assert.deepEqual(parseRule(entryOf(each), carriers), { rule: each })))
  })

  const wrong: [entry: Partial<RuleEntry>, field: keyof RuleEntry, words: RegExp][] = [
    [{ countries: 'FR, Syldavie' }, 'countries', /« Syldavie »/],
    [{ countries: 'UE' }, 'countries', /Pays inconnu/],
    [{ weightFrom: 'lourd' }, 'weightFrom', /poids en kilos/],
    [{ weightFrom: '-1' }, 'weightFrom', /poids en kilos/],
    [{ weightFrom: '1,2345' }, 'weightFrom', /poids en kilos/],
    [{ weightTo: '1000,001' }, 'weightTo', /de 0 à 1000/],
    [{ weightFrom: '5', weightTo: '5' }, 'weightTo', /dépasser la limite basse/],
    [{ weightTo: '0' }, 'weightTo', /dépasser/],
    [{ amountFrom: '10,999' }, 'amountFrom', /montant en euros/],
    [{ amountFrom: '100', amountTo: '50' }, 'amountTo', /dépasser/],
    [{ pickup: 'maybe' }, 'pickup', /dans la liste/],
    [{ carrier: '' }, 'carrier', /Choisissez un transporteur/],
    [{ carrier: 'GLS' }, 'carrier', /GLS n’est pas relié/],
    [{ service: '' }, 'service', /par exemple DOM/],
    [{ service: 'D O M' }, 'service', /COLISSIMO s’écrit en 2 à 5 lettres/],
    [{ carrier: 'CHRONOPOST', service: '1' }, 'service', /CHRONOPOST s’écrit en 2/],
    [{ carrier: 'DHL', service: 'DOM' }, 'service', /DHL s’écrit en 1/],
    [{ methods: ['x'.repeat(201)] }, 'methods', /trop long/],
    [{ methods: Array.from({ length: 51 }, (_, i) => `m${i}`) }, 'methods', /Pas plus de 50/],
  ]
  for (const [entry, field, words] of wrong)
    it(`${JSON.stringify(entry).slice(0, 60)} is wrong at ${field}`, () => {
      const parsed = typed(entry)
      assert.ok('problems' in parsed)
      assert.deepEqual(
        parsed.problems.map((each) => each.field),
        [field],
      )
      assert.match(parsed.problems[0]?.text ?? '', words)
    })

  it('names every field that is wrong at once', () => {
    const parsed = typed({ countries: '?', weightFrom: '?', amountTo: '?', carrier: '' })
    assert.ok('problems' in parsed)
    assert.deepEqual(
      parsed.problems.map((each) => each.field),
      ['countries', 'weightFrom', 'amountTo', 'carrier'],
    )
  })
})

describe('countries', () => {
  it('are read by every name that is shown, and by code', () => {
    const all = allCountries()
    assert.ok(all.length > 240 && all.length < 262)
    for (const code of all) {
      assert.equal(countryOf(countryName(code)), code)
      assert.equal(countryOf(code.toLowerCase()), code)
      assert.doesNotMatch(countryName(code), /[,;\n]/)
    }
    assert.deepEqual(['EU', 'UK', 'ZZ', 'FRA', ''].map(countryOf), [null, null, null, null, null])
    assert.equal(countryName('??'), '??')
  })
})

describe('usual services', () => {
  it('look as their carrier writes them, and those at a pickup point are known', () => {
    for (const { usual, shape, atPickupPoint } of Object.values(CARRIER_SERVICES)) {
      for (const code of [...Object.keys(usual), ...atPickupPoint]) assert.match(code, shape)
    }
    const pickup = [HD, DOM, { carrier: 'CHRONOPOST', service: '86' }, { carrier: 'DHL', service: 'P' }]
    assert.deepEqual(pickup.map(needsPickupPoint), [true, false, true, false])
  })
})
