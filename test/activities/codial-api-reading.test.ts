import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openCodialApi } from '../../activities/erp/codial-api/codial-api.ts'
import type { Erp } from '../../activities/erp/erp.ts'
import { Refused, Unavailable } from '../../domain/failures.ts'
import { startAnswering } from './answering.ts'

let bridge: Awaited<ReturnType<typeof startAnswering>>
let erp: Erp

before(async () => {
  bridge = await startAnswering()
  erp = openCodialApi({ url: `${bridge.url}/v1`, token: 'jeton' })
})
after(() => bridge.close())

const LE = '2026-11-24T09:12:03+01:00'
const TOLD = { le: LE, operateur: 'marie', agence: 'LYON' }
const BY = { at: LE, operator: 'marie', branch: 'LYON' }
const PARCEL = {
  rang: 1,
  poids_g: 1500,
  longueur_mm: 300,
  largeur_mm: null,
  lignes: [{ reference: 'A', quantite: '1' }],
}
const NOTE = {
  commande: 'CC1',
  transporteur: 'COLISSIMO',
  service: 'HD',
  point_relais: { id: '698745', reseau: 'A2P' },
}

describe("Codial's feed", () => {
  it('tells its six facts in our words and skips the types nobody knows', async () => {
    const status = { site: 'boutique-bio', reference_web: '1042', statut: 'Expédiée', precedent: null }
    const elements = [
      { id: 1, type: 'commande.statut', numero: 'CC1', ...status, ...TOLD },
      { id: '2', type: 'commande.annulee', numero: 'CC1', motif: 'Rupture', ...TOLD },
      { id: '3', type: 'livraison.prete', numero: 'BL1', ...NOTE, colis: [PARCEL], reliquat: true, ...TOLD },
      { id: '4', type: 'devis.signe', surprise: [1, 2] },
      { id: '5', type: 'livraison.annulee', numero: 'BL1', motif: 'Casse', ...TOLD },
      { id: '6', type: 'facture.emise', numero: 'FA1', commandes: ['CC1', 'CC2'], total_ttc: '18.70', ...TOLD },
      { id: '7', type: 'avoir.emis', numero: 'AV1', facture: 'FA1', total_ttc: '5.00', ...TOLD },
      { id: '8', type: 'commande.statut', numero: 'CC9', ...status, site: null, reference_web: null, ...TOLD },
    ]
    bridge.answer({ status: 200, body: { elements, curseur_suivant: 'c8', termine: false } })
    const { events, cursor, done } = await erp.readEvents({ cursor: null })
    assert.deepEqual([cursor, done], ['c8', false])
    const parcels = [
      { rank: 1, weight: 1500, length: 300, width: null, height: null, lines: [{ reference: 'A', quantity: 1 }] },
    ]
    const carriage = { carrier: 'COLISSIMO', service: 'HD', pickupPoint: '698745' }
    const ref = { site: 'boutique-bio', webId: '1042' }
    assert.deepEqual(events, [
      { id: '1', ...BY, type: 'order-status', order: 'CC1', ref, status: 'Expédiée' },
      { id: '2', ...BY, type: 'order-cancelled', order: 'CC1', reason: 'Rupture' },
      {
        ...{ id: '3', ...BY, type: 'delivery-note-ready', order: 'CC1' },
        deliveryNote: { number: 'BL1', ...carriage, parcels, backOrder: true },
      },
      { id: '5', ...BY, type: 'delivery-note-cancelled', deliveryNote: 'BL1', reason: 'Casse' },
      { id: '6', ...BY, type: 'invoice-issued', invoice: 'FA1', orders: ['CC1', 'CC2'], gross: 1870 },
      { id: '7', ...BY, type: 'credit-note-issued', creditNote: 'AV1', invoice: 'FA1', gross: 500 },
    ])
  })

  it('stays where it is when no cursor comes, and lends a moment to facts without one', async () => {
    const elements = [{ id: '5', type: 'livraison.annulee', numero: 'BL1', motif: '' }]
    bridge.answer({ status: 200, body: { elements, termine: true } })
    const { events, cursor } = await erp.readEvents({ cursor: 'c4' })
    assert.equal(cursor, 'c4')
    assert.ok(Math.abs(Date.now() - Date.parse(events[0]?.at ?? '')) < 60_000)
    assert.deepEqual([events[0]?.operator, events[0]?.branch], [null, null])
  })

  it('never loses a known fact that it cannot read: the page waits', async () => {
    const elements = [{ id: '6', type: 'facture.emise', numero: 'FA1', commandes: [], total_ttc: 18.7 }]
    bridge.answer({ status: 200, body: { elements, curseur_suivant: 'c', termine: true } })
    await assert.rejects(
      erp.readEvents({ cursor: null }),
      (e) => e instanceof Unavailable && /total_ttc/.test(e.message),
    )
  })
})

