import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import type { LabelRequest } from '../../activities/carriers/carrier.ts'
import { addresseeOf, plain } from '../../activities/carriers/colissimo/addresses.ts'
import { labelOrder } from '../../activities/carriers/colissimo/mapping.ts'
import { phonesOf } from '../../activities/carriers/colissimo/phones.ts'
import { COM, FORM, HD, json, packed, REQUEST, RETURNED, to } from './colissimo-samples.ts'
import { refused } from './outcomes.ts'

/** The leaves of a message by their path, so that two messages are compared field by field. */
function leavesOf(value: unknown, path = ''): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return { [path]: value }
  const inner = Object.entries(value).map(([key, one]) => leavesOf(one, path ? `${path}.${key}` : key))
  return Object.assign({}, ...inner)
}

/** Printed conveniences and prices that our requests do not carry: the carrier's defaults hold. */
const LEFT_OUT = [
  'letter.addressee.addresseeParcelRef',
  'letter.addressee.address.doorCode1',
  'letter.service.returnTypeChoice',
  'letter.service.transportationAmount',
  'letter.service.totalAmount',
  'letter.parcel.nonMachinable',
]

test('label orders are the recorded ones, field by field', () => {
  const cases: [LabelRequest, string, string[]][] = [
    [{ ...REQUEST, insured: 15_000 }, 'DOS', LEFT_OUT],
    [HD, 'HD', LEFT_OUT.slice(0, 5)],
    [COM, 'COM-cn23', LEFT_OUT.slice(0, 2)],
  ]
  for (const [request, name, leftOut] of cases) {
    const recorded = leavesOf(json(`generateLabel-${name}-request.json`))
    const ours = leavesOf(labelOrder(request, FORM, '2026-03-16'))
    for (const path of leftOut) assert.ok(path in recorded, `${name}: ${path}`)
    const expected = Object.entries(recorded).filter(([path]) => !leftOut.includes(path))
    assert.deepEqual(ours, Object.fromEntries(expected), name)
  }
})

/** Checks a body by the carrier's own schema, which names the fields but lets others pass: here none may. */
const isDescribed = (() => {
  const schema = json('GenerateLabelRequestV31.schema.json')
  for (const one of Object.values<Record<string, unknown>>(schema.$defs)) one.additionalProperties = false
  return new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
})()

test('every body is one that the carrier describes', () => {
  const back = { ...COM, direction: 'return' as const, customs: RETURNED }
  const requests: LabelRequest[] = [
    REQUEST,
    HD,
    COM,
    back,
    { ...REQUEST, direction: 'return' },
    { ...COM, insured: 20_000 },
    packed(REQUEST, { length: 901 }),
    { ...to({ country: 'BE', postalCode: '1000', company: 'Frites & Cie' }), service: 'DOM' },
  ]
  for (const request of requests)
    assert.ok(isDescribed(labelOrder(request, FORM, '2026-03-16')), JSON.stringify(isDescribed.errors))
  const order = labelOrder(REQUEST, FORM, '2026-03-16')
  assert.ok(!isDescribed({ ...order, letter: { ...order.letter, parcel: { weight: 1, wieght: 1 } } }))
})

test('weights go up to the next 10 g, with at most two decimals', () => {
  for (const [grams, kilos] of [
    [1, 0.01],
    [10, 0.01],
    [11, 0.02],
    [999, 1],
    [2341, 2.35],
    [29_995, 30],
    [30_000, 30],
  ] as const)
    assert.equal(labelOrder(packed(REQUEST, { weight: grams }), FORM, '2026-03-16').letter.parcel.weight, kilos)
})

test('a late hand-over leaves today, a big parcel is not machinable, and a long reference keeps its end', () => {
  const order = labelOrder(
    { ...packed(REQUEST, { length: 901, width: null }), reference: 'boutique-bio-104-BL000045-1-2' },
    FORM,
    '2026-11-24',
  )
  assert.equal(order.letter.service.depositDate, '2026-11-24')
  assert.equal(order.letter.service.orderNumber, 'boutique-bio-104-BL000045-1-2')
  assert.equal(order.letter.sender.senderParcelRef, '104-BL000045-1-2')
  assert.equal(order.fields, undefined)
  assert.equal(order.letter.parcel.nonMachinable, undefined)
  assert.equal(labelOrder(packed(REQUEST, { length: 901 }), FORM, '2026-11-24').letter.parcel.nonMachinable, true)
})

