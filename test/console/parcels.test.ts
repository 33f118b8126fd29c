import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import { type RunningConsole, startConsole } from '../../console/server.ts'
import { openBranchOffice, playCarrier } from '../support/branch-office.ts'
import { until } from '../support/company.ts'
import { A4, putParcel } from '../support/parcels.ts'
import { fieldIn, testOptions, textOf } from './kit.ts'
import { emptyWorld, putOrder, putParked, webOrder } from './world.ts'

const colissimo = playCarrier({ manifestBatch: 50 })
const sent: string[] = []
const printer = {
  code: 'prepa',
  takesPdf: false,
  send: async (label: Uint8Array) => void sent.push(Buffer.from(label).toString()),
}
let office: Awaited<ReturnType<typeof openBranchOffice>>
let server: RunningConsole
let cookie = ''

before(async () => {
  const carriers = { COLISSIMO: colissimo, CHRONOPOST: playCarrier({ manifestBatch: null }) }
  office = await openBranchOffice({ namespace: 'parcels', carriers, printerOf: () => printer })
  const { db, client } = office
  const options = testOptions({
    db,
    client,
    namespace: 'parcels',
    carriers: Object.keys(carriers),
    printers: ['prepa'],
  })
  server = await startConsole(options)
  const reply = await post('/connexion', { code: options.operator.code, password: options.operator.password })
  cookie = reply.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
})
after(async () => {
  await server.close()
  await office.close()
})
beforeEach(async () => {
  await emptyWorld(office.db)
  await office.db.deleteFrom('manifests').execute()
  await putOrder(office.db, webOrder())
  Object.assign(colissimo, { manifests: [], next: [] })
  sent.length = 0
})

const get = (path: string) => fetch(server.url + path, { headers: { cookie }, redirect: 'manual' })
const read = async (path: string): Promise<string> => (await get(path)).text()
const post = (
  path: string,
  fields: Record<string, string> | [string, string][],
  headers: Record<string, string> = {},
) =>
  fetch(server.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'sec-fetch-site': 'same-origin', ...headers },
    body: new URLSearchParams(fields),
  })

const ROW = /<tr role="row">\s*<td[\s\S]*?<\/tr>/g
/** The notes and ranks of the listed parcels, as "BL26-000045/1". */
const listed = (page: string): string[] =>
  [...page.matchAll(/aria-label="Choisir (\S+), colis (\d+)"/g)].map(([, note, rank]) => `${note}/${rank}`)

const theRow = (type: string) =>
  until(`the report shows "${type}"`, async () => {
    const row = await office.db.selectFrom('operations').selectAll().where('type', '=', type).executeTakeFirst()
    return row?.light === 'bleu' ? null : row
  })

describe('the parcels of the day', () => {
  it('stand in picking order with their number, state and manifest; filters narrow them', async () => {
    await putParcel(office.db, { note: 'BL26-000047' })
    await putParcel(office.db, { note: 'BL26-000045', rank: 2 })
    await putParcel(office.db, { note: 'BL26-000045', rank: 1 })
    await putParcel(office.db, { note: 'BL26-000046', branch: 'PARIS', carrier: 'CHRONOPOST', status: 'delivered' })
    await putParcel(office.db, { note: 'BL26-000048', shipment: 'cancelled' })
    await putParcel(office.db, { note: 'BL26-000040' })
    const before = new Date(Date.now() - 3 * 86_400_000)
    await office.db
      .updateTable('parcels')
      .set({ labelled_at: before })
      .where('delivery_note', '=', 'BL26-000040')
      .execute()

    const page = await read('/parcels')
    assert.deepEqual(listed(page), ['BL26-000045/1', 'BL26-000045/2', 'BL26-000046/1', 'BL26-000047/1'])
    assert.match(page, /href="https:\/\/suivi\.example\/6A260000451"[^>]*>6A260000451</)
    assert.match(page, /href="\/commandes\/boutique-bio\/1042"/)
    const rows = page.match(ROW)?.map(textOf) ?? []
    assert.match(rows[2] ?? '', /BL26-000046 1 6A260000461 CHRONOPOST DOM PARIS Livré —/)
    assert.deepEqual(listed(await read('/parcels?agence=PARIS')), ['BL26-000046/1'])
    assert.deepEqual(listed(await read('/parcels?transporteur=COLISSIMO')).length, 3)
    assert.equal(listed(await read('/parcels?jour=')).length, 5)
    assert.deepEqual(listed(await read('/parcels?jour=2020-01-01')), [])
    await office.db.updateTable('parcels').set({ manifest: 'm' }).where('delivery_note', '=', 'BL26-000045').execute()
    assert.deepEqual(listed(await read('/parcels?bordereau=sans')), ['BL26-000046/1', 'BL26-000047/1'])
  })

  it('are for who is signed in, and no other page acts on them', async () => {
    const stranger = await fetch(`${server.url}/parcels`, { redirect: 'manual' })
    assert.deepEqual([stranger.status, stranger.headers.get('location')], [303, '/connexion?suite=%2Fparcels'])
    const reply = await post(
      '/parcels/bordereau',
      { id: 'request-1', chez: 'COLISSIMO', de: 'LYON' },
      { 'sec-fetch-site': 'cross-site' },
    )
    assert.equal(reply.status, 403)
    assert.deepEqual(await office.db.selectFrom('manifests').selectAll().execute(), [])
  })
})

