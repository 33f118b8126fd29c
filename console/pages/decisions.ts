import { html } from 'hono/html'
import { z } from 'zod'
import type { Decision } from '../../domain/decision.ts'
import { parseLifeId, parseManifestId } from '../../workflows/ids.ts'
import { ownPath, type PageKit } from '../kit.ts'
import type { ConsoleApp, Visit } from '../options.ts'
import { lifeStep } from '../steps.ts'
import { lifeWords } from './life-words.ts'
import { hidden } from './parts.ts'
import { silent } from './troubles.ts'

const short = (most: number) => z.string().trim().max(most).default('')

/** What the form of a waiting step sends; `id` was made when it was shown. */
const Fields = z.object({
  id: z.string().regex(/^[\w-]{8,64}$/),
  workflow: z
    .string()
    .max(300)
    .refine((id) => parseLifeId(id) !== null || parseManifestId(id) !== null),
  step: z.string().min(1).max(300),
  code: short(60),
  action: z.enum(['retry', 'skip', 'cancel']),
  note: short(200),
  constat: z.enum(['', 'fait', 'rien']).default(''),
  trouve: short(100),
  confirme: short(10),
  retour: short(500),
})

type Form = z.output<typeof Fields>

/** Takes a person's decision about one waiting step to the life that waits for it. */
export function decisionPages(app: ConsoleApp, kit: PageKit): void {
  app.post('/decisions', async (c) => {
    const parsed = Fields.safeParse(await c.req.parseBody())
    if (!parsed.success)
      return kit.back(c, '/a-traiter', {
        tone: 'problem',
        text: 'Décision illisible : rechargez la page, puis recommencez.',
      })
    const form = parsed.data
    const problem = await problemOf(kit, form)
    if (problem) return kit.back(c, ownPath(form.retour), { tone: 'problem', text: problem })
    if (form.action === 'cancel' && form.confirme !== 'oui') return askFirst(kit, c, form)
    return send(kit, c, form)
  })
}

/** A doubt is settled only by an express word: the number that was found, or that surely nothing was done. */
async function problemOf(
  { o }: PageKit,
  { action, workflow, step, code, constat, trouve }: Form,
): Promise<string | null> {
  if (action !== 'retry') return null
  const row = await o.db
    .selectFrom('parked_steps')
    .select('code')
    .where('workflow_id', '=', workflow)
    .where('step', '=', step)
    .executeTakeFirst()
  if ((row?.code ?? code) !== 'in-doubt') return null
  if (constat === 'rien' && trouve)
    return 'Vous avez indiqué un numéro et que rien n’a été fait : choisissez l’un ou l’autre.'
  if (constat === 'fait' && !trouve) return 'Indiquez le numéro trouvé à l’extérieur.'
  if (!constat && !trouve) return 'Avant de relancer, dites ce que vous avez constaté à l’extérieur.'
  return null
}

async function send(kit: PageKit, c: Visit, form: Form): Promise<Response> {
  const { id, step, action, note, trouve: found, workflow } = form
  const { code: operator, branch } = kit.o.operator
  const decision: Decision = {
    id,
    step,
    action,
    operator,
    branch,
    ...(note ? { note } : {}),
    ...(found && action === 'retry' ? { found } : {}),
  }
  const back = ownPath(form.retour)
  const answer = await kit.engine.decide(workflow, decision)
  const name = lifeStep(step, parseLifeId(workflow)?.deliveryNote).words
  if (answer.kind === 'silent') return silent(kit, c, { action: '/decisions', fields: { ...form }, back })
  if (answer.kind === 'refused') return kit.back(c, back, { tone: 'problem', text: `« ${name} » : ${answer.reason}.` })
  return kit.back(c, back, { tone: 'done', text: DONE[action](name, workflow) })
}

const DONE: Record<Decision['action'], (name: string, workflow: string) => string> = {
  retry: (name) => `« ${name} » est relancé.`,
  skip: (name) => `« ${name} » est ignoré ; la suite continue.`,
  cancel: (_, workflow) => lifeWords(workflow).done,
}

function askFirst(kit: PageKit, c: Visit, form: Form): Promise<Response> {
  const { what, effect } = lifeWords(form.workflow)
  const { note, ...kept } = form
  const main = html`
    <div class="card narrow">
      <h1>Annuler ${what} ?</h1>
      <p>${effect}</p>
      <form method="post" action="/decisions">
        ${hidden({ ...kept, confirme: 'oui' })}
        <label class="field">Motif (sans nom de client) <input name="note" value="${note}" required maxlength="200" autocomplete="off"></label>
        <div class="actions">
          <button class="sure" type="submit">Oui, annuler</button>
          <a class="button" href="${ownPath(form.retour)}">Non, revenir</a>
        </div>
      </form>
    </div>`
  return kit.render(c, { title: `Annuler ${what}`, main })
}
