import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, beforeEach, describe, it } from 'node:test'
import { openCodialApi } from '../../activities/erp/codial-api/codial-api.ts'
import type { Erp } from '../../activities/erp/erp.ts'
import { admit } from '../../domain/admission.ts'
import { WOOCOMMERCE_RULES } from '../../domain/site.ts'
import { startAnswering } from './answering.ts'
import { cardPayment, webOrder } from './codial-orders.ts'

let bridge: Awaited<ReturnType<typeof startAnswering>>
let erp: Erp

before(async () => {
  bridge = await startAnswering()
  erp = openCodialApi({ url: `${bridge.url}/v1/`, token: 'jeton' })
})
after(() => bridge.close())
beforeEach(() => bridge.seen.splice(0))

/** The example of the contract, section 4. */
const ORDER = {
  site: 'boutique-bio',
  reference_web: '1042',
  date: '2026-11-24T08:12:03Z',
  devise: 'EUR',
  agence: 'LYON',
  mode_calcul: 'TTC',
  client: {
    code_web: '77',
    code: null,
    raison_sociale: null,
    nom: 'Durand',
    prenom: 'Léa',
    email: 'lea@example.org',
    telephone: '+33600000000',
    siren: null,
    tva_intracom: null,
  },
  facturation: { nom: 'Léa Durand', lignes: ['12 rue des Lilas'], code_postal: '69003', ville: 'Lyon', pays: 'FR' },
  livraison: {
    ...{ nom: 'Léa Durand', lignes: ['12 rue des Lilas'], code_postal: '69003', ville: 'Lyon', pays: 'FR' },
    point_relais: { id: '698745', reseau: 'A2P' },
  },
  lignes: [
    {
      ...{ rang: 1, type: 'article', reference: 'SAV-001', designation: "Savon d'Alep", quantite: '2' },
      ...{ prix_unitaire_ttc: '7.9000', remise_ttc: '0.00', taux_tva: '20.00' },
    },
    {
      ...{ rang: 2, type: 'port', reference: 'PORT', designation: 'Colissimo', quantite: '1' },
      ...{ prix_unitaire_ttc: '4.9000', remise_ttc: '0.00', taux_tva: '20.00' },
    },
    {
      ...{ rang: 3, type: 'remise', reference: 'REMISE', designation: 'Code NOEL', quantite: '1' },
      ...{ prix_unitaire_ttc: '-2.0000', remise_ttc: '0.00', taux_tva: '20.00' },
    },
  ],
  reglements_annonces: [{ mode: 'CB', montant: '18.70', reference_transaction: 'ch_3P', date: '2026-11-24T08:12:40Z' }],
  total_ht: '15.58',
  total_tva: '3.12',
  total_ttc: '18.70',
  message_client: 'Merci',
  transporteur: 'COLISSIMO',
  service: 'HD',
}

const createOrder = (key = 'k') => {
  const pickupPoint = { id: '698745', network: 'A2P', name: 'TABAC' }
  const payments = [{ ...cardPayment('ch_3P'), id: 'first', method: 'stripe' }]
  const web = webOrder('1042', { pickupPoint, payments, note: 'Merci' })
  return erp.createOrder({ order: admit(web, WOOCOMMERCE_RULES), web, key })
}

