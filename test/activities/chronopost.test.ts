import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import { openChronopost } from '../../activities/carriers/chronopost/chronopost.ts'
import { openCarrier } from '../../activities/carriers/index.ts'
import {
  answer,
  failing,
  fault,
  openCounter,
  packed,
  RELAY,
  REQUEST,
  recorded,
  SETUP,
  SWISS,
  to,
  validate,
} from './chronopost-samples.ts'
import { refused, unavailable } from './outcomes.ts'
import type { Reply } from './playing.ts'

const counter = await openCounter()
const { chronopost } = counter
after(counter.close)
beforeEach(counter.forget)

const SELL = 'shippingMultiParcelWithReservationV3'
const SELL_CUSTOMS = 'shippingMultiParcelV5'
const FETCH = 'getReservedSkybillWithTypeAndMode'
const AUTH = 'getReservedSkybillWithTypeAndModeAuth'
const PLACEHOLDER = '%PDF-1.4\n% placeholder label\n%%EOF\n'
const two = recorded('shippingMultiParcelWithReservationV3-response.xml')
const one: Reply = {
  body: String(two.body).replace(
    /<resultParcelValue>(?:(?!<resultParcelValue>).)*XP696982499FR.*?<\/resultParcelValue>/s,
    '',
  ),
}
const label = recorded('getReservedSkybillWithTypeAndMode-response.xml')
const file = (operation: string, bytes: string | Uint8Array): Reply =>
  answer(operation, `<errorCode>0</errorCode><skybill>${Buffer.from(bytes).toString('base64')}</skybill>`)
const operations = (): string[] => counter.heard.map(({ operation }) => operation)
const validated = (): void => {
  for (const { body } of counter.heard) validate(body)
}

test('a purchase is reserved, then its label is fetched', async () => {
  counter.play(one, label)
  const { labels, price } = await chronopost.createLabels(REQUEST)
  assert.equal(price, null)
  assert.equal(labels.length, 1)
  const [bought = assert.fail()] = labels
  assert.equal(Buffer.from(bought.label.bytes).toString(), PLACEHOLDER)
  assert.deepEqual(
    { ...bought, label: { ...bought.label, bytes: null } },
    {
      reference: 'CMD-2026-000123-1',
      trackingNumber: 'XP696982485FR',
      pieceNumber: null,
      trackingUrl: 'https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT=XP696982485FR',
      label: { kind: 'label', mediaType: 'application/pdf', bytes: null },
      papers: [],
    },
  )
  assert.deepEqual(operations(), [SELL, FETCH])
  const [sale, fetched] = counter.heard
  assert.deepEqual(
    [sale?.path, sale?.action, sale?.type],
    ['/shipping-cxf/ShippingServiceWS', '""', 'text/xml; charset=utf-8'],
  )
  assert.match(fetched?.body ?? '', /<reservationNumber>00000000000000000001<\/reservationNumber><mode>THE<\/mode>/)
  validated()
})

test('two parcels are bought in one call, and each gets its own page', async () => {
  const pages = await PDFDocument.create()
  pages.addPage([283, 425])
  pages.addPage([300, 425])
  counter.play(two, file(FETCH, await pages.save()))
  const { labels } = await chronopost.createLabels(RELAY)
  assert.deepEqual(
    labels.map(({ reference, trackingNumber }) => [reference, trackingNumber]),
    [
      ['CMD-2026-000123-1', 'XP696982485FR'],
      ['CMD-2026-000123-2', 'XP696982499FR'],
    ],
  )
  const widths = labels.map(async ({ label: { bytes } }) =>
    (await PDFDocument.load(bytes)).getPages().map((page) => page.getWidth()),
  )
  assert.deepEqual(await Promise.all(widths), [[283], [300]])
})

test('pages that do not say whose they are go whole to each parcel; nothing bought is lost', async () => {
  counter.play(two, label)
  const { labels } = await chronopost.createLabels(RELAY)
  assert.deepEqual(
    labels.map((each) => Buffer.from(each.label.bytes).toString()),
    [PLACEHOLDER, PLACEHOLDER],
  )
})

