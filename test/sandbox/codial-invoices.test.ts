import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { centsOf, divideRounded, lineGross, sumOf, unitsOf } from '../../sandbox/codial/decimals.ts'
import { computeAmounts } from '../../sandbox/codial/invoice-lines.ts'
import { ADDRESS, CODE, type Json, openDesk, payment, SHIPPING, SOAP } from './codial-desk.ts'

const { codial, call, created, shipped } = await openDesk()
after(() => codial.close())

const DRILL = {
  ...SOAP,
  reference: 'ERP-1001',
  designation: 'Perceuse',
  quantite: '1',
  prix_unitaire_ttc: '25.4900',
  remise_ttc: '2.00',
}
const BOOKS = {
  ...SOAP,
  rang: 3,
  reference: 'LIV-0001',
  designation: 'Livre',
  quantite: '2',
  prix_unitaire_ttc: '20.0000',
  taux_tva: '5.50',
}
const TWO_RATES = {
  lignes: [DRILL, SHIPPING, BOOKS, { ...CODE, rang: 4, prix_unitaire_ttc: '-3.0000', taux_tva: '5.50' }],
  total_ht: '58.73',
  total_tva: '6.66',
  total_ttc: '65.39',
}

test('the VAT of two rates and a discount is what one computes by hand', async () => {
  const numero = await created(TWO_RATES)
  await call('POST', `/commandes/${numero}/reglements`, { body: payment('60.39', 'ch') })
  await shipped(numero)
  const { body } = await call('GET', `/factures/${codial.invoice(numero)}`)
  // 20 %: 23.49 + 4.90 = 28.39, of which 28.39 x 20/120 = 4.73; 5.5 %: 40.00 - 3.00 = 37.00, of which 37.00 x 5.5/105.5 = 1.93
  assert.deepEqual(body.totaux_par_taux, [
    { taux_tva: '20.00', base_ht: '23.66', montant_tva: '4.73' },
    { taux_tva: '5.50', base_ht: '35.07', montant_tva: '1.93' },
  ])
  assert.deepEqual(
    [body.total_ht, body.total_tva, body.total_ttc, body.reste_du, body.etat],
    ['58.73', '6.66', '65.39', '5.00', 'a_regler'],
  )
  const lines = (body.lignes as Json[]).map((l) => [
    l.quantite,
    l.prix_unitaire_ht,
    l.remise_ht,
    l.montant_ht,
    l.categorie_tva,
  ])
  assert.deepEqual(lines, [
    ['1', '21.2417', '1.67', '19.57', 'S'],
    ['1', '4.0900', '0.00', '4.09', 'S'],
    ['2', '18.9573', '0.00', '37.91', 'S'],
    ['1', '-2.8436', '0.00', '-2.84', 'S'],
  ])
  const { particulier, adresse } = body.client as Json
  assert.deepEqual(
    [particulier, adresse, body.mentions, (body.reglements as Json[])[0]?.montant],
    [true, ADDRESS, [], '60.39'],
  )
  const listed = await call('GET', `/factures?site=boutique-bio&agence=LYON&etat=a_regler&depuis=2026-11-24`)
  assert.ok((listed.body.elements as Json[]).some((one) => one.numero === body.numero))
})

test('a back order: two deliveries, two invoices, which share the total and the payments', async () => {
  const numero = await created(TWO_RATES)
  await call('POST', `/commandes/${numero}/reglements`, { body: payment('65.39', 'ch') })
  await shipped(numero, { backOrder: true })
  assert.equal(codial.order(numero).statut, 'En préparation')
  const one = codial.invoice(numero)
  await shipped(numero)
  assert.equal(codial.order(numero).statut, 'Expédiée')
  const two = codial.invoice(numero)
  assert.equal(codial.order(numero).statut, 'Facturée')
  const bodies = codial.invoices().filter((invoice) => [one, two].includes(invoice.numero))
  assert.deepEqual(
    bodies.map((b) => [b.total_ttc, b.reglements[0]?.montant, b.reste_du]),
    [
      ['25.39', '25.39', '0.00'],
      ['40.00', '40.00', '0.00'],
    ],
  )
})