describe('labels', () => {
  it('of the chosen parcels go into one PDF in picking order, whatever the order of the boxes; a form sent twice prints once', async () => {
    await putParcel(office.db, { note: 'BL26-000046', size: A4 })
    await putParcel(office.db, { note: 'BL26-000045' })
    await putParcel(office.db, { note: 'BL26-000047' })
    const id = fieldIn(await read('/parcels'), 'id')
    const form: [string, string][] = [
      ...Object.entries({ id, jour: '', cible: 'pdf' }),
      ['colis', 'BL26-000046-1'],
      ['colis', 'BL26-000045-1'],
    ]
    const [reply] = await Promise.all([post('/parcels/imprimer', form), post('/parcels/imprimer', form)])
    assert.equal(reply.headers.get('location'), '/parcels?jour=')
    const row = await theRow("Impression d'étiquettes")
    assert.deepEqual([row.light, row.message], ['vert', '2 étiquettes en un PDF de 2 pages.'])
    assert.deepEqual([row.operator, row.branch, row.handled], ['marie', 'LYON', 2])
    await post('/parcels/imprimer', form)
    assert.equal((await office.db.selectFrom('operations').selectAll().execute()).length, 1)

    const page = await read('/parcels')
    const href = /href="(\/documents\/print-[^"]+)"[^>]*><strong>Ouvrir le PDF/.exec(page)?.[1] ?? ''
    const paper = await get(href)
    assert.equal(paper.headers.get('content-type'), 'application/pdf')
    const pdf = await PDFDocument.load(new Uint8Array(await paper.arrayBuffer()))
    assert.deepEqual(
      pdf.getPages().map((one) => Math.round(one.getHeight())),
      [425, 842],
    )
  })

  it('of the whole filtered list are printed without a box ticked, on a printer of the settings only', async () => {
    await putParcel(office.db, { note: 'BL26-000046', zpl: '^XA46^XZ' })
    await putParcel(office.db, { note: 'BL26-000045', zpl: '^XA45^XZ' })
    await putParcel(office.db, { note: 'BL26-000047', zpl: '^XA47^XZ', branch: 'PARIS' })
    const page = await read('/parcels?agence=LYON')
    assert.match(textOf(page), /Envoyer à l’imprimante prepa/)
    const fields = { id: fieldIn(page, 'id'), jour: fieldIn(page, 'jour'), agence: 'LYON', tout: 'oui' }
    await post('/parcels/imprimer', { ...fields, cible: 'inconnue' })
    assert.match(textOf(await readAfter()), /Demande illisible/)
    await post('/parcels/imprimer', { ...fields, cible: 'prepa' })
    const row = await theRow("Impression d'étiquettes")
    assert.equal(row.message, '2 étiquettes envoyées à l’imprimante « prepa ».')
    assert.deepEqual(sent, ['^XA45^XZ', '^XA46^XZ'])
  })

  it('that nobody chose are asked for', async () => {
    await putParcel(office.db, { note: 'BL26-000045' })
    await post('/parcels/imprimer', { id: 'request-2', cible: 'pdf' })
    assert.deepEqual(await office.db.selectFrom('operations').selectAll().execute(), [])
  })
})

