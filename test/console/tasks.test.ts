import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { ScheduleNotFoundError, type ScheduleSummary, ServiceError } from '@temporalio/client'
import type { Db } from '../../db/connect.ts'
import { openTestDatabase } from '../support/servers.ts'
import { fieldIn, openVisitor, type Reply, stubClient, testOptions, textOf } from './kit.ts'
import { emptyWorld } from './world.ts'

let db: Db
let close: () => Promise<void>
before(async () => {
  ;({ db, close } = await openTestDatabase())
})
after(() => close())
beforeEach(() => emptyWorld(db))

const task = (scheduleId: string, state = { paused: false, note: '' }): ScheduleSummary => ({
  scheduleId,
  state,
  info: { recentActions: [], nextActionTimes: [new Date('2026-11-24T10:00:00Z')] },
})

async function operator(reply?: Reply) {
  const tasks = [task('import-orders:boutique-bio'), task('follow-erp', { paused: true, note: 'inventaire' })]
  const { client, sent } = stubClient({ tasks, ...(reply ? { reply } : {}) })
  const visitor = openVisitor(testOptions({ db, client }))
  await visitor.signIn()
  return { ...visitor, sent: () => sent.filter(({ what }) => what !== 'list') }
}

describe('tasks', () => {
  it('are named, with their next run and their pause', async () => {
    const { read } = await operator()
    const text = textOf(await read('/taches'))
    assert.match(
      text,
      /Import des commandes · Boutique Bio Active Dernier passage Pas encore Prochain passage 24\/11\/2026 11:00/,
    )
    assert.match(text, /Suivi de Codial En pause .* À la reprise Note inventaire/)
  })

  it('run now: first the row of who asks, then the trigger, buffered; the same form twice is one request', async () => {
    const lights: (string | undefined)[] = []
    const { read, post, sent } = await operator(async ({ what }) => {
      if (what === 'trigger') lights.push((await db.selectFrom('operations').select('light').executeTakeFirst())?.light)
    })
    const fields = { tache: 'import-orders:boutique-bio', id: fieldIn(await read('/taches'), 'id') }
    await post('/taches/lancer', fields)
    await post('/taches/lancer', fields)
    assert.deepEqual(sent(), [{ what: 'trigger', id: 'import-orders:boutique-bio', args: ['BUFFER_ONE'] }])
    assert.deepEqual(lights, ['bleu'])
    const [row, ...others] = await db.selectFrom('operations').selectAll().execute()
    assert.deepEqual(others, [])
    assert.deepEqual([row?.light, row?.operator, row?.branch, row?.site], ['vert', 'marie', 'LYON', 'boutique-bio'])
    assert.equal(row?.message, 'Lancement demandé : Import des commandes · Boutique Bio.')
  })

  it('pause with a note that names the operator, and resume', async () => {
    const { post, sent } = await operator()
    await post('/taches/pause', { tache: 'follow-erp', id: 'request-1', note: '' })
    assert.deepEqual(sent(), [])
    await post('/taches/pause', { tache: 'follow-erp', id: 'request-1', note: 'inventaire' })
    await post('/taches/reprendre', { tache: 'follow-erp', id: 'request-1' })
    assert.deepEqual(
      sent().map(({ what, args }) => [what, ...args]),
      [
        ['pause', 'inventaire (Marie Dubois, LYON)'],
        ['unpause', 'reprise (Marie Dubois, LYON)'],
      ],
    )
  })

  it('that are not ours, or are gone, are said so', async () => {
    const { post, read, sent } = await operator(({ what }) =>
      what === 'trigger' ? Promise.reject(new ScheduleNotFoundError('gone', 'follow-erp')) : Promise.resolve(),
    )
    await post('/taches/lancer', { tache: 'other-product', id: 'request-1' })
    assert.deepEqual(sent(), [])
    await post('/taches/lancer', { tache: 'follow-erp', id: 'request-1' })
    assert.match(textOf(await read('/taches')), /cette tâche n’existe plus/)
    assert.equal((await db.selectFrom('operations').select('light').executeTakeFirst())?.light, 'rouge')
  })

  it('cannot be listed while Temporal is silent, and the page says so', async () => {
    const { get, post } = await operator(() => Promise.reject(new ServiceError('down')))
    const reply = await get('/taches')
    assert.equal(reply.status, 503)
    assert.match(textOf(await reply.text()), /Le moteur ne répond pas/)
    assert.equal((await post('/taches/lancer', { tache: 'follow-erp', id: 'request-1' })).status, 503)
  })
})