test('invoices issued for the connector: grouped where client and parties agree, the rest refused alone', async () => {
  const [same, alike, other] = [
    await created(),
    await created(),
    await created({ facturation: { ...ADDRESS, ville: 'Bron' } }),
  ]
  const notes = [await shipped(same), await shipped(alike), await shipped(other)]
  const [key, body] = [
    randomUUID(),
    { livraisons: [...notes, 'BL26-999999'], date: '2026-11-30', regrouper: true, operateur: 'paul', agence: 'LILLE' },
  ]
  const first = await call('POST', '/factures/emission', { key, body })
  const issued = first.body.factures as { numero: string; commandes: string[]; total_ttc: string }[]
  assert.deepEqual(
    issued.map(({ commandes, total_ttc }) => [commandes, total_ttc]),
    [
      [[same, alike], '37.40'],
      [[other], '18.70'],
    ],
  )
  assert.deepEqual(
    (first.body.refus as Json[]).map(({ livraison, code }) => [livraison, code]),
    [['BL26-999999', 'inconnu']],
  )
  assert.deepEqual((await call('POST', '/factures/emission', { key, body })).body, first.body)
  const again = await call('POST', '/factures/emission', { body })
  assert.deepEqual(
    [again.body.factures, (again.body.refus as Json[]).map(({ code }) => code)],
    [[], ['etat_interdit', 'etat_interdit', 'etat_interdit', 'inconnu']],
  )
  const numbers = codial
    .invoices()
    .filter(({ type }) => type === 'facture')
    .map(({ numero }) => Number(numero.slice(-6)))
  assert.deepEqual(
    numbers,
    numbers.map((_, i) => i + 1),
  )
  assert.deepEqual(
    codial
      .events()
      .filter(({ type }) => type === 'facture.emise')
      .at(-1)?.operateur,
    'paul',
  )
})

const anyLine = fc.record({
  price: fc.integer({ min: 0, max: 9_999_999 }).map((units) => (units / 1e4).toFixed(4)),
  quantity: fc.integer({ min: 1, max: 400_000 }).map((units) => (units / 100).toFixed(2)),
  discount: fc.integer({ min: 0, max: 100 }),
  rate: fc.constantFrom('20.00', '10.00', '5.50', '2.10', '0.00'),
  isNegative: fc.boolean(),
})

test('whatever the lines, an invoice adds up to the cent', () => {
  const invoiceOf = (drawn: (typeof anyLine extends fc.Arbitrary<infer T> ? T : never)[]) => {
    const lines = drawn.map(({ price, quantity, discount, rate, isNegative }, i) => {
      const sign = isNegative ? '-' : ''
      const full = lineGross({ quantite: quantity, prix_unitaire_ttc: price })
      const remise_ttc = `${sign}${(Number((full * BigInt(discount)) / 100n) / 100).toFixed(2)}`
      const amounts = { quantite: quantity, prix_unitaire_ttc: sign + price, remise_ttc, taux_tva: rate }
      return { rang: i + 1, type: 'article' as const, reference: 'X', designation: 'x', ...amounts }
    })
    const sold = lines.map((line) => ({
      line,
      quantity: unitsOf(line.quantite, 4),
      gross: lineGross(line),
      zeroCategory: 'E',
    }))
    return { total: sumOf(lines.map(lineGross)), invoice: computeAmounts(sold) }
  }
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 8 }), (drawn) => {
      const { total, invoice } = invoiceOf(drawn)
      const cents = (amounts: string[]) => sumOf(amounts.map(centsOf))
      assert.equal(centsOf(invoice.total_ttc), total)
      assert.equal(cents([invoice.total_ht, invoice.total_tva]), total)
      assert.equal(cents(invoice.totaux_par_taux.map(({ base_ht }) => base_ht)), centsOf(invoice.total_ht))
      assert.equal(cents(invoice.lignes.map(({ montant_ht }) => montant_ht)), centsOf(invoice.total_ht))
      for (const { quantite, prix_unitaire_ht, remise_ht, montant_ht } of invoice.lignes) {
        const full = divideRounded(unitsOf(quantite, 4) * unitsOf(prix_unitaire_ht, 4), 1_000_000n)
        assert.equal(full - centsOf(remise_ht), centsOf(montant_ht))
        const [discount, isRefund] = [centsOf(remise_ht), prix_unitaire_ht.startsWith('-')]
        assert.ok(isRefund ? discount <= 0n && discount >= full : discount >= 0n && discount <= full)
      }
    }),
    { numRuns: 2_000 },
  )
})
