import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { invoiceLetter } from '../../activities/mail/letters/invoice.ts'
import type { SiteIdentity } from '../../activities/mail/letters/layout.ts'
import { registeredLetter } from '../../activities/mail/letters/registered.ts'
import { shippedLetter } from '../../activities/mail/letters/shipped.ts'
import { dayInFull } from '../../activities/mail/letters/words.ts'
import type { Letter } from '../../activities/mail/mailer.ts'
import type { Address } from '../../domain/address.ts'
import type { WebOrder } from '../../domain/order.ts'

const SITE: SiteIdentity = {
  name: 'Boutique Bio',
  url: 'https://boutique-bio.example',
  seller: { name: 'Comptoir des Pins', address: '12 rue des Pins, 69003 Lyon', siren: '732829320' },
  contactEmail: 'contact@boutique-bio.example',
  contactPhone: '04 72 00 00 00',
  privacyUrl: 'https://boutique-bio.example/confidentialite',
  termsUrl: 'https://boutique-bio.example/cgv',
  withdrawalUrl: 'https://boutique-bio.example/retractation',
}
const HOME: Address = {
  company: null,
  lastName: 'Martin',
  firstName: 'Lucie',
  lines: ['72 rue Reine Élisabeth', 'Bâtiment B'],
  postalCode: '06500',
  city: 'Menton',
  country: 'FR',
  phone: '0600000000',
}
const ITEM = { kind: 'item' as const, vatRate: '5.50', discount: 0, discountVat: 0 }
const ORDER: WebOrder = {
  site: 'boutique-bio',
  webId: '1042',
  number: '1042',
  webStatus: 'processing',
  currency: 'EUR',
  placedAt: '2026-11-24T22:30:00Z',
  modifiedAt: '2026-11-24T22:30:00Z',
  customer: {
    webCode: '7',
    company: null,
    lastName: 'Martin',
    firstName: 'Lucie',
    email: 'lucie@example.com',
    phone: null,
    siren: null,
    vatNumber: null,
  },
  billing: HOME,
  shipping: HOME,
  pickupPoint: null,
  lines: [
    {
      ...ITEM,
      code: 'TIS-01',
      name: 'Tisane des pins, sachet de 100 g',
      quantity: 2,
      gross: 123980,
      vat: 6463,
      discount: 400,
      discountVat: 21,
    },
    { ...ITEM, code: 'MIEL-02', name: 'Miel d’acacia & noisettes', quantity: 1, gross: 1250, vat: 65 },
    {
      ...ITEM,
      kind: 'shipping',
      code: 'colissimo',
      name: 'Colissimo à domicile',
      quantity: 1,
      gross: 690,
      vat: 115,
      vatRate: '20.00',
    },
  ],
  coupons: ['BIENVENUE'],
  shippingMethod: { code: 'colissimo', name: 'Colissimo à domicile' },
  paymentMethod: { code: 'stripe', name: 'Carte bancaire' },
  payments: [],
  refunds: [],
  total: 125520,
  weight: null,
  note: '',
}
const PARCEL = {
  rank: 1,
  count: 1,
  carrier: 'COLISSIMO',
  trackingNumber: '6A15984040331',
  trackingUrl: 'https://www.laposte.fr/outils/suivre-vos-envois?code=6A15984040331',
}
const SECOND = {
  ...PARCEL,
  rank: 2,
  count: 2,
  trackingNumber: '6A15984040348',
  trackingUrl: PARCEL.trackingUrl.replace('331', '348'),
}
const RELAY = { id: '957280', network: 'A2P', name: 'Relais Exemple, 10 avenue de Verdun' }

const LETTERS: Record<string, Letter> = {
  registered: registeredLetter({ order: ORDER, site: SITE, expectedShippingOn: '2026-11-26' }),
  shipped: shippedLetter({ order: ORDER, site: SITE, parcels: [PARCEL], toPickupPoint: false }),
  'shipped-two-parcels': shippedLetter({
    order: { ...ORDER, pickupPoint: RELAY },
    site: SITE,
    parcels: [{ ...PARCEL, count: 2 }, SECOND],
    contents: [{ name: 'Tisane des pins, sachet de 100 g', quantity: 2 }],
    expectedDeliveryOn: '2026-11-27',
  }),
  invoice: invoiceLetter({
    order: ORDER,
    site: SITE,
    invoice: { number: 'FA26-000123', kind: 'invoice', issuedOn: '2026-12-01', gross: 125520 },
  }),
  'credit-note': invoiceLetter({
    order: ORDER,
    site: SITE,
    invoice: { number: 'AV26-000007', kind: 'credit-note', issuedOn: '2026-12-08', gross: 1250 },
  }),
}

/** The expected letters were read by a person; `WRITE_LETTERS=1` writes them anew, to be read again. */
function golden(name: string, actual: string): void {
  const file = new URL(`../fixtures/letters/${name}`, import.meta.url)
  if (process.env.WRITE_LETTERS) writeFileSync(file, actual)
  assert.equal(actual, readFileSync(file, 'utf8'), name)
}