const PLACE = { lignes: ['1 rue A'], code_postal: '69001', ville: 'Lyon', pays: 'FR' }
const SELLER = {
  raison_sociale: 'Comptoir',
  forme: 'SARL',
  capital: '20000',
  adresse: PLACE,
  siren: '842517393',
  rcs: 'Lyon',
}
const CREDIT_NOTE = {
  numero: 'AV26-000001',
  type: 'avoir',
  date: '2026-11-30',
  echeance: null,
  site: 'boutique-bio',
  commandes: ['CC1'],
  vendeur: { ...SELLER, siret: null, tva_intracom: 'FR08842517393', email: 'a@b.example', telephone: '+33100000000' },
  client: {
    raison_sociale: 'ACME',
    nom: 'Durand',
    prenom: 'Léa',
    adresse: PLACE,
    siren: '303265045',
    particulier: false,
  },
  adresse_livraison: null,
  lignes: [
    {
      ...{ rang: 1, reference: 'FIL', designation: 'Fil', quantite: '2.500', unite: 'M', prix_unitaire_ht: '12.5' },
      ...{ remise_ht: '1.25', taux_tva: '5.5', categorie_tva: 'S', montant_ht: '30.00' },
    },
  ],
  totaux_par_taux: [{ taux_tva: '5.50', base_ht: '30.00', montant_tva: '1.65' }],
  total_ht: '30.00',
  total_tva: '1.65',
  total_ttc: '31.65',
  reglements: [{ mode: 'VIREMENT', montant: '31.65', date: '2026-12-01T10:00:00+01:00', reference_transaction: null }],
  reste_du: '0.00',
  mentions: ['Avoir sur FA26-000001'],
}

describe("Codial's papers", () => {
  it('are read exactly, a credit note as one', async () => {
    bridge.answer({ status: 200, body: { ...CREDIT_NOTE, nouveau: true } })
    const note = await erp.readInvoice('AV26-000001')
    assert.deepEqual([note.kind, note.issuedOn, note.dueOn, note.currency], ['credit-note', '2026-11-30', null, 'EUR'])
    assert.deepEqual(note.lines, [
      {
        ...{ reference: 'FIL', name: 'Fil', quantity: '2.5', unit: 'M', unitPrice: '12.5000' },
        ...{ discount: 125, vatRate: '5.50', vatCategory: 'S', net: 3000 },
      },
    ])
    assert.deepEqual(note.vat, [{ rate: '5.50', base: 3000, amount: 165 }])
    assert.deepEqual([note.net, note.vatTotal, note.gross, note.remaining], [3000, 165, 3165, 0])
    assert.deepEqual([note.shipTo, note.deliveryNotes, note.orders], [null, [], ['CC1']])
    assert.deepEqual(note.payments, [{ method: 'VIREMENT', amount: 3165, paidOn: '2026-12-01', reference: null }])
    assert.deepEqual(
      [note.customer.isCompany, note.customer.siren, note.customer.address.company],
      [true, '303265045', 'ACME'],
    )
    assert.deepEqual([note.seller.name, note.seller.siret, note.seller.address.city], ['Comptoir', null, 'Lyon'])
  })

  it('with an amount finer than a cent or no text are not taken', async () => {
    for (const total_ttc of ['31.655', 31.65, '31,65']) {
      bridge.answer({ status: 200, body: { ...CREDIT_NOTE, total_ttc } })
      await assert.rejects(erp.readInvoice('AV1'), (e) => e instanceof Unavailable && /total_ttc/.test(e.message))
    }
  })

  it('of no shop have no web reference', async () => {
    bridge.answer({ status: 200, body: { numero: 'CC9', statut: 'Enregistrée', site: null, reference_web: null } })
    await assert.rejects(erp.readOrder('CC9'), (e) => e instanceof Refused && e.code === 'refused')
  })

  it('are found by their own web reference only', async () => {
    const element = { numero: 'CC2', statut: 's', site: 'boutique-bio', reference_web: '10' }
    bridge.answer({ status: 200, body: { elements: [element], termine: true } })
    assert.equal(await erp.findOrder({ site: 'boutique-bio', webId: '1' }), null)
    bridge.answer({ status: 404, headers: { 'content-type': 'application/problem+json' }, body: { code: 'inconnu' } })
    assert.equal(await erp.findOrder({ site: 'boutique-bio', webId: '1' }), null)
  })
})