const PARCEL = { deliveryNote: 'BL1', rank: 2, key: 'k' }
const SCAN = {
  trackingNumber: '6A',
  status: 'at-pickup-point',
  label: 'Disponible',
  at: '2026-11-25T20:00:00Z',
} as const
const LABEL = {
  carrier: 'DHL',
  trackingNumber: '6A',
  trackingUrl: 'https://t.test/6A',
  labelledAt: '2026-11-25T09:00:00Z',
}
const NOTE = {
  numero: 'BL1',
  commande: 'CC1',
  transporteur: 'DHL',
  service: 'N',
  point_relais: '9',
  colis: [],
  reliquat: true,
}
const paid = { id: 'x', transactionId: null, amount: 500 }
/** Every call of the port, with an answer that it accepts and what it must send. */
const calls: [string, () => Promise<unknown>, object, unknown][] = [
  ['POST /v1/commandes', () => createOrder(), { numero: 'CC1', statut: 'Enregistrée' }, ORDER],
  [
    'GET /v1/commandes?site=b&reference_web=1+2',
    () => erp.findOrder({ site: 'b', webId: '1 2' }),
    { elements: [] },
    undefined,
  ],
  [
    'GET /v1/commandes/CC%2F1',
    () => erp.readOrder('CC/1'),
    { numero: 'CC/1', statut: 's', site: 'b', reference_web: '1' },
    undefined,
  ],
  [
    'POST /v1/commandes/CC1/annulation',
    () => erp.cancelOrder({ number: 'CC1', reason: 'r', key: 'k' }),
    {},
    { motif: 'r' },
  ],
  [
    'POST /v1/commandes/CC1/reglements',
    () => erp.recordPayment({ number: 'CC1', payment: cardPayment('x', paid), key: 'k' }),
    { statut: 'trop_percu', reste_du: '-5.00' },
    { mode: 'CB', montant: '5.00', reference_transaction: 'x', date: '2026-11-24T08:12:40Z' },
  ],
  ['GET /v1/livraisons/BL1', () => erp.readDeliveryNote('BL1'), NOTE, undefined],
  [
    'POST /v1/livraisons/BL1/suivi',
    () => erp.pushTracking({ ...PARCEL, ...LABEL }),
    {},
    {
      rang: 2,
      transporteur: 'DHL',
      numero_suivi: '6A',
      url_suivi: 'https://t.test/6A',
      etiquette_le: '2026-11-25T09:00:00Z',
    },
  ],
  ['POST /v1/livraisons/BL1/expedition', () => erp.shipDeliveryNote({ deliveryNote: 'BL1', key: 'k' }), {}, {}],
  [
    'POST /v1/livraisons/BL1/evenements-suivi',
    () => erp.pushTrackingEvent({ ...PARCEL, event: SCAN }),
    {},
    { rang: 2, numero_suivi: '6A', etat: 'at_pickup_point', libelle: 'Disponible', le: '2026-11-25T20:00:00Z' },
  ],
  [
    'GET /v1/evenements?limite=200&curseur=c',
    () => erp.readEvents({ cursor: 'c' }),
    { elements: [], termine: true },
    undefined,
  ],
]

describe('the messages of the Codial adapter', () => {
  for (const [call, act, body, expected] of calls) {
    it(`${call.split('?')[0]} is sent as the contract says, and described`, async () => {
      bridge.answer({ status: 200, body })
      await act()
      const { method, url, headers, body: sent } = bridge.seen[0] ?? assert.fail('nothing was sent')
      assert.equal(`${method} ${url.pathname}${url.search}`, call)
      assert.equal(headers.authorization, 'Bearer jeton')
      assert.deepEqual(sent, expected)
      assert.equal(headers['idempotency-key'], method === 'POST' ? 'k' : undefined)
      assert.ok(described(method, url.pathname), 'the route is missing in openapi.json')
    })
  }

  it('carry a key that fits a header, the same one for the same effect', async () => {
    bridge.answer({ status: 200, body: { numero: 'CC1' } })
    for (const key of ['clé €', 'clé €', 'x'.repeat(201), 'boutique-bio:1042:erp-order']) await createOrder(key)
    const keys = bridge.seen.map((call) => call.headers['idempotency-key']?.toString())
    assert.equal(keys[0], keys[1])
    assert.ok(keys.slice(0, 3).every((key) => /^[0-9a-f]{64}$/.test(key ?? '')))
    assert.equal(keys[3], 'boutique-bio:1042:erp-order')
  })
})

const openapi = JSON.parse(
  readFileSync(new URL('../../activities/erp/codial-api/openapi.json', import.meta.url), 'utf8'),
)

function described(method: string, path: string): boolean {
  const route = path.replace(/^\/v1/, '').replace(/^(\/\w+)\/[^/]+/, '$1/{numero}')
  return openapi.paths[route]?.[method.toLowerCase()] !== undefined
}

describe('the OpenAPI document', () => {
  it('refers only to what it holds, and describes the invoice', () => {
    const all = JSON.stringify(openapi).matchAll(/"\$ref":"#\/([^"]+)"/g)
    for (const [, path = ''] of all) {
      const found = path.split('/').reduce((node, part) => node?.[part], openapi)
      assert.ok(found, path)
    }
    assert.ok(described('GET', '/v1/factures/FA1'))
  })
})