test('parcels with reservations of their own are fetched one by one', async () => {
  let rank = 0
  const own = String(two.body).replace(/(?<=<resultParcelValue>.*?)0{19}1/gs, () => `R${++rank}`)
  counter.playBy(({ operation, body }) =>
    operation === SELL ? { body: own } : file(FETCH, `%PDF ${/R\d/.exec(body)?.[0]}`),
  )
  const { labels } = await chronopost.createLabels(RELAY)
  assert.deepEqual(
    labels.map((each) => Buffer.from(each.label.bytes).toString()),
    ['%PDF R1', '%PDF R2'],
  )
})

test('a printer that speaks ZPL gets ZPL, one label a parcel; another gets nothing', async () => {
  const zebra = await openCounter({ format: 'zpl-203' })
  zebra.play(two, file(FETCH, '~DGR:L,1,1,FF\n^XA^FD1/2^FS^XZ\n^XA^FD2/2é^FS^XZ\n'))
  const { labels } = await zebra.chronopost.createLabels(RELAY)
  assert.deepEqual(
    labels.map((each) => [each.label.mediaType, Buffer.from(each.label.bytes).toString()]),
    [
      ['application/zpl', '~DGR:L,1,1,FF\n^XA^FD1/2^FS^XZ'],
      ['application/zpl', '^XA^FD2/2é^FS^XZ'],
    ],
  )
  assert.match(zebra.heard[1]?.body ?? '', /<mode>Z2D<\/mode>/)
  await zebra.close()
  const datamax = await openCounter({ format: 'dpl-203' })
  await assert.rejects(datamax.chronopost.createLabels(REQUEST), refused('not-offered', /dpl-203/))
  assert.equal(datamax.heard.length, 0)
  await datamax.close()
})

test('where customs have a say the label comes with the sale', async () => {
  counter.play(recorded('shippingMultiParcelV5-response.xml'))
  const { labels } = await chronopost.createLabels(SWISS)
  assert.deepEqual(
    labels.map(({ trackingNumber }) => trackingNumber),
    ['XP696982485FR'],
  )
  assert.equal(Buffer.from(labels[0]?.label.bytes ?? '').toString(), PLACEHOLDER)
  assert.deepEqual(operations(), [SELL_CUSTOMS])
  validated()
})

const without = (reply: Reply, pattern: RegExp, by = ''): Reply => ({ body: String(reply.body).replace(pattern, by) })
const html: Reply = { type: 'text/html', body: '<!DOCTYPE html><html><body>Maintenance</body></html>' }
const half = (reply: Reply): Reply => ({ body: String(reply.body).slice(0, String(reply.body).length / 2) })

test('a sale whose outcome is not known is in doubt', async () => {
  const unknown: Reply[] = [
    { ...one, cut: true },
    { body: '', cut: true },
    { status: 500, body: '' },
    { status: 502, ...html },
    html,
    { ...html, status: 404 },
    { status: 302, body: '' },
    { body: '' },
    half(one),
    half(two),
    { body: `<!DOCTYPE x [<!ENTITY e "0">]>${one.body}` },
    fault('Server'),
    fault('Server', 'java.lang.NullPointerException'),
    fault(''),
    { ...fault('Server'), status: 200 },
    failing(SELL, 1, 'System Error'),
    failing(SELL, 77, 'Erreur système, réessayez'),
    answer(SELL, ''),
    answer(SELL, '<errorMessage/>'),
    answer(SELL, '<errorCode/><reservationNumber>1</reservationNumber>'),
    answer(SELL, '<errorCode>0</errorCode>'),
    answer('shippingV6', '<errorCode>0</errorCode>'),
    without(one, /<skybillNumber>.*?<\/skybillNumber>/),
    two,
  ]
  for (const reply of unknown) {
    counter.play(reply, label)
    const said = `${reply.status} ${String(reply.body).slice(0, 300)}`
    await assert.rejects(chronopost.createLabels(REQUEST), unavailable(false), said)
  }
  counter.play(one, label)
  await assert.rejects(chronopost.createLabels(RELAY), unavailable(false, /XP696982485FR/), 'one of two')
})

