import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { drawPage, type Html } from '../kit/page.ts'
import { fromThisPageOnly } from '../kit/same-origin.ts'
import type { Journey } from './carrier-sandbox.ts'

/** What the page of a carrier shows of one thing that travels, and whether there is something left to do with it. */
export interface Card {
  number: string
  /** In French: "En transit". */
  state: string
  /** One paragraph each. */
  lines: (string | Html)[]
  /** What stands between the lines and the buttons. */
  more?: Html
  /** It has a next scan. */
  isMoving: boolean
  /** It can still go another way. */
  canBeSent: boolean
}

/** What a carrier brings to its page, besides its name; `Found` is what a number stands for. */
export interface CarrierPage<Found> {
  /** As people say it: "DHL Express". */
  name: string
  /** What travels, one and several: masculine nouns. */
  nouns: [one: string, many: string]
  /** Newest first. */
  cards(): Card[]
  /** The log of labels, oldest first. */
  labels(): object[]
  find(number: string): Found | undefined
  scan(found: Found): void
  scanAll(): void
  /** Gives another way to go; does nothing to what has arrived. */
  send(found: Found, journey: Journey): void
}

const WAYS: Record<Journey, string> = {
  delivered: 'Livré chez le destinataire',
  incident: 'Un incident, puis livré',
  pickup: 'Mis à disposition au point de retrait',
  returned: 'Retourné à l’expéditeur',
}
const isJourney = (text: unknown): text is Journey => typeof text === 'string' && Object.hasOwn(WAYS, text)

const STYLE = raw(`
button, select { min-height: 2.75rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; }
`)

/** The page of a carrier, for people: what travels, with buttons to move it on and to change its way. */
export function openCarrierPage<Found>(carrier: CarrierPage<Found>): Hono {
  const app = new Hono()
  const noun = capital(carrier.nouns[0])
  app.get('/', (c) => c.html(draw(carrier)))
  app.get('/_labels', (c) => c.json(carrier.labels()))
  app.use('/_page/*', fromThisPageOnly)
  app.post('/_page/advance', (c) => {
    carrier.scanAll()
    return c.redirect('/', 303)
  })
  app.post('/_page/advance/:number', (c) => {
    const found = carrier.find(c.req.param('number'))
    if (!found) return c.text(`${noun} inconnu.`, 404)
    carrier.scan(found)
    return c.redirect('/', 303)
  })
  app.post('/_page/send/:number', async (c) => {
    const found = carrier.find(c.req.param('number'))
    const { journey } = await c.req.parseBody()
    if (!found || !isJourney(journey)) return c.text(`${noun} ou suite inconnus.`, 404)
    carrier.send(found, journey)
    return c.redirect('/', 303)
  })
  return app
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function draw({ name, nouns: [one, many], cards }: Pick<CarrierPage<unknown>, 'name' | 'nouns' | 'cards'>): Html {
  const shown = cards()
  const main = html`<p>Un transporteur de bac à sable : aucun ${one} ne part.</p>
    <h2>${capital(many)} (${shown.length})</h2>
    ${shown.length ? advanceForm('/_page/advance', `Faire avancer tous les ${many}`) : html`<p>Aucun ${one} pour l’instant.</p>`}
    ${shown.map((card) => drawCard(one, card))}`
  return drawPage({ name, style: STYLE, main })
}

/** A button that moves one number on, or all of them. */
export const advanceForm = (action: string, label: string): Html =>
  html`<form method="post" action="${action}"><button type="submit">${label}</button></form>`

function drawCard(noun: string, { number, state, lines, more, isMoving, canBeSent }: Card): Html {
  return html`<article class="card" aria-labelledby="${noun}-${number}">
    <h3 id="${noun}-${number}">${number} <span class="status">${state}</span></h3>
    ${lines.map((line) => html`<p>${line}</p>`)} ${more ?? ''}
    ${isMoving ? advanceForm(`/_page/advance/${number}`, `Faire avancer ${number}`) : ''}
    ${canBeSent ? sendForm(number) : ''}
  </article>`
}

const sendForm = (number: string): Html =>
  html`<form method="post" action="/_page/send/${number}">
    <label for="suite-${number}">Suite du trajet</label>
    <select id="suite-${number}" name="journey">
      ${Object.entries(WAYS).map(([journey, label]) => html`<option value="${journey}">${label}</option>`)}
    </select>
    <button type="submit">Choisir pour ${number}</button>
  </form>`
