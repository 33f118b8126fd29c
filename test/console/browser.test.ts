import assert from 'node:assert/strict'
import { after, before, it, type TestContext } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type RunningConsole, startConsole } from '../../console/server.ts'
import { readCarrierRules } from '../../db/carrier-rules.ts'
import type { Db } from '../../db/connect.ts'
import type { Decision } from '../../domain/decision.ts'
import { NO_CHROMIUM, startChromium } from '../support/chromium.ts'
import { openTestDatabase } from '../support/servers.ts'
import { type Sent, stubClient, testOptions } from './kit.ts'
import { putEffect, putOperation, putOrder, putParked, webOrder } from './world.ts'

let db: Db
let close: () => Promise<void>
let server: RunningConsole
let sent: Sent[]
let browser: Browser | undefined

before(async () => {
  ;({ db, close } = await openTestDatabase())
  const stub = stubClient()
  sent = stub.sent
  server = await startConsole(testOptions({ db, client: stub.client }))
  await putOrder(db, webOrder())
  await putParked(db, {
    step: 'send registered e-mail',
    code: 'mail-refused',
    may_skip: true,
    remedy: 'Corrigez l’adresse.',
  })
  await putOperation(db, {
    id: 'order:boutique-bio:1042',
    site: 'boutique-bio',
    web_id: '1042',
    light: 'bleu',
    message: 'Commande en cours.',
  })
  browser = await startChromium()
})
after(async () => {
  await browser?.close()
  await server.close()
  await close()
})

/** A tab of its own with its complaints; undefined, and said so, where there is no Chromium. */
async function openTab(t: TestContext): Promise<{ page: Page; complaints: string[] } | undefined> {
  if (!browser) {
    t.diagnostic(NO_CHROMIUM)
    return undefined
  }
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
  return { page, complaints }
}

/** Run in the page: the name of what has the focus. */
const FOCUSED = `(({ activeElement: at }) => at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent)(document)`
/** Run in the page: by how much it is wider than the screen. */
const EXCESS = '(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.documentElement)'

/** Goes on with Tab until the focus is on what is called this, as somebody without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate<string>(FOCUSED)
    if (focused.replace(/\s+/g, ' ').trim().startsWith(name)) return
  }
  assert.fail(`the keyboard never reached "${name}"`)
}

async function signIn(page: Page, path: string): Promise<void> {
  await page.goto(server.url + path)
  await tabTo(page, 'Code opérateur')
  await page.keyboard.type('marie')
  await tabTo(page, 'Mot de passe')
  await page.keyboard.type('correct horse battery')
  await page.keyboard.press('Enter')
  await page.waitForURL(server.url + path)
}

it('an operator signs in, opens an order and decides, by keyboard alone', async (t) => {
  const tab = await openTab(t)
  if (!tab) return
  const { page, complaints } = tab
  await signIn(page, '/')
  await tabTo(page, 'Commandes')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/commandes')
  await tabTo(page, '1042')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/commandes/boutique-bio/1042')
  await tabTo(page, 'Note')
  await page.keyboard.type('adresse corrigée')
  await tabTo(page, 'Relancer')
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('est relancé').waitFor()
  assert.equal(sent.length, 1)
  const decision = sent[0]?.args[0] as Decision
  assert.deepEqual(
    [decision.step, decision.action, decision.note],
    ['send registered e-mail', 'retry', 'adresse corrigée'],
  )
  assert.equal(sent[0]?.updateId, decision.id)
  assert.deepEqual(complaints, [], 'no script failed and no rule of the page was broken')
})

it('a rule of transport is written, tried, moved and saved, by keyboard alone', async (t) => {
  const tab = await openTab(t)
  if (!tab) return
  const { page, complaints } = tab
  await signIn(page, '/carrier-rules')
  await tabTo(page, 'Ajouter une règle')
  await page.keyboard.press('Enter')
  await tabTo(page, 'Pays de livraison')
  await page.keyboard.type('France')
  await tabTo(page, 'Transporteur')
  await page.keyboard.type('COL')
  await tabTo(page, 'Service')
  await page.keyboard.type('dos')
  await page.keyboard.press('Enter')
  await page.getByText('en n° 4').waitFor()
  assert.match(await page.evaluate<string>(FOCUSED), /La règle est ajoutée au brouillon/)
  await tabTo(page, 'Monter la règle 4')
  for (const place of [3, 2, 1]) {
    await page.keyboard.press('Enter')
    await page.getByText('France → COLISSIMO DOS').waitFor()
    const name = place > 1 ? `Monter la règle ${place}` : 'Modifier la règle 1'
    assert.equal(await page.evaluate<string>(FOCUSED), name)
  }
  await page.locator('tr', { hasText: /COLISSIMO DOM règle 2\s+→ COLISSIMO DOS règle 1/ }).waitFor()
  assert.equal(await page.evaluate<number>(EXCESS), 0)
  await tabTo(page, 'Enregistrer ces règles')
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('Enregistré. 4 règles').waitFor()
  assert.equal((await readCarrierRules(db, 'boutique-bio')).rules[0]?.choice.service, 'DOS')
  assert.deepEqual(complaints, [])
})

it('an order shows what happens by itself, but never under the hands of who writes', async (t) => {
  const tab = await openTab(t)
  if (!tab) return
  const { page, complaints } = tab
  await page.clock.install()
  await signIn(page, '/commandes/boutique-bio/1042')
  const note = page.getByLabel('Note (facultative').first()
  await note.fill('je réfléchis')
  await putEffect(db, 'erp-order', { outside_number: 'CC26-000042' })
  const asked: string[] = []
  page.on('request', ({ url }) => asked.push(url.toString()))
  await page.clock.runFor(20_000)
  assert.deepEqual(asked, [])
  assert.equal(await note.inputValue(), 'je réfléchis')
  await note.fill('')
  await note.blur()
  await page.clock.runFor(6_000)
  await page.getByText('Commande créée dans Codial').waitFor()
  await page.getByRole('button', { name: 'Suspendre' }).click()
  await putEffect(db, 'status:registered')
  const before = asked.length
  await page.clock.runFor(20_000)
  assert.equal(asked.length, before)
  assert.deepEqual(complaints, [])
})

it('who wants less motion is not shown any unasked', async (t) => {
  const tab = await openTab(t)
  if (!tab) return
  await tab.page.emulateMedia({ reducedMotion: 'reduce' })
  await signIn(tab.page, '/')
  await tab.page.getByText('Mise à jour suspendue').waitFor()
})

it('fits a phone without scrolling sideways, on every page', async (t) => {
  const tab = await openTab(t)
  if (!tab) return
  const { page } = tab
  await signIn(page, '/')
  for (const path of [
    '/',
    '/commandes',
    '/commandes/boutique-bio/1042',
    '/a-traiter',
    '/correspondances',
    '/carrier-rules',
    '/parcels',
    '/taches',
  ]) {
    await page.goto(server.url + path)
    assert.equal(await page.evaluate<number>(EXCESS), 0, path)
  }
})
