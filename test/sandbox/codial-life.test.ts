import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { CLIENT, type Json, NOW, openDesk, payment, tracking } from './codial-desk.ts'

const { codial, call, created, since } = await openDesk()
after(() => codial.close())

test('the whole life of an order, by the acts of the branch, in the order of the feed', async () => {
  const before = codial.events().length
  const numero = await created()
  codial.prepare(numero)
  const note = codial.makeDeliveryNote(numero, { parcels: 2 })
  const ready = codial.events().at(-1)
  assert.ok(ready)
  assert.deepEqual(
    (ready.colis as Json[]).map(({ rang, poids_g, lignes }) => [rang, poids_g, lignes]),
    [1, 2].map((rang) => [rang, 270, [{ reference: 'SAV-001', quantite: '1' }]]),
  )
  assert.deepEqual(
    [ready.point_relais, ready.operateur, ready.agence, ready.reliquat],
    [{ id: '698745', reseau: 'A2P' }, 'marie', 'LYON', false],
  )
  await call('POST', `/livraisons/${note}/suivi`, { body: tracking(1) })
  assert.equal((await call('POST', `/livraisons/${note}/expedition`, { body: {} })).body.code, 'etat_interdit')
  await call('POST', `/livraisons/${note}/suivi`, { body: tracking(2) })
  const ship = () => call('POST', `/livraisons/${note}/expedition`, { body: {} })
  assert.deepEqual([(await ship()).body.statut, (await ship()).status], ['expediee', 200])
  const seen = { rang: 1, numero_suivi: '8R00000000001', etat: 'delivered', libelle: 'Livré', le: NOW.toISOString() }
  assert.equal((await call('POST', `/livraisons/${note}/evenements-suivi`, { body: seen })).status, 200)
  assert.equal(
    (await call('POST', `/livraisons/${note}/evenements-suivi`, { body: { ...seen, numero_suivi: '8R9' + '9' } })).body
      .champ,
    '/numero_suivi',
  )
  assert.equal(
    (await call('POST', `/commandes/${numero}/annulation`, { body: { motif: 'trop tard' } })).body.code,
    'etat_interdit',
  )
  codial.invoice(numero)
  codial.cancel(numero, 'retour')
  const statuses = ['Enregistrée', 'En préparation', 'Expédiée', 'Facturée', 'Annulée'].map(
    (label) => `commande.statut ${label}`,
  )
  const [registered, preparing, left, invoiced, cancelled] = statuses
  assert.deepEqual(since(before), [
    registered,
    preparing,
    'livraison.prete',
    left,
    'facture.emise',
    invoiced,
    'avoir.emis',
    cancelled,
    'commande.annulee',
  ])
  const counts = codial.counters()
  assert.deepEqual(
    [
      counts.suivi?.[`${note}:1`],
      counts.expedition?.[note],
      counts['evenement-suivi']?.[`${note}:1:delivered`],
      counts.annulation?.[numero],
    ],
    [1, 1, 1, 1],
  )
})

test('an order that has not left is cancelled with its delivery note, once', async () => {
  const numero = await created()
  codial.prepare(numero)
  codial.makeDeliveryNote(numero)
  const before = codial.events().length
  const cancel = () => call('POST', `/commandes/${numero}/annulation`, { body: { motif: 'client' } })
  assert.deepEqual([(await cancel()).body, (await cancel()).status], [{ numero, statut: 'Annulée' }, 200])
  assert.deepEqual(since(before), ['livraison.annulee', 'commande.statut Annulée', 'commande.annulee'])
  assert.equal(
    (await call('POST', `/commandes/${numero}/reglements`, { body: payment('1.00', 'x') })).body.code,
    'etat_interdit',
  )
})

test('the hand takes each order one step on at every pace, and waits for the departure', async (t) => {
  const { codial: busy, created: add, call: ask } = await openDesk()
  for (let i = 0; i < 7; i++) await add()
  t.mock.timers.enable({ apis: ['setInterval'] })
  busy.startHand(1000)
  t.mock.timers.tick(1000)
  assert.deepEqual(new Set(busy.orders().map(({ statut }) => statut)), new Set(['En préparation']))
  t.mock.timers.tick(2000)
  assert.deepEqual(
    busy.deliveryNotes().map(({ colis }) => colis.length),
    [1, 1, 1, 1, 1, 1, 2],
  )
  await ask('POST', '/livraisons/BL26-000001/suivi', { body: tracking(1) })
  await ask('POST', '/livraisons/BL26-000001/expedition')
  t.mock.timers.tick(1000)
  busy.stopHand()
  t.mock.timers.tick(5000)
  assert.deepEqual([busy.order('CC26-000001').statut, busy.order('CC26-000002').statut], ['Facturée', 'En préparation'])
  await busy.close()
})

test('the page of the branch acts, escapes what customers write, and all of it survives a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'codial-'))
  const file = join(folder, 'codial.json')
  const first = await openDesk({ file })
  const numero = await first.created({ client: { ...CLIENT, nom: '<script>alert(1)</script>' } })
  const press = async (act: string) => {
    const form = new URLSearchParams({ numero })
    return (await fetch(`${first.codial.url}/_page/${act}`, { method: 'POST', body: form })).text()
  }
  assert.match(await press('preparer'), /role="status">.*est en préparation/)
  assert.match(await press('facturer'), /role="alert">.*rien à facturer/)
  await first.codial.close()
  const { codial: second } = await openDesk({ file })
  const page = await (await fetch(second.url)).text()
  assert.match(page, /CC26-000001.*En préparation/s)
  assert.match(page, /&lt;script&gt;/)
  assert.ok(!page.includes('<script>'))
  assert.equal(Object.keys(second.counters().commande ?? {}).length, 1)
  await second.close()
  rmSync(folder, { recursive: true })
})