for (const [name, letter] of Object.entries(LETTERS)) {
  test(`the letter "${name}" is the one that was read`, () => {
    golden(`${name}.txt`, `${letter.subject}\n\n${letter.text}`)
    golden(`${name}.html`, letter.html)
  })

  test(`the letter "${name}" keeps the rules of writing`, () => {
    const { subject, text, html } = letter
    assert.ok(subject.length < 60 && subject.includes('1042'), subject)
    assert.ok(!`${subject}${text}`.includes('!'), 'no exclamation mark')
    assert.ok(Buffer.byteLength(html) < 100_000)
    assert.match(html, /<html lang="fr">/)
    assert.match(html, /name="color-scheme" content="light dark"/)
    assert.match(html, /prefers-color-scheme:dark/)
    assert.doesNotMatch(html, /<img|<script|<link|@import|url\(/i, 'nothing to fetch')
    for (const table of html.match(/<table[^>]*>/g) ?? []) assert.match(table, /role="presentation"/)
    for (const [, target] of html.matchAll(/href="([^"]*)"/g)) assert.match(target ?? '', /^https:\/\//)
  })

  test(`the letter "${name}" says the same in text and in HTML`, () => {
    const words = (html: string): string =>
      html.replace(/<(style|title)>.*?<\/\1>|<[^>]*>/gs, ' ').replaceAll('&nbsp;', ' ')
    const inHtml = new Set(unescaped(words(letter.html)).split(/\s+/))
    const links = [...letter.html.matchAll(/href="([^"]*)"/g)].map(([, url]) => unescaped(url ?? ''))
    for (const word of letter.text.split(/\s+/)) {
      const expected = word === '--' || word === ':' || links.includes(word) || inHtml.has(word)
      assert.ok(expected, `"${word}" is only in the text`)
    }
  })
}

function unescaped(html: string): string {
  return html.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '',
  )
}

test('whatever a customer types stays data', () => {
  const evil = `<b onclick="x">L'Élan</b> & "Co" 🎁\r\nBcc: pirate@example.com\u202e`
  const typed: Address = { ...HOME, firstName: evil, company: evil, lines: [evil], city: evil }
  const order: WebOrder = {
    ...ORDER,
    number: '1042\r\nBcc: pirate@example.com',
    customer: { ...ORDER.customer, firstName: evil },
    billing: typed,
    shipping: typed,
    pickupPoint: { id: evil, network: null, name: evil },
    lines: ORDER.lines.map((line) => ({ ...line, name: evil })),
    coupons: [evil],
    shippingMethod: { code: 'x', name: evil },
    paymentMethod: { code: 'x', name: evil },
  }
  const parcel = { ...PARCEL, carrier: evil, trackingNumber: evil, trackingUrl: 'javascript:alert(1)' }
  const letters = [
    registeredLetter({ order, site: SITE }),
    shippedLetter({ order, site: SITE, parcels: [parcel], contents: [{ name: evil, quantity: 1 }] }),
    shippedLetter({
      order,
      site: SITE,
      parcels: [{ ...parcel, trackingUrl: 'https://x.example/?a=1&b="><b>' }],
      toPickupPoint: false,
    }),
    invoiceLetter({ order, site: SITE, invoice: { number: evil, kind: 'invoice', issuedOn: '2026-12-01', gross: 1 } }),
  ]
  for (const { subject, text, html } of letters) {
    assert.ok(subject.length < 60)
    assert.doesNotMatch(subject, /[\p{Cc}\u202e]/u)
    assert.doesNotMatch(text, /\r|\u202e|^Bcc/mu)
    assert.doesNotMatch(html, /<b[ >]|href="javascript|\r|\u202e/u)
    assert.equal(html.match(/<a /g)?.length, html.match(/<\/a>/g)?.length)
  }
  assert.match(letters[0]?.html ?? '', /&lt;b onclick=&quot;x&quot;&gt;L&#39;Élan&lt;\/b&gt; &amp; &quot;Co&quot; 🎁/)
})

test('a company is not told of a consumer’s right, a guest without a name is still greeted', () => {
  const company = registeredLetter({
    order: { ...ORDER, customer: { ...ORDER.customer, company: 'SARL Élan', firstName: '' } },
    site: SITE,
  })
  assert.doesNotMatch(company.text, /rétractation/)
  assert.match(company.text, /^Bonjour, votre commande 1042 du mardi 24 novembre est bien enregistrée\./)
  assert.match(LETTERS.registered?.text ?? '', /droit de rétractation : https:\/\//)
})

test('days are said in full, on the Paris calendar', () => {
  assert.equal(dayInFull('2026-11-24'), 'mardi 24 novembre')
  assert.equal(dayInFull('2026-11-24T23:30:00Z'), 'mercredi 25 novembre')
  assert.equal(dayInFull('2026-03-01'), 'dimanche 1er mars')
})
