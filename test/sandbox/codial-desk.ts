import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type CodialSandbox, startCodial } from '../../sandbox/codial/codial.ts'

/** The moment at which Codial lives in these tests. */
export const NOW = new Date('2026-11-24T09:30:00+01:00')

/** JSON as it came. */
export type Json = Record<string, unknown>
/** Where Léa lives. */
export const ADDRESS = {
  nom: 'Léa Durand',
  lignes: ['12 rue des Lilas'],
  code_postal: '69003',
  ville: 'Lyon',
  pays: 'FR',
}
/** Léa, a consumer. */
export const CLIENT = {
  code_web: '77',
  code: null,
  raison_sociale: null,
  nom: 'Durand',
  prenom: 'Léa',
  email: 'lea@example.org',
  telephone: '+33600000000',
  siren: null,
  tva_intracom: null,
}
/** Two soaps at 7.90. */
export const SOAP = {
  rang: 1,
  type: 'article',
  reference: 'SAV-001',
  designation: "Savon d'Alep",
  quantite: '2',
  prix_unitaire_ttc: '7.9000',
  remise_ttc: '0.00',
  taux_tva: '20.00',
}
/** What the parcel costs. */
export const SHIPPING = {
  rang: 2,
  type: 'port',
  reference: 'PORT',
  designation: 'Colissimo',
  quantite: '1',
  prix_unitaire_ttc: '4.9000',
  taux_tva: '20.00',
}
/** A promotional code of 2.00. */
export const CODE = {
  rang: 3,
  type: 'remise',
  reference: 'REMISE',
  designation: 'Code NOEL',
  quantite: '1',
  prix_unitaire_ttc: '-2.0000',
  taux_tva: '20.00',
}

let references = 0

/** The order of the contract, section 4, under a reference of its own. */
export function order(changes: Json = {}): Json {
  references += 1
  return {
    ...{
      site: 'boutique-bio',
      reference_web: String(1000 + references),
      date: '2026-11-24T09:12:03+01:00',
      devise: 'EUR',
      agence: 'LYON',
      mode_calcul: 'TTC',
    },
    ...{
      client: CLIENT,
      facturation: ADDRESS,
      livraison: { ...ADDRESS, point_relais: { id: '698745', reseau: 'A2P' } },
      lignes: [SOAP, SHIPPING, CODE],
    },
    reglements_annonces: [
      { mode: 'CB', montant: '18.70', reference_transaction: 'ch_3P', date: '2026-11-24T09:12:40+01:00' },
    ],
    ...{
      total_ht: '15.58',
      total_tva: '3.12',
      total_ttc: '18.70',
      message_client: '',
      transporteur: 'COLISSIMO',
      service: 'DOM',
    },
    ...changes,
  }
}

/** The tracking number of one parcel. */
export const tracking = (rang: number): Json => ({
  rang,
  transporteur: 'COLISSIMO',
  numero_suivi: `8R0000000000${rang}`,
  url_suivi: 'https://suivi.example/1',
  etiquette_le: '2026-11-24T10:00:00+01:00',
})

/** A card payment. */
export const payment = (montant: string, transaction: string): Json => ({
  montant,
  mode: 'CB',
  date: '2026-11-24T09:12:40+01:00',
  reference_transaction: transaction,
  reste_apres: '0.00',
})

/** How a test calls Codial; a POST has a key of its own unless one is given, null sends none. */
export interface Call {
  body?: unknown
  key?: string | null
  token?: string
}

const TOKEN = 'jeton-de-test'

/** Starts a Codial, and answers what the tests do with it. */
export async function openDesk(options: Partial<Parameters<typeof startCodial>[0]> = {}) {
  const codial = await startCodial({ token: TOKEN, requestsPerSecond: 0, now: () => NOW, ...options })
  const call = (method: string, path: string, o: Call = {}) => callCodial(codial, { method, path, ...o })
  const created = async (changes: Json = {}): Promise<string> => {
    const { status, body } = await call('POST', '/commandes', { body: order(changes) })
    assert.equal(status, 201, JSON.stringify(body))
    return String(body.numero)
  }
  return {
    codial,
    call,
    created,
    /** Brings what is left of an order, or the first part of it, out of the house in one parcel. */
    async shipped(numero: string, o: { backOrder?: boolean } = {}): Promise<string> {
      if (codial.order(numero).statut === 'Enregistrée') codial.prepare(numero)
      const note = codial.makeDeliveryNote(numero, o)
      await call('POST', `/livraisons/${note}/suivi`, { body: tracking(1) })
      assert.equal((await call('POST', `/livraisons/${note}/expedition`, { body: {} })).status, 200)
      return note
    },
    /** What the feed tells after its first `count` facts. */
    since: (count: number) =>
      codial
        .events()
        .slice(count)
        .map(({ type, statut }) => (statut ? `${type} ${statut}` : type)),
  }
}

async function callCodial(
  { url }: CodialSandbox,
  { method, path, body, token = TOKEN, ...o }: Call & { method: string; path: string },
) {
  const key = o.key === undefined && method === 'POST' ? randomUUID() : (o.key ?? null)
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json; charset=utf-8',
    ...(key === null ? {} : { 'Idempotency-Key': key }),
  }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(`${url}/v1${path}`, { method, headers, ...sent })
  return { status: response.status, headers: response.headers, body: (await response.json()) as Json }
}
