import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { type Call, CLIENT, CODE, type Json, NOW, openDesk, order, payment, SHIPPING, SOAP } from './codial-desk.ts'

const { codial, call, created } = await openDesk()
after(() => codial.close())

test("the contract's order is accepted, once for ever", async () => {
  const body = order()
  const first = await call('POST', '/commandes', { body })
  assert.equal(first.status, 201)
  assert.match(String(first.body.numero), /^CC26-\d{6}$/)
  assert.equal(first.body.statut, 'Enregistrée')
  assert.equal(first.headers.get('Content-Type'), 'application/json; charset=utf-8')
  const again = await call('POST', '/commandes', { body: { ...body, message_client: 'autre' } })
  assert.deepEqual([again.status, again.body], [200, first.body])
  assert.equal(codial.counters().commande?.[`boutique-bio:${body.reference_web}`], 1)
  const found = await call('GET', `/commandes?site=boutique-bio&reference_web=${body.reference_web}`)
  const [element] = found.body.elements as Json[]
  assert.deepEqual(
    [element?.numero, element?.reglements, element?.reste_du, found.body.termine],
    [first.body.numero, [], '18.70', true],
  )
  const absent = await call('GET', '/commandes?site=boutique-bio&reference_web=none')
  assert.deepEqual([absent.body.elements, absent.body.termine], [[], true])
})

test('the same key gives the first answer; with another body it is refused; a refusal does not use it up', async () => {
  const [key, body] = [randomUUID(), order()]
  const wrong = await call('POST', '/commandes', { key, body: { ...body, total_ttc: '18.71' } })
  assert.equal(wrong.body.code, 'total_incoherent')
  const first = await call('POST', '/commandes', { key, body })
  const again = await call('POST', '/commandes', { key, body })
  assert.deepEqual([first.status, again.status, again.body], [201, 200, first.body])
  const other = await call('POST', '/commandes', { key, body: { ...body, message_client: 'autre' } })
  assert.deepEqual([other.status, other.body.code], [409, 'cle_reutilisee'])
  for (const bad of [null, 'x'.repeat(201)]) {
    const { status, body: problem } = await call('POST', '/commandes', { key: bad, body })
    assert.deepEqual([status, problem.code], [422, 'champ_invalide'])
  }
})

const line = (changes: Json): Json => ({ lignes: [{ ...SOAP, ...changes }, SHIPPING, CODE] })
const REFUSALS: [string, Json, string, string][] = [
  ['an unknown key', { surprise: 1 }, 'champ_invalide', '/surprise'],
  ['a number for a decimal', { total_ttc: 18.7 }, 'champ_invalide', '/total_ttc'],
  ['a total with one decimal', { total_ttc: '18.7' }, 'champ_invalide', '/total_ttc'],
  ['a comma', line({ prix_unitaire_ttc: '7,90' }), 'champ_invalide', '/lignes/0/prix_unitaire_ttc'],
  ['five decimals', line({ prix_unitaire_ttc: '7.90001' }), 'champ_invalide', '/lignes/0/prix_unitaire_ttc'],
  ['no quantity', line({ quantite: '0' }), 'champ_invalide', '/lignes/0/quantite'],
  ['a rate without decimals', line({ taux_tva: '20' }), 'champ_invalide', '/lignes/0/taux_tva'],
  ['a moment without zone', { date: '2026-11-24T09:12:03' }, 'champ_invalide', '/date'],
  ['a currency that is none', { devise: 'EUX' }, 'champ_invalide', '/devise'],
  ['a SIREN with a wrong key', { client: { ...CLIENT, siren: '842517394' } }, 'champ_invalide', '/client/siren'],
  ['an unknown branch', { agence: 'PARIS' }, 'champ_invalide', '/agence'],
  ['an unknown carrier', { transporteur: 'UPS' }, 'champ_invalide', '/transporteur'],
  ['an unknown service', { service: 'XYZ' }, 'champ_invalide', '/service'],
  ['a line of the wrong type', line({ type: 'prestation' }), 'champ_invalide', '/lignes/0/type'],
  ['a rank twice', line({ rang: 2 }), 'champ_invalide', '/lignes/1/rang'],
  ['an unknown article', line({ reference: 'ABC' }), 'article_inconnu', '/lignes/0/reference'],
  ['an unknown rate', line({ taux_tva: '19.60' }), 'tva_inconnue', '/lignes/0/taux_tva'],
  [
    'an unknown payment mode',
    { reglements_annonces: [{ mode: 'ALMA', montant: '18.70', reference_transaction: 'a', date: NOW.toISOString() }] },
    'mode_reglement_inconnu',
    '/reglements_annonces/0/mode',
  ],
  ['lines that make another total', { total_ttc: '18.71', total_ht: '15.59' }, 'total_incoherent', '/total_ttc'],
  ['net and VAT that make another total', { total_ht: '15.59' }, 'total_incoherent', '/total_ht'],
  ['VAT more than a cent a line away', { total_ht: '15.54', total_tva: '3.16' }, 'total_incoherent', '/total_tva'],
]
for (const [what, changes, code, champ] of REFUSALS) {
  test(`${what} is refused as ${code}`, async () => {
    const { status, headers, body } = await call('POST', '/commandes', { body: order(changes) })
    assert.deepEqual([status, body.status, body.code, body.champ], [422, 422, code, champ])
    assert.match(headers.get('Content-Type') ?? '', /^application\/problem\+json/)
  })
}