test('a sale with customs that gives no bytes is in doubt and names the parcel', async () => {
  for (const pattern of [/<pdfEtiquette>.*<\/pdfEtiquette>/, /(?<=<pdfEtiquette>).*(?=<\/pdfEtiquette>)/]) {
    counter.play(without(recorded('shippingMultiParcelV5-response.xml'), pattern))
    await assert.rejects(chronopost.createLabels(SWISS), unavailable(false, /sold XP696982485FR without labels/))
  }
})

test('reserved labels that do not come are asked for again, and never look as if nothing was sold', async () => {
  counter.play(one, failing(FETCH, 9, 'Not ready'), { status: 503, body: '' }, label)
  assert.equal((await chronopost.createLabels(REQUEST)).labels[0]?.trackingNumber, 'XP696982485FR')
  assert.deepEqual(operations(), [SELL, FETCH, FETCH, FETCH])
  const never: Reply[] = [
    failing(FETCH, 2, 'Paramètre invalide'),
    failing(FETCH, 3, 'Wrong password'),
    fault('Client'),
    { status: 429, body: '' },
    { status: 403, body: '' },
    answer(FETCH, '<errorCode>0</errorCode><skybill/>'),
    file(FETCH, 'no label'),
    { ...label, cut: true },
  ]
  const doubt = unavailable(false, /sold XP696982485FR without labels/)
  const tries = never.map(async (reply) => {
    const own = await openCounter()
    own.playBy(({ operation }) => (operation === SELL ? one : reply))
    await assert.rejects(own.chronopost.createLabels(REQUEST), doubt, String(reply.body))
    assert.deepEqual(
      own.heard.map(({ operation }) => operation),
      [SELL, FETCH, FETCH, FETCH],
      'sold once',
    )
    await own.close()
  })
  await Promise.all(tries)
})

test('what proves that nothing was sold says so', async () => {
  const gone = await openCounter()
  await gone.close()
  await assert.rejects(gone.chronopost.createLabels(REQUEST), unavailable(true))
  counter.play({ status: 429, body: '' })
  await assert.rejects(chronopost.createLabels(REQUEST), unavailable(true))
})

test('functional errors and faults that blame us are refused, with their code and without personal data', async () => {
  const cases: [Reply, string, RegExp][] = [
    [recorded('shippingMultiParcelV5-error-response.xml'), 'login-refused', /33 Invalid accesColis account number/],
    [failing(SELL_CUSTOMS, 3, 'Wrong password'), 'login-refused', /3 Wrong password/],
    [failing(SELL_CUSTOMS, 2, 'Missing parameter'), 'refused', /2 Missing parameter/],
    [failing(SELL_CUSTOMS, 2, 'recipientZipCode invalid'), 'address-refused', /2 recipientZipCode/],
    [
      failing(SELL_CUSTOMS, 29, 'Produit &amp; service incompatibles &#233;'),
      'refused',
      /29 Produit & service incompatibles é/,
    ],
    [failing(SELL_CUSTOMS, 99999), 'refused', /99999/],
    [failing(SELL_CUSTOMS, 40, 'lucie@example.com 0600000000 12345678 000000'), 'refused', /: 40 … … … …$/],
    [recorded('soap-fault.xml'), 'refused', /message refusé : Unmarshalling Error: unexpected element/],
    [{ ...recorded('soap-fault.xml'), status: 500 }, 'refused', /recipentValue/],
    [{ status: 403, ...html }, 'login-refused', /HTTP 403/],
    [{ status: 401, body: '' }, 'login-refused', /HTTP 401/],
  ]
  for (const [reply, code, says] of cases) {
    counter.play(reply)
    await assert.rejects(chronopost.createLabels(SWISS), refused(code, says), `${code} ${says}`)
  }
  assert.equal(counter.heard.length, cases.length, 'nothing is repeated')
})

