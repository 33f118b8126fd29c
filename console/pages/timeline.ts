import { html } from 'hono/html'
import type { Light } from '../../db/schema.ts'
import { parseLifeId } from '../../workflows/ids.ts'
import { operatorName, type PageKit } from '../kit.ts'
import { moment } from '../moments.ts'
import { effectWords, lifeStep, numberName, spokenMessage } from '../steps.ts'
import type { OrderFile } from './order-file.ts'
import { badge, type Html } from './parts.ts'

/** One thing that happened to an order. */
export interface Entry {
  at: Date
  light: Light
  word: string
  text: string
  /** The number that the outside gave, with its name. */
  number: { name: string; value: string } | null
  attempts: number
  /** Who decided it; null for what the connector did by itself. */
  by: string | null
  document: string | null
}

/** Everything that happened to an order, in the order in which it happened. */
export function timelineOf(file: OrderFile, kit: PageKit): Entry[] {
  const all = [
    arrival(file),
    ...file.effects.map((effect) => effectEntry(file, effect)),
    ...reported(file, kit),
    ...ending(file),
  ]
  return all.sort((a, b) => a.at.getTime() - b.at.getTime())
}

const plain = { number: null, attempts: 1, by: null, document: null }

function arrival({ order }: OrderFile): Entry {
  return { ...plain, at: order.imported_at, light: 'vert', word: 'Fait', text: 'Commande reçue de la boutique' }
}

function ending({ order, documents }: OrderFile): Entry[] {
  if (!order.closed_at) return []
  const document = documents.find(({ kind }) => kind === 'history')?.id ?? null
  const text = ENDINGS[order.outcome ?? ''] ?? 'Commande close'
  return [{ ...plain, at: order.closed_at, light: 'vert', word: 'Fait', text, document }]
}

const ENDINGS: Record<string, string> = {
  settled: 'Commande soldée : livrée, facturée et réglée',
  cancelled: 'Commande close : annulée',
  unpaid: 'Commande close : règlement non reçu dans le délai',
  ignored: 'Commande close : ignorée selon la règle du site',
}

function effectEntry(file: OrderFile, effect: OrderFile['effects'][number]): Entry {
  const { step, state, outside_number, attempts, started_at, done_at } = effect
  const name = numberName(step)
  const number = name && outside_number ? { name, value: outside_number } : null
  const words = effectWords(step)
  const document = documentOf(file, step)
  if (state === 'done') {
    const spared = (effect.answer as { pushed?: boolean } | null)?.pushed === false
    const text = spared ? `${words.done} (il l’était déjà)` : words.done
    return { ...plain, at: done_at ?? started_at, light: 'vert', word: 'Fait', text, number, attempts, document }
  }
  const inDoubt = state === 'started' && isInDoubt(file, step)
  const [light, word]: [Light, string] = inDoubt ? ['violet', 'À vérifier'] : ['bleu', 'En cours']
  return { ...plain, at: started_at, light, word, text: words.todo, number, attempts }
}

/** Begun, not known to be done, and its step waits for a person's word. */
const isInDoubt = ({ parked }: OrderFile, effect: string): boolean =>
  parked.some(({ code, step, workflow_id: id }) => {
    const begins = lifeStep(step, parseLifeId(id)?.deliveryNote).effect
    return code === 'in-doubt' && begins !== null && effect.startsWith(begins)
  })

function documentOf({ parcels, invoices }: OrderFile, step: string): string | null {
  const [kind, first, rank] = step.split(':')
  if (kind === 'label')
    return parcels.find((p) => p.delivery_note === first && String(p.rank) === rank)?.document ?? null
  if (kind === 'invoice-pdf') return invoices.find(({ number }) => number === first)?.document ?? null
  return null
}

/** Decisions, requests and late facts; the standing row of the order itself is its state, not an event. */
function reported({ operations, ref }: OrderFile, { o }: PageKit): Entry[] {
  return operations
    .filter(({ id }) => id !== `order:${ref.site}:${ref.webId}`)
    .map(({ started_at: at, light, type, message, operator, branch }) => {
      const by = operator === 'Automate' ? null : [operatorName(o, operator), branch].filter(Boolean).join(', ')
      return { ...plain, at, light, word: type, text: spokenMessage(message), by }
    })
}

/** The timeline as a list, oldest first, as a story is told. */
export const timeline = (entries: Entry[]): Html => html`
  <ol class="timeline">
    ${entries.map(
      ({ at, light, word, text, number, attempts, by, document }) => html`
      <li>
        <p class="when">${moment(at)}</p>
        <div>
          <p>${badge(light, word)} ${text}</p>
          ${by && html`<p class="muted">Par ${by}</p>`}
          ${number && html`<p class="muted">${number.name} : <code>${number.value}</code></p>`}
          ${attempts > 1 ? html`<p class="muted">${attempts} tentatives</p>` : ''}
          ${document && html`<p><a href="/documents/${encodeURIComponent(document)}">Ouvrir le document</a></p>`}
        </div>
      </li>`,
    )}
  </ol>`
