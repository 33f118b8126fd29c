import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addresseeOf, plain } from '../../activities/carriers/colissimo/addresses.ts'
import { labelOrder } from '../../activities/carriers/colissimo/mapping.ts'
import { phonesOf } from '../../activities/carriers/colissimo/phones.ts'
import { FORM, HD, json, REQUEST, refused } from './colissimo-samples.ts'

/** What the contract's samples hold and we leave to the carrier's defaults: paid options and printed conveniences. */
function withoutOptions(sample: ReturnType<typeof json>) {
  const { transportationAmount: _, totalAmount: __, returnTypeChoice: ___, ...service } = sample.letter.service
  const { insuranceValue: ____, nonMachinable: _____, ...parcel } = sample.letter.parcel
  const { doorCode1: ______, ...address } = sample.letter.addressee.address
  return { ...sample, letter: { ...sample.letter, service, parcel, addressee: { address } } }
}

test('label orders are the recorded ones', () => {
  assert.deepEqual(labelOrder(REQUEST, FORM, '2026-03-16'), withoutOptions(json('generateLabel-DOS-request.json')))
  assert.deepEqual(labelOrder(HD, FORM, '2026-03-16'), withoutOptions(json('generateLabel-HD-request.json')))
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
    assert.equal(
      labelOrder({ ...REQUEST, parcel: { ...REQUEST.parcel, weight: grams } }, FORM, '2026-03-16').letter.parcel.weight,
      kilos,
    )
})

test('a late hand-over leaves today, a big parcel is not machinable, and a long reference keeps its end', () => {
  const order = labelOrder(
    { ...REQUEST, reference: 'boutique-bio-104-BL000045-1-2', parcel: { ...REQUEST.parcel, length: 901, width: null } },
    FORM,
    '2026-11-24',
  )
  assert.equal(order.letter.service.depositDate, '2026-11-24')
  assert.equal(order.letter.service.orderNumber, 'boutique-bio-104-BL000045-1-2')
  assert.equal(order.letter.sender.senderParcelRef, '104-BL000045-1-2')
  assert.equal(order.fields, undefined)
  assert.equal(order.letter.parcel.nonMachinable, undefined)
  assert.equal(
    labelOrder({ ...REQUEST, parcel: { ...REQUEST.parcel, length: 901 } }, FORM, '2026-11-24').letter.parcel
      .nonMachinable,
    true,
  )
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
  assert.deepEqual(phonesOf('0123456789', 'FR'), {})
  for (const nonsense of [null, '', '12', 'sur demande']) assert.deepEqual(phonesOf(nonsense, 'FR'), {})
})