test('a reply in Latin 1 is read as its own header says', async () => {
  const written = `<?xml version="1.0" encoding="ISO-8859-1"?>${failing(SELL, 29, 'Refusé').body}`
  for (const type of ['text/xml', 'text/xml; charset=utf-8', 'text/xml; charset=ISO-8859-1']) {
    counter.play({ type, body: Buffer.from(written, 'latin1') })
    await assert.rejects(chronopost.createLabels(REQUEST), refused('refused', /29 Refusé/), type)
  }
})

test('a label is given up; a repeat is harmless, a fresh one is asked again, a taken one stays', async () => {
  const VOID = 'cancelSkybill'
  counter.play(
    recorded('cancelSkybill-response.xml'),
    failing(VOID, 1, 'Already cancelled'),
    failing(VOID, 2, 'Colis déjà annulé'),
  )
  for (const _ of [1, 2, 3]) await chronopost.voidLabel('XP696982485FR')
  validated()
  assert.equal(counter.heard[0]?.path, '/tracking-cxf/TrackingServiceWS')
  const cases: [Reply, (error: unknown) => boolean][] = [
    [recorded('cancelSkybill-error-response.xml'), unavailable(true, /not known yet, 2/)],
    [failing(VOID, 3, 'Parcel taken'), refused('label-taken', /3 Parcel taken/)],
    [failing(VOID, 1, 'System Error'), unavailable(true)],
    [failing(VOID, 1, ''), unavailable(true)],
    [failing(VOID, 1, 'Contrat résilié'), refused('refused', /1 Contrat/)],
    [failing(VOID, 33, 'Unknown account'), refused('login-refused')],
    [fault('Client'), refused('refused')],
    [fault('Server'), unavailable(true)],
    [{ status: 429, body: '' }, unavailable(true)],
    [{ status: 500, body: '' }, unavailable(false)],
    [html, unavailable(false)],
    [half(recorded('cancelSkybill-response.xml')), unavailable(false)],
    [{ ...recorded('cancelSkybill-response.xml'), cut: true }, unavailable(false)],
  ]
  for (const [reply, expected] of cases) {
    counter.play(reply)
    await assert.rejects(chronopost.voidLabel('XP696982485FR'), expected, String(reply.body))
  }
})

test('the dry run refuses what the account cannot have there, and tells what it can', async () => {
  counter.play(recorded('calculateProducts-response.xml'))
  await chronopost.checkLabels(REQUEST)
  assert.deepEqual(operations(), ['calculateProducts'])
  assert.match(counter.heard[0]?.body ?? '', /<depZipCode>83500<.*<arrZipCode>06500<.*<arrCity>MENTON<.*<weight>2.35</)
  validated()
  counter.play(recorded('calculateProducts-response.xml'))
  await assert.rejects(
    chronopost.checkLabels({ ...REQUEST, service: '02' }),
    refused('not-offered', /produit 02 .* : ce trajet se fait en 01, 86/),
  )
  for (const reply of [
    { status: 500, body: '' },
    html,
    failing('calculateProducts', 1),
    failing('calculateProducts', 0),
  ]) {
    counter.play(reply)
    await chronopost.checkLabels(REQUEST)
  }
  counter.play(failing('calculateProducts', 3, 'Wrong password'))
  await assert.rejects(chronopost.checkLabels(REQUEST), refused('login-refused'))
  counter.forget()
  await chronopost.checkLabels({ ...REQUEST, direction: 'return' })
  await assert.rejects(chronopost.checkLabels(to({ city: '' })), refused('address-refused'))
  await assert.rejects(chronopost.checkLabels(packed({ weight: 40_000 })), refused('refused', /poids/))
  assert.equal(counter.heard.length, 0, 'our own rules need nobody')
})