/** The page after an action whose cookie of one minute was not kept: the message itself is in the answer's cookie. */
async function readAfter(): Promise<string> {
  const reply = await post('/parcels/imprimer', { id: 'request-3', cible: 'inconnue' })
  const flash = reply.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return (await fetch(`${server.url}/parcels`, { headers: { cookie: `${cookie}; ${flash}` } })).text()
}

describe('the manifest', () => {
  it('is made by one press, shows its paper, and leaves its row with operator and branch', async () => {
    await putParcel(office.db, { note: 'BL26-000045', weight: 1250 })
    await putParcel(office.db, { note: 'BL26-000046', branch: 'PARIS' })
    const page = await read('/parcels')
    assert.match(
      textOf(page),
      /Faire le bordereau COLISSIMO de LYON 1 colis, toutes dates confondues Faire le bordereau COLISSIMO de PARIS/,
    )
    const reply = await post('/parcels/bordereau', {
      id: 'request-4',
      chez: 'COLISSIMO',
      de: 'LYON',
      jour: '',
      agence: 'LYON',
    })
    assert.equal(reply.headers.get('location'), '/parcels?agence=LYON&jour=')
    const row = await theRow('Bordereau COLISSIMO')
    assert.deepEqual(
      [row.light, row.message, row.operator, row.branch, row.handled],
      ['vert', 'Bordereau n° B1 : 1 colis à remettre.', 'marie', 'LYON', 1],
    )
    const after = await read('/parcels?agence=LYON')
    assert.match(textOf(after), /Prêt COLISSIMO LYON B1 1 1,25 kg — /)
    assert.match(textOf(after), /Rien à remettre : aucun colis n’attend de bordereau/)
    const href = /href="(\/documents\/manifest-[^"]+)" aria-label="Bordereau B1 en PDF"/.exec(after)?.[1] ?? ''
    assert.equal((await get(href)).headers.get('content-type'), 'application/pdf')
    assert.match(after, /<main[^>]*data-refresh="5"/)
  })

  it('in doubt says so, is decided from the page of what waits, and a second press joins it', async () => {
    await putParcel(office.db, { note: 'BL26-000045' })
    colissimo.next = ['lost']
    await post('/parcels/bordereau', { id: 'request-5', chez: 'COLISSIMO', de: 'LYON' })
    await until('it waits', () => office.db.selectFrom('parked_steps').select('step').executeTakeFirst())
    assert.match(textOf(await read('/parcels')), /Résultat inconnu, à vérifier Décider COLISSIMO LYON/)
    await post('/parcels/bordereau', { id: 'request-6', chez: 'COLISSIMO', de: 'LYON' })
    const rows = await office.db.selectFrom('operations').selectAll().where('light', '=', 'gris').execute()
    assert.deepEqual(
      rows.map(({ message, operator }) => [message, operator]),
      [['Bordereau COLISSIMO de LYON déjà en cours : demande jointe.', 'marie']],
    )
    const waiting = await read('/a-traiter')
    assert.match(textOf(waiting), /Bordereau COLISSIMO LYON · Faire le bordereau \(partie 1\)/)
    assert.match(textOf(waiting), /Annuler le bordereau…/)
    const fields = Object.fromEntries(
      ['id', 'workflow', 'step', 'code', 'retour'].map((name) => [name, fieldIn(waiting, name)]),
    )
    await post('/decisions', { ...fields, action: 'retry', constat: 'fait', trouve: '26000123' })
    await until('it is done', () =>
      office.db
        .selectFrom('manifests')
        .select('id')
        .where('state', '=', 'done')
        .where('number', '=', '26000123')
        .executeTakeFirst(),
    )
    assert.equal(colissimo.manifests.length, 1)
  })

  it('that is given up is asked about first, in its own words', async () => {
    const workflow = 'manifest:COLISSIMO:LYON:2026-11-24:1'
    await putParked(office.db, {
      site: 'bordereaux',
      web_id: workflow,
      workflow_id: workflow,
      step: 'make manifest 1',
      code: 'refused',
    })
    const asked = await post('/decisions', { id: 'decision-1', workflow, step: 'make manifest 1', action: 'cancel' })
    assert.match(textOf(await asked.text()), /Annuler le bordereau COLISSIMO de LYON \? Les papiers déjà faits restent/)
  })
})
