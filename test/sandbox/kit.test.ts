import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { Hono } from 'hono'
import { type Counters, openLedger, openStore, type SandboxServer, serveSandbox } from '../../sandbox/kit.ts'
import { jsonOf, send } from './raw-http.ts'

const startLamp = async () => {
  const ledger = openLedger(openStore<{ counters?: Counters }>(undefined, () => ({})))
  const app = new Hono()
  app.post('/lamp', (c) => {
    ledger.count('switched', 'lamp')
    return c.text('0123456789', 201)
  })
  return serveSandbox({ app, ledger })
}

describe('faults of a sandbox server', () => {
  let server: SandboxServer
  const press = () => send({ url: `${server.url}/lamp?room=1`, method: 'POST', body: 'x' })
  const switched = () => server.counters().switched?.lamp ?? 0

  beforeEach(async () => {
    server = await startLamp()
  })
  afterEach(() => server.close())

  it('lets everything pass while there is no fault', async () => {
    const { status, text } = await press()
    assert.deepEqual([status, text, switched()], [201, '0123456789', 1])
  })

  it('cuts before the effect', async () => {
    server.faults.add({ match: '^POST /lamp\\?room=1$', drop: 'before' })
    const { status, isCut } = await press()
    assert.deepEqual([status, isCut, switched()], [0, true, 0])
  })

  it('cuts after the effect, without a reply', async () => {
    server.faults.add({ match: 'lamp', drop: 'after' })
    const { status, isCut } = await press()
    assert.deepEqual([status, isCut, switched()], [0, true, 1])
  })

  it('replies with half of the body, then cuts', async () => {
    server.faults.add({ match: 'lamp', cut: true })
    const { status, text, isCut, headers } = await press()
    assert.deepEqual([status, text, isCut, headers['content-length'], switched()], [201, '01234', true, '10', 1])
  })

  it('answers a status instead of the effect, in JSON, with headers', async () => {
    server.faults.add({ match: 'lamp', status: 503, headers: { 'Retry-After': '7' } })
    const reply = await press()
    assert.equal(reply.status, 503)
    assert.equal(reply.headers['retry-after'], '7')
    assert.match(reply.headers['content-type'] ?? '', /^application\/json/)
    assert.deepEqual(jsonOf(reply), { code: 'sandbox_fault', message: 'A fault of the sandbox', data: { status: 503 } })
    assert.equal(switched(), 0)
  })

  it('answers a page of HTML when told to', async () => {
    server.faults.add({ match: 'lamp', status: 502, body: '<h1>Bad gateway</h1>', contentType: 'text/html' })
    const { status, text, headers } = await press()
    assert.deepEqual([status, text, headers['content-type']], [502, '<h1>Bad gateway</h1>', 'text/html'])
  })

  it('answers late, after the effect was done', async () => {
    server.faults.add({
      match: 'lamp',
      delayMs: 60_000,
      hook: { when: 'after', run: () => assert.equal(switched(), 1) },
    })
    const pressed = press()
    while (server.faults.list().length > 0) await new Promise(setImmediate)
    await server.close()
    assert.equal((await pressed).isCut, true)
    assert.equal(switched(), 1)
  })

  it('runs hooks before and after the effect, and waits for them', async () => {
    const seen: number[] = []
    const look = async () => void seen.push(switched())
    server.faults.add({ match: 'lamp', hook: { when: 'before', run: look } })
    server.faults.add({ match: 'lamp', hook: { when: 'after', run: look } })
    assert.deepEqual([(await press()).status, (await press()).status], [201, 201])
    assert.deepEqual(seen, [0, 2])
  })

  it('skips the first matches, then hits as often as told', async () => {
    server.faults.add({ match: 'lamp', skip: 1, times: 2, status: 500 })
    const statuses = [await press(), await press(), await press(), await press()].map((reply) => reply.status)
    assert.deepEqual(statuses, [201, 500, 500, 201])
    assert.deepEqual(server.faults.list(), [])
  })

  it('is steered over HTTP too, and never by a wrong fault', async () => {
    const url = `${server.url}/_faults`
    const post = (body: unknown) => send({ url, method: 'POST', body: JSON.stringify(body) })
    assert.equal((await post({ match: '(', status: 500 })).status, 400)
    assert.equal((await post({ match: 'lamp', statuss: 500 })).status, 400)
    assert.equal(
      (
        await post([
          { match: 'lamp', status: 500 },
          { match: '_counters', status: 500 },
        ])
      ).status,
      201,
    )
    assert.equal((await press()).status, 500)
    assert.deepEqual(jsonOf(await send({ url })), [{ match: '_counters', status: 500 }])
    assert.deepEqual(jsonOf(await send({ url: `${server.url}/_counters` })), {})
    await send({ url, method: 'DELETE' })
    assert.deepEqual(server.faults.list(), [])
  })
})

describe('the state of a sandbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-kit-'))
  const file = join(folder, 'deep', 'state.json')

  it('survives a restart with its counters, in one whole file', () => {
    const store = openStore<{ counters?: Counters; names: string[] }>(file, () => ({ names: [] }))
    store.data.names.push('Zoé')
    openLedger(store).count('label', 'BL-1')
    const again = openStore<typeof store.data>(file, () => ({ names: ['never'] }))
    assert.deepEqual(again.data.names, ['Zoé'])
    assert.equal(openLedger(again).snapshot().label?.['BL-1'], 1)
    assert.deepEqual(readdirSync(join(folder, 'deep')), ['state.json'])
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).names[0], 'Zoé')
    rmSync(folder, { recursive: true })
  })
})