test('offers are priced, for all parcels together', async () => {
  counter.playBy(() => recorded('calculateProducts-response.xml'))
  assert.deepEqual(await chronopost.offersFor(REQUEST), [
    { service: '01', name: 'Chrono 13', price: 2400, deliveredOn: null },
    { service: '86', name: 'Chrono Relais', price: 1440, deliveredOn: null },
  ])
  assert.deepEqual(
    (await chronopost.offersFor(RELAY)).map(({ service, price }) => [service, price]),
    [
      ['01', 4800],
      ['86', 2880],
    ],
  )
  const product = (code: string, amount: string): string =>
    `<productList><amount>0</amount><amountTTC>${amount}</amountTTC><amountTVA>0</amountTVA><productCode>${code}</productCode></productList>`
  counter.play(
    answer('calculateProducts', `<errorCode>0</errorCode>${product('2', '0.0')}${product('XX', '14.400001')}`),
  )
  assert.deepEqual(
    (await chronopost.offersFor(REQUEST)).map(({ service, name, price }) => [service, name, price]),
    [
      ['02', 'Chrono 10', null],
      ['XX', 'XX', 1440],
    ],
  )
  counter.playBy(() => failing('calculateProducts', 2, 'Invalid parameter'))
  await assert.rejects(chronopost.offersFor(REQUEST), refused('refused', /2 Invalid/))
})

test('it says what it can do, and refuses the rest', async () => {
  assert.deepEqual(chronopost.abilities, {
    parcelsPerPurchase: 10,
    trackingBatch: 20,
    manifestBatch: null,
    voids: true,
    findsWithin: 900_000,
    sharesNumber: false,
    reprints: false,
    findsPickupPoints: true,
    returns: true,
    insures: true,
    fetches: false,
    formats: ['pdf-10x15', 'pdf-a4', 'zpl-203', 'zpl-300'],
  })
  await assert.rejects(chronopost.makeManifest(['XP696982485FR']), refused('not-offered'))
  await assert.rejects(
    chronopost.requestPickup({ day: '2026-03-16', from: '14:00', until: '18:00', parcels: 1, weight: 1000 }),
    refused('not-offered'),
  )
  assert.deepEqual(openCarrier(SETUP).abilities, openChronopost(SETUP).abilities)
})

test('what a purchase bought is found by the reference of each parcel', async () => {
  const parcel = (number: string): string => `<listParcel><skybillNumber>${number}</skybillNumber></listParcel>`
  const known: Record<string, string> = { 'CMD-2026-000123-1': 'XP696982485FR', 'CMD-2026-000123-2': 'XP696982499FR' }
  counter.playBy(({ operation, body }) => {
    const reference = /(?<=<sendersRef>)[^<]*/.exec(body)?.[0] ?? ''
    if (operation === 'trackWithSenderRef')
      return answer(operation, `<errorCode>0</errorCode>${parcel(known[reference] ?? '')}`)
    return file(operation, `%PDF ${/(?<=<numberSearch>)[^<]*/.exec(body)?.[0]}`)
  })
  const found = await chronopost.findLabels(RELAY)
  assert.ok(typeof found === 'object')
  assert.equal(found.trackingNumber, 'XP696982485FR')
  assert.deepEqual(
    found.purchase?.labels.map((each) => [
      each.reference,
      each.trackingNumber,
      Buffer.from(each.label.bytes).toString(),
    ]),
    [
      ['CMD-2026-000123-1', 'XP696982485FR', '%PDF XP696982485FR'],
      ['CMD-2026-000123-2', 'XP696982499FR', '%PDF XP696982499FR'],
    ],
  )
  validated()
  assert.deepEqual(
    (await chronopost.fetchLabels({ trackingNumber: 'XP696982499FR', request: RELAY }))?.labels.length,
    2,
  )
  assert.equal(await chronopost.fetchLabels({ trackingNumber: 'XP000000000FR', request: RELAY }), null)
})

