import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Db } from '../../db/connect.ts'
import { openTestDatabase } from '../support/servers.ts'
import { openVisitor, testOptions, textOf } from './kit.ts'
import { emptyWorld, putOperation, putOrder, webOrder } from './world.ts'

let db: Db
let close: () => Promise<void>
let visitor: ReturnType<typeof openVisitor>

before(async () => {
  ;({ db, close } = await openTestDatabase())
  visitor = openVisitor(testOptions({ db }))
  await visitor.signIn()
})
after(() => close())

const rowsIn = (page: string): number => (/<tbody.*<\/tbody>/s.exec(page)?.[0].match(/<tr/g) ?? []).length

describe('the report', () => {
  it('says what to do while it is empty', async () => {
    await emptyWorld(db)
    assert.match(textOf(await visitor.read('/')), /Aucune opération pour l’instant .* Voir les tâches/)
  })

  it('shows each light as a word, truly', async () => {
    await emptyWorld(db)
    const parked_at = new Date()
    await putOperation(db, { id: '1', light: 'vert' })
    await putOperation(db, { id: '2', light: 'orange' })
    await putOperation(db, { id: '3', light: 'rouge' })
    await putOperation(db, { id: '4', light: 'rouge', parked_at })
    await putOperation(db, { id: '5', light: 'bleu' })
    await putOperation(db, { id: '6', light: 'gris', message: 'Rien à faire.' })
    await putOperation(db, { id: '7', light: 'gris', message: 'Commande annulée.' })
    await putOperation(db, { id: '8', light: 'gris', message: 'Commande ignorée selon la règle du site.' })
    await putOperation(db, { id: '9', light: 'violet', parked_at })
    const page = await visitor.read('/')
    const words = [...page.matchAll(/<\/svg>([^<]+)<\/span>/g)].map(([, word]) => word?.replace(/\s/g, ' '))
    const expected = [
      'Réussite',
      'Réussite avec rejets',
      'Échec',
      'À traiter',
      'En cours',
      'Rien à faire',
      'Annulé',
      'Ignoré',
      'À vérifier',
    ]
    assert.deepEqual(words.sort(), expected.sort())
  })

  it('writes hostile messages as text', async () => {
    await emptyWorld(db)
    const hostile = `<script>alert(1)</script><img src=x onerror="alert(1)">'`
    await putOperation(db, {
      id: hostile,
      site: 'boutique-bio',
      web_id: hostile,
      type: hostile,
      message: hostile,
      operator: hostile,
      branch: hostile,
      error_code: hostile,
      remedy: hostile,
      step: hostile,
    })
    const page = await visitor.read(`/?reference=${encodeURIComponent(hostile)}&type=${encodeURIComponent(hostile)}`)
    assert.equal(rowsIn(page), 1)
    assert.doesNotMatch(page, /<script>alert|<img/)
    assert.ok(page.includes('&lt;script&gt;alert(1)&lt;/script&gt;'))
  })

  it('sets French spaces, in texts only', async () => {
    await emptyWorld(db)
    await putOperation(db, {
      id: '1',
      message: 'Étape « register » relancée : vu; bien ! Vraiment ? 12 %',
      error_code: 'a : b',
    })
    const page = await visitor.read('/?reference=a+:+b')
    assert.ok(page.includes('value="a : b"'))
    assert.ok(
      (await visitor.read('/')).includes(
        '«\u00a0Créer la commande dans Codial\u00a0» relancée\u00a0: vu\u202f; bien\u202f! Vraiment\u202f? 12\u00a0%',
      ),
    )
    assert.ok((await visitor.read('/')).includes('<code>a : b</code>'))
  })
})

