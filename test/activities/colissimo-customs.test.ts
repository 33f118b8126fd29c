import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LabelRequest } from '../../activities/carriers/carrier.ts'
import { labelOrder } from '../../activities/carriers/colissimo/mapping.ts'
import type { CustomsDeclaration, CustomsLine } from '../../domain/customs.ts'
import { COM, FORM, packed, REQUEST, RETURNED } from './colissimo-samples.ts'
import { refused } from './outcomes.ts'

const order = (request: LabelRequest) => labelOrder(request, FORM, '2026-03-16').letter
const declaring = (over: Partial<CustomsDeclaration>): LabelRequest => ({
  ...COM,
  customs: { ...RETURNED, reason: 'sale', ...over },
})
const [tee] = RETURNED.lines as [CustomsLine]
const of = (over: Partial<CustomsLine>): LabelRequest => declaring({ lines: [{ ...tee, ...over }] })

test('what the customs must know and do not is named', () => {
  const cases: [LabelRequest, RegExp][] = [
    [{ ...COM, customs: null }, /déclaration \(CN23\) absente/],
    [declaring({ lines: [] }), /articles \(article\)/],
    [declaring({ lines: Array.from({ length: 101 }, () => tee) }), /articles \(article\) : de 1 à 100/],
    [declaring({ currency: 'XPF' }), /devise \(currency\)/],
    [declaring({ invoice: { number: ' ', date: '2026-03-16' } }), /numéro de facture \(invoiceNumber\)/],
    [of({ description: '茶' }), /« TS-001 » : désignation \(description\)/],
    [of({ quantity: 0 }), /« TS-001 » : quantité \(quantity\)/],
    [of({ unitWeight: 0 }), /« TS-001 » : poids net \(weight\)/],
    [of({ unitValue: 0 }), /« TS-001 » : valeur \(value\)/],
    [of({ hsCode: '61091' }), /« TS-001 » : code SH de 6, 8 ou 10 chiffres \(hsCode\)/],
    [of({ origin: '' }), /« TS-001 » : pays d'origine \(originCountry\)/],
    [of({ hsCode: '', origin: '' }), /code SH .*, pays d'origine/],
    [of({ unitWeight: 401 }), /poids net des articles \(weight\) : 802 g, plus que le colis \(800 g\)/],
  ]
  for (const [request, says] of cases)
    assert.throws(() => order(request), refused('customs-incomplete', says), `${says}`)
  assert.doesNotThrow(() => order(of({ unitWeight: 400 })))
})

test('an article is written as the form wants it', () => {
  const description = `Chemise d'été « brodée » en coton œuvré – taille M, coloris écru ou sable`
  const written = of({ description, unitValue: 1999, unitWeight: 5, hsCode: '6109.10.00', reference: 'TÉ_1' })
  assert.deepEqual(order(written).customsDeclarations?.contents.article, [
    {
      description: "Chemise d'ete brodee en coton oeuvre - taille M, coloris ecru ou",
      quantity: 2,
      weight: 0.005,
      value: 19.99,
      currency: 'EUR',
      hsCode: '61091000',
      originCountry: 'FR',
      artref: 'TE 1',
    },
  ])
})

test('goods that come back say which parcel and invoice brought them', () => {
  const back: LabelRequest = { ...COM, direction: 'return', customs: RETURNED }
  const { service, customsDeclarations } = order(back)
  assert.equal(service.productCode, 'CORI')
  assert.equal(service.totalAmount, 1990)
  assert.equal(customsDeclarations?.contents.category.value, 6)
  assert.equal(customsDeclarations?.contents.article[0]?.originalIdent, 'A')
  assert.deepEqual(customsDeclarations?.contents.original, [
    {
      originalIdent: 'A',
      originalInvoiceNumber: 'FA-2026-0456',
      originalInvoiceDate: '2026-03-16',
      originalParcelNumber: '6A15984040331',
    },
  ])
  const { outwardParcel: _, ...lost } = RETURNED
  assert.throws(
    () => order({ ...back, customs: lost }),
    refused('customs-incomplete', /numéro du colis aller \(originalParcelNumber\)/),
  )
  const mixed = { ...RETURNED, lines: [tee, { ...tee, quantity: 1, origin: 'PT' }] }
  assert.throws(
    () => order({ ...back, customs: mixed }),
    refused('customs-incomplete', /pays d'origine \(originCountry\) : le même/),
  )
  assert.doesNotThrow(() => order({ ...COM, customs: { ...mixed, reason: 'sale' } }), 'a sale may mix origins')
})

test('no form goes where none is needed', () => {
  const { service, customsDeclarations } = order({ ...REQUEST, customs: COM.customs })
  assert.equal(customsDeclarations, undefined)
  assert.equal(service.totalAmount, undefined)
  assert.equal(labelOrder({ ...REQUEST, customs: COM.customs }, FORM, '2026-03-16').fields?.field.length, 3)
})

test('overseas taxes are ours in the four departments that both sources name', () => {
  const ftd = (country: string, postalCode: string) =>
    order({ ...COM, recipient: { ...COM.recipient, country, postalCode } }).parcel.ftd
  assert.equal(ftd('FR', '97100'), true, 'Guadeloupe written as France')
  assert.equal(ftd('RE', '97400'), true)
  assert.equal(ftd('YT', '97600'), undefined)
  assert.equal(ftd('NC', '98800'), undefined)
  assert.equal(order(packed(REQUEST, {})).parcel.ftd, undefined)
})
