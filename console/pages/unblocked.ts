import { html } from 'hono/html'
import type { PageKit } from '../kit.ts'
import { failureTitle } from '../words.ts'
import { bulkForm } from './attention.ts'
import { countSteps } from './attention-rows.ts'
import type { Html } from './parts.ts'

/** After a correction: the steps of a site that it may unblock are offered to be retried together; nothing without a code, or a step. */
export async function unblocked({ o }: PageKit, { site, code }: { site: string; code: string }): Promise<Html> {
  const times = code ? await countSteps(o.db, { site, code }) : 0
  if (times === 0) return html``
  return html`
    <section class="card touched">
      <h2>Relancer ce qui attendait</h2>
      <p>${times > 1 ? `${times} étapes attendent` : 'Une étape attend'} pour « ${failureTitle(code)} ». ${times > 1 ? 'Si votre correction leur convient, relancez-les ensemble.' : 'Si votre correction lui convient, relancez-la.'}</p>
      ${bulkForm({ code, site, times, words: times > 1 ? `Relancer les ${times} lignes touchées` : 'Relancer la ligne touchée', back: '/a-traiter' })}
    </section>`
}
