import { randomUUID } from 'node:crypto'
import type { ScheduleSummary } from '@temporalio/client'
import { html } from 'hono/html'
import type { Answer } from '../engine.ts'
import { type PageKit, siteName } from '../kit.ts'
import { duration, moment } from '../moments.ts'
import type { ConsoleApp, ConsoleOptions, Visit } from '../options.ts'
import { traced } from '../trace.ts'
import { badge, empty, type Html, hidden } from './parts.ts'
import { silent } from './troubles.ts'

/** "Tâches": what runs by itself, and how often; to run now, pause and resume. */
export function taskPages(app: ConsoleApp, kit: PageKit): void {
  const { engine } = kit
  app.get('/taches', async (c) => {
    const tasks = await engine.listTasks()
    const main = html`
      <h1>Tâches planifiées</h1>
      <p class="lead">Ces tâches tournent toutes seules. Une tâche en pause ne perd rien : elle reprend où elle en était.</p>
      ${tasks === null ? unreachable() : tasks.length === 0 ? nothing() : byName(kit.o, tasks).map((task) => taskCard(kit.o, task))}`
    return kit.render(c, { title: 'Tâches', main, status: tasks === null ? 503 : 200 })
  })
  app.post('/taches/lancer', (c) =>
    act(kit, c, { path: '/taches/lancer', says: 'Lancement demandé', ask: engine.runTask }),
  )
  app.post('/taches/pause', (c) =>
    act(kit, c, { path: '/taches/pause', says: 'Mise en pause demandée', ask: engine.pauseTask }),
  )
  app.post('/taches/reprendre', (c) =>
    act(kit, c, { path: '/taches/reprendre', says: 'Reprise demandée', ask: engine.resumeTask }),
  )
}

const unreachable = (): Html =>
  empty({
    title: 'Le moteur ne répond pas',
    text: 'La liste des tâches n’a pas pu être lue. Réessayez ; si cela dure, prévenez votre service informatique.',
    action: { href: '/taches', text: 'Réessayer' },
  })

const nothing = (): Html =>
  empty({
    title: 'Aucune tâche',
    text: 'Les tâches sont créées au démarrage du connecteur. Demandez à votre service informatique de le redémarrer.',
  })

const KINDS: Record<string, string> = {
  'import-orders': 'Import des commandes',
  'follow-erp': 'Suivi de Codial',
  'track-parcels': 'Suivi des colis',
  'sync-stock': 'Envoi des stocks',
  'sync-catalog': 'Envoi du catalogue',
  'match-payments': 'Pointage des règlements',
  reconcile: 'Contrôle de cohérence',
}

/** A task's name: what it does, and for which site or carrier. */
function taskName(o: ConsoleOptions, id: string): string {
  const [kind = '', about] = id.split(':')
  return [KINDS[kind] ?? kind, about && siteName(o, about)].filter(Boolean).join(' · ')
}

const byName = (o: ConsoleOptions, tasks: ScheduleSummary[]): ScheduleSummary[] =>
  tasks.toSorted((a, b) => taskName(o, a.scheduleId).localeCompare(taskName(o, b.scheduleId), 'fr'))

function taskCard(o: ConsoleOptions, { scheduleId: id, state, info }: ScheduleSummary): Html {
  const [last, next] = [info.recentActions.at(-1)?.takenAt, info.nextActionTimes[0]]
  const [name, fields] = [taskName(o, id), hidden({ tache: id, id: randomUUID() })]
  return html`
    <article class="card task">
      <div>
        <header><h2>${name}</h2>${state.paused ? badge('gris', 'En pause') : badge('bleu', 'Active')}</header>
        <dl class="facts">
          <div><dt>Dernier passage</dt><dd>${last ? html`${moment(last)} <small>il y a ${duration(Date.now() - last.getTime())}</small>` : 'Pas encore'}</dd></div>
          <div><dt>Prochain passage</dt><dd>${state.paused ? 'À la reprise' : next ? moment(next) : '—'}</dd></div>
          ${state.note && html`<div><dt>Note</dt><dd>${state.note}</dd></div>`}
        </dl>
      </div>
      <div class="actions">
        ${
          state.paused
            ? html`<form method="post" action="/taches/reprendre">${fields}<button type="submit" aria-label="Reprendre : ${name}">Reprendre</button></form>`
            : pauseForm(name, fields)
        }
        <form method="post" action="/taches/lancer">${fields}<button class="primary" type="submit" aria-label="Lancer maintenant : ${name}">Lancer maintenant</button></form>
      </div>
    </article>`
}

const pauseForm = (name: string, fields: Html[]): Html => html`
  <details>
    <summary class="button" aria-label="Mettre en pause : ${name}">Mettre en pause…</summary>
    <form class="bar" method="post" action="/taches/pause">
      ${fields}
      <label class="field grow">Motif de la pause <input name="note" required maxlength="200" autocomplete="off"></label>
      <button type="submit">Mettre en pause</button>
    </form>
  </details>`

interface Act {
  path: string
  says: string
  ask: (id: string, note: string) => Promise<Answer>
}

/** First notes who asks, then asks; a form sent twice is one request and one row. */
async function act(kit: PageKit, c: Visit, { path, says, ask }: Act): Promise<Response> {
  const { o } = kit
  const fields = await c.req.parseBody()
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name].trim().slice(0, 200) : '')
  const [task, id, note] = [text('tache'), text('id'), text('note')]
  const known = (KINDS[task.split(':')[0] ?? ''] ?? '') !== ''
  if (!known || !/^[\w-]{8,64}$/.test(id))
    return kit.back(c, '/taches', { tone: 'problem', text: 'Tâche inconnue : rechargez la page, puis recommencez.' })
  if (path === '/taches/pause' && !note)
    return kit.back(c, '/taches', { tone: 'problem', text: 'Indiquez le motif de la pause.' })
  const name = taskName(o, task)
  const request = `task:${path.split('/').at(-1)}:${id}`
  if (await isTaken(o, request)) return kit.back(c, '/taches', { tone: 'done', text: `${says} : ${name}.` })
  const site = o.sites.find(({ code }) => task.endsWith(`:${code}`))?.code ?? null
  const row = { id: request, type: 'Tâche', site, message: `${says} : ${name}${note ? ` (${note})` : ''}.` }
  const signature = `${note || 'reprise'} (${o.operator.name}, ${o.operator.branch})`
  const answer = await traced(o, row, () => ask(task, signature))
  if (answer.kind === 'silent')
    return silent(kit, c, { action: path, fields: { tache: task, id, note }, back: '/taches' })
  if (answer.kind === 'refused') return kit.back(c, '/taches', { tone: 'problem', text: `${name} : ${answer.reason}.` })
  return kit.back(c, '/taches', { tone: 'done', text: `${says} : ${name}.` })
}

async function isTaken({ db }: ConsoleOptions, id: string): Promise<boolean> {
  const row = await db.selectFrom('operations').select('light').where('id', '=', id).executeTakeFirst()
  return row?.light === 'vert'
}