test('a parcel that its reference alone does not show is searched by day; then it is absent, or its bytes are lost', async () => {
  const REF = 'trackWithSenderRef'
  counter.play(
    answer(REF, '<errorCode>0</errorCode>'),
    recorded('trackSearch-response.xml'),
    failing(AUTH, 2, 'Unknown'),
  )
  assert.deepEqual(await chronopost.findLabels(REQUEST), { trackingNumber: 'XP696982485FR', purchase: null })
  assert.match(counter.heard[1]?.body ?? '', /<dateDeposit>09\/03\/2026<\/dateDeposit><dateEndDeposit>23\/03\/2026</)
  validated()
  counter.play(failing(REF, 2, 'parcel information not found'), recorded('trackSearch-response.xml'))
  assert.equal(
    await chronopost.findLabels({ ...REQUEST, parcels: packed({ reference: 'CMD-2026-000123' }).parcels }),
    'absent',
  )
  counter.play(answer(REF, '<errorCode>0</errorCode>'), answer('trackSearch', '<errorCode>0</errorCode>'))
  assert.equal(await chronopost.findLabels(REQUEST), 'absent')
})

test('a half shown purchase is waited for, a double one is for a person', async () => {
  const REF = 'trackWithSenderRef'
  const parcel = (number: string): string => `<listParcel><skybillNumber>${number}</skybillNumber></listParcel>`
  counter.playBy(({ operation, body }) =>
    answer(operation, `<errorCode>0</errorCode>${operation === REF && body.includes('123-1<') ? parcel('XP1') : ''}`),
  )
  await assert.rejects(chronopost.findLabels(RELAY), unavailable(false, /1 of 2 parcels found so far: XP1/))
  const info = (number: string): string =>
    `<listInfosPOD><shipperRef>CMD-2026-000123-1</shipperRef><skybillNumber>${number}</skybillNumber></listInfosPOD>`
  counter.play(
    answer(REF, `<errorCode>0</errorCode>${parcel('XP1')}${parcel('XP2')}`),
    answer('trackSearch', `<errorCode>0</errorCode>${info('XP1')}${info('XP2')}`),
  )
  await assert.rejects(chronopost.findLabels(REQUEST), refused('in-doubt', /XP1, XP2/))
})

test('a look-up that fails never says that nothing was bought', async () => {
  const REF = 'trackWithSenderRef'
  const cases: [Reply, (error: unknown) => boolean][] = [
    [failing(REF, 1, 'System Error'), unavailable(true)],
    [failing(REF, 3, 'Wrong password'), refused('login-refused')],
    [failing(REF, 33, 'account not found'), refused('login-refused')],
    [failing(REF, 2, 'Invalid parameter'), refused('refused')],
    [fault('Server'), unavailable(true)],
    [fault('Client'), refused('refused')],
    [{ status: 429, body: '' }, unavailable(true)],
    [{ status: 500, body: '' }, unavailable(false)],
    [html, unavailable(false)],
    [half(recorded('trackSearch-response.xml')), unavailable(false)],
    [{ body: '', cut: true }, unavailable(false)],
  ]
  for (const [reply, expected] of cases) {
    counter.play(reply)
    await assert.rejects(chronopost.findLabels(REQUEST), expected, String(reply.body))
  }
  counter.play(failing(AUTH, 3, 'Wrong password'))
  const asked = { trackingNumber: 'XP696982485FR', request: REQUEST }
  await assert.rejects(chronopost.fetchLabels(asked), refused('login-refused'))
  counter.play({ status: 503, body: '' })
  await assert.rejects(chronopost.fetchLabels(asked), unavailable(false))
  counter.play(fault('Client'))
  assert.equal(await chronopost.fetchLabels(asked), null)
  counter.play(answer(AUTH, '<errorCode>0</errorCode>'))
  assert.equal(await chronopost.fetchLabels(asked), null)
})