test('a wrong token, an unknown document, a forbidden state, too big a body, and faults on demand', async () => {
  const numero = await created()
  const refused = async (...parameters: [string, string, Call?]) => {
    const { status, body } = await call(...parameters)
    return [status, body.code]
  }
  assert.deepEqual(await refused('GET', '/agences', { token: 'autre' }), [401, 'jeton_refuse'])
  for (const path of ['/commandes/CC26-999999', '/commandes/__proto__', '/livraisons/x', '/factures/x', '/rien']) {
    assert.deepEqual(await refused('GET', path), [404, 'inconnu'])
  }
  assert.deepEqual(await refused('GET', '/articles?limite=501'), [422, 'champ_invalide'])
  assert.deepEqual(await refused('GET', '/articles?curseur=x'), [422, 'champ_invalide'])
  assert.deepEqual(
    await refused('POST', '/commandes', { body: order({ message_client: 'x'.repeat(5 * 1024 * 1024) }) }),
    [413, 'champ_invalide'],
  )
  codial.prepare(numero)
  const note = codial.makeDeliveryNote(numero)
  assert.deepEqual(await refused('POST', `/livraisons/${note}/expedition`, { body: {} }), [409, 'etat_interdit'])
  assert.throws(() => codial.invoice(numero), { code: 'etat_interdit' })
  for (const [status, code] of [
    [403, 'interdit'],
    [503, 'indisponible'],
  ] as const) {
    codial.faults.add({
      match: 'GET /v1/agences',
      status,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code }),
    })
    assert.deepEqual(await refused('GET', '/agences'), [status, code])
  }
})

test('more requests than the pace allows are told to come back', async () => {
  const slow = await openDesk({ requestsPerSecond: 2 })
  const answers = await Promise.all(Array.from({ length: 8 }, () => slow.call('GET', '/agences')))
  await slow.codial.close()
  const limited = answers.filter(({ status }) => status === 429)
  assert.ok(limited.length > 0 && limited.length < 8)
  assert.deepEqual([limited[0]?.body.code, limited[0]?.headers.get('Retry-After')], ['debit_limite', '1'])
})

test('payments: recorded once per transaction, and the rest is computed', async () => {
  const numero = await created()
  const pay = async (montant: string, transaction: string) =>
    (await call('POST', `/commandes/${numero}/reglements`, { body: payment(montant, transaction) })).body
  assert.deepEqual(await pay('8.70', 'a'), { statut: 'partiel', reste_du: '10.00' })
  assert.deepEqual(await pay('8.70', 'a'), { statut: 'partiel', reste_du: '10.00' })
  assert.deepEqual(await pay('10.00', 'b'), { statut: 'pointe', reste_du: '0.00' })
  assert.deepEqual(await pay('5.00', 'c'), { statut: 'trop_percu', reste_du: '-5.00' })
  assert.equal(codial.counters().reglement?.[`${numero}:a`], 1)
  const { body } = await call('POST', `/commandes/${numero}/reglements`, {
    body: { ...payment('1.00', 'd'), mode: 'ALMA' },
  })
  assert.deepEqual([body.code, body.champ], ['mode_reglement_inconnu', '/mode'])
})

test('the change feed: from a cursor again gives the same, and goes on from there', async () => {
  await created()
  const first = await call('GET', '/evenements?limite=1')
  assert.equal(first.body.termine, false)
  const next = `/evenements?limite=500&curseur=${first.body.curseur_suivant}`
  const rest = await call('GET', next)
  assert.equal(rest.body.termine, true)
  assert.deepEqual((await call('GET', next)).body, rest.body)
  const ids = (rest.body.elements as Json[]).map(({ id }) => String(id))
  assert.deepEqual(ids, [...new Set(ids)].sort())
  assert.equal(ids.length, codial.events().length - 1)
  const numero = await created()
  const later = await call('GET', `/evenements?curseur=${rest.body.curseur_suivant}`)
  assert.deepEqual(
    (later.body.elements as Json[]).map((e) => [e.type, e.numero, e.site, e.precedent]),
    [['commande.statut', numero, 'boutique-bio', null]],
  )
})