describe('filters', () => {
  before(async () => {
    await emptyWorld(db)
    await putOrder(db, webOrder({ webId: '7', number: 'WEB-7' }))
    const base = { site: 'boutique-bio', operator: 'marie', branch: 'LYON' }
    await putOperation(db, {
      ...base,
      id: 'a',
      web_id: '7',
      erp_number: 'CC26-000123',
      started_at: new Date('2026-11-23T22:59:59Z'),
    })
    await putOperation(db, {
      ...base,
      id: 'b',
      type: 'Décision',
      light: 'rouge',
      error_code: 'mail-refused',
      started_at: new Date('2026-11-23T23:00:00Z'),
    })
    await putOperation(db, {
      id: 'c',
      site: 'atelier-bois',
      light: 'rouge',
      error_code: 'mail-refused',
      parked_at: new Date(),
      started_at: new Date('2026-11-24T12:00:00Z'),
    })
    await putOperation(db, {
      id: 'd',
      site: 'atelier-bois',
      branch: 'LILLE',
      message: '100 % fait',
      started_at: new Date('2026-11-24T23:30:00Z'),
    })
  })

  const cases: [query: string, rows: number][] = [
    ['', 4],
    ['site=boutique-bio', 2],
    ['type=D%C3%A9cision', 1],
    ['voyant=rouge', 2],
    ['voyant=nimportequoi', 4],
    ['du=2026-11-24', 3],
    ['au=2026-11-24', 3],
    ['du=2026-11-24&au=2026-11-24', 2],
    ['au=2026-02-31', 4],
    ['operateur=marie', 2],
    ['agence=LILLE', 1],
    ['erreur=mail-refused', 2],
    ['reference=000123', 1],
    ['reference=web-7', 1],
    ['reference=%25', 0],
    ['attente=oui', 1],
    ['site=atelier-bois&erreur=mail-refused&attente=oui', 1],
  ]
  for (const [query, rows] of cases) {
    it(`"${query}" leaves ${rows}, on the page and in the export`, async () => {
      assert.equal(rowsIn(await visitor.read(`/?${query}`)), rows)
      const csv = await visitor.read(`/rapport.csv?${query}`)
      assert.equal(csv.trimEnd().split('\r\n').length, rows + 1)
    })
  }

  it('puts equal errors together with their count', async () => {
    assert.match(textOf(await visitor.read('/')), /Erreurs regroupées E-mail refusé × 2/)
    assert.match(textOf(await visitor.read('/?site=boutique-bio')), /E-mail refusé × 1/)
  })

  it('links a phase of an order to the order', async () => {
    assert.ok(
      (await visitor.read('/?reference=000123')).includes('<a href="/commandes/boutique-bio/7">CC26-000123</a>'),
    )
  })
})

describe('pages of fifty', () => {
  before(async () => {
    await emptyWorld(db)
    for (let i = 1; i <= 120; i++)
      await putOperation(db, {
        id: `run-${String(i).padStart(3, '0')}`,
        message: `numéro ${i}.`,
        started_at: new Date('2026-11-24T08:00:00Z'),
      })
  })

  it('show each row once, in a stable order, with links that keep the filter', async () => {
    const seen: string[] = []
    for (const [page, rows] of [
      [1, 50],
      [2, 50],
      [3, 20],
    ] as const) {
      const text = await visitor.read(`/?voyant=vert&page=${page}`)
      assert.equal(rowsIn(text), rows)
      seen.push(...[...text.matchAll(/numéro (\d+)\./g)].map(([, n]) => n ?? ''))
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 120 }, (_, i) => String(120 - i)),
    )
    const middle = await visitor.read('/?voyant=vert&page=2')
    assert.match(textOf(middle), /Lignes 51 à 100 sur 120/)
    assert.ok(middle.includes('href="/?voyant=vert"') && middle.includes('href="/?voyant=vert&amp;page=3"'))
  })

  it('take a senseless number for the first', async () => {
    for (const page of ['0', '-1', 'x', '1e9', ''])
      assert.match(textOf(await visitor.read(`/?page=${page}`)), /Lignes 1 à 50/)
  })
})