test('streets stay on line2 and the rest stands around it', () => {
  const lines = (...given: string[]) => {
    const { line0, line1, line2, line3 } = addresseeOf({ ...REQUEST.recipient, lines: given }, { pickup: false })
    return [line0, line1, line2, line3]
  }
  assert.deepEqual(lines('4 rue Hugo'), [undefined, undefined, '4 rue Hugo', undefined])
  assert.deepEqual(lines('4 rue Hugo', 'Bât. B', 'Les Pins', 'Étage 3'), [
    'Étage 3',
    'Bât. B',
    '4 rue Hugo',
    'Les Pins',
  ])
  assert.deepEqual(lines('128 avenue du Général de Gaulle prolongée', 'Bât. B'), [
    undefined,
    'Bât. B',
    '128 avenue du Général de Gaulle',
    'prolongée',
  ])
  assert.deepEqual(lines('4 rue Hugo', 'Résidence Les Jardins du Parc Fleuri, bâtiment B, porte 12'), [
    'Résidence Les Jardins du Parc',
    'Fleuri, bâtiment B, porte 12',
    '4 rue Hugo',
    undefined,
  ])
})

test('Switzerland prints the street line alone, so all stands on it while it fits', () => {
  const swiss = (...given: string[]) =>
    addresseeOf({ ...REQUEST.recipient, country: 'CH', postalCode: '1201', lines: given }, { pickup: false })
  assert.equal(swiss('Rue du Lac 4', 'c/o Martin').line2, 'Rue du Lac 4 c/o Martin')
  assert.equal(swiss('Rue du Lac 4', 'c/o Martin').line1, undefined)
  assert.equal(swiss('Rue du Lac 4', 'Résidence Les Jardins du Parc').line2, 'Rue du Lac 4')
})

test('an address either fits without losing a word, or is refused', () => {
  const word = fc.stringMatching(/^[a-zé0-9]{1,20}$/)
  fc.assert(
    fc.property(fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }), (written) => {
      const given = written.map((words) => words.join(' '))
      try {
        const { line0, line1, line2, line3 } = addresseeOf({ ...REQUEST.recipient, lines: given }, { pickup: false })
        const laid = [line0, line1, line2, line3].filter((line) => line !== undefined)
        assert.ok(line2 && laid.every((line) => line.length > 0 && line.length <= 35))
        const words = (texts: string[]): string[] => texts.join(' ').split(' ').sort()
        assert.deepEqual(words(laid), words(given.map(plain)))
      } catch (error) {
        assert.ok(refused('address-refused')(error))
      }
    }),
  )
})

test('letters are reduced to Latin ones', () => {
  assert.equal(plain('  Łukasz “Ó Briain” 🎁 d’Œuvre – 5\u202f€ \r\n n°3 '), "Lukasz Ó Briain d'OEuvre - 5 n°3")
  assert.equal(plain('Cafe\u0301 Škoda & Fils <b>'), 'Café Skoda & Fils b')
})

test('phones are national in France, and carry their prefix abroad', () => {
  assert.deepEqual(phonesOf('+33 (0)6 00 00 00 00', 'FR'), { mobileNumber: '0600000000' })
  assert.deepEqual(phonesOf('0033 4 94 00 00 00', 'FR'), { phoneNumber: '0494000000' })
  assert.deepEqual(phonesOf('0470 12 34 56', 'BE'), { mobileNumber: '+32470123456' })
  assert.deepEqual(phonesOf('+32 2 555 12 12', 'BE'), { phoneNumber: '+3225551212' })
  assert.deepEqual(phonesOf('+49 1512 3456789', 'DE'), { mobileNumber: '+4915123456789' })
  assert.deepEqual(phonesOf('0690 12 34 56', 'GP'), { mobileNumber: '0690123456' })
  assert.deepEqual(phonesOf('+262 692 12 34 56', 'RE'), { mobileNumber: '0692123456' })
  assert.deepEqual(phonesOf('+33 6 12 34 56 78', 'DE'), { mobileNumber: '+33612345678' })
  assert.deepEqual(phonesOf('+33 6 12 34 56 78', 'BE'), { phoneNumber: '+33612345678' })
  assert.deepEqual(phonesOf('0123456789', 'FR'), {})
  for (const nonsense of [null, '', '12', 'sur demande']) assert.deepEqual(phonesOf(nonsense, 'FR'), {})
})
