import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { BODY_LIMIT } from '../../starters/webhooks/body.ts'
import { startWebhooks, type Webhooks } from '../../starters/webhooks.ts'
import { openTestDatabase } from '../support/servers.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const SECRET = 'secret-of-the-flooded-site-0123456'
const CALLS = 10_000
const ROUNDS = 5
const AT_ONCE = 24
const GENUINE = 2000

interface Call {
  kind: 'genuine' | 'forged' | 'oversized' | 'truncated'
  order: number
}

/** The same flood each time: a small generator with a fixed seed. */
function openDice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function makeFlood(): Call[] {
  const dice = openDice(20261124)
  const calls = Array.from({ length: GENUINE }, (_, order): Call => ({ kind: 'genuine', order }))
  while (calls.length < CALLS) {
    const luck = dice()
    const kind = luck < 0.4 ? 'forged' : luck < 0.85 ? 'genuine' : luck < 0.95 ? 'truncated' : 'oversized'
    calls.push({ kind, order: Math.floor(dice() * GENUINE) })
  }
  for (let i = calls.length - 1; i > 0; i--) {
    const j = Math.floor(dice() * (i + 1))
    const [one, other] = [calls[i], calls[j]]
    if (one && other) [calls[i], calls[j]] = [other, one]
  }
  return calls
}

const bodyOf = (order: number): string => JSON.stringify({ id: order, note: 'n'.repeat(1500), status: 'processing' })

function headersOf({ kind, order }: Call): Record<string, string> {
  const key = kind === 'forged' ? 'guessed' : SECRET
  const signature = createHmac('sha256', key).update(bodyOf(order)).digest('base64')
  return { 'X-WC-Webhook-Signature': signature, 'X-WC-Webhook-Delivery-ID': String(order % 50) }
}

function send(o: { door: Webhooks; agent: Agent; method: string; path: string; call?: Call }): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = o.call ? headersOf(o.call) : {}
    const options = { agent: o.agent, port: o.door.port, method: o.method, path: o.path, headers }
    const outgoing = request({ host: '127.0.0.1', ...options }, (reply) => {
      reply.resume().on('end', () => resolve(reply.statusCode ?? 0))
    })
    outgoing.on('error', reject)
    outgoing.end(o.call ? bodyOf(o.call.order) : undefined)
  })
}

/** Sends what an ordinary client cannot: a body that ends too soon, or announces itself too large. */
function sendRaw(door: Webhooks, call: Call): Promise<number> {
  return new Promise((resolve) => {
    let heard = ''
    const length = call.kind === 'oversized' ? BODY_LIMIT * 50 : bodyOf(call.order).length
    const headers = Object.entries({ Host: 'x', ...headersOf(call), 'Content-Length': String(length) })
    const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const socket = connect({ port: door.port, host: '127.0.0.1', allowHalfOpen: true })
    socket.setEncoding('latin1').on('data', (text) => {
      heard += text
    })
    socket.on('error', () => undefined)
    socket.on('end', () => socket.end())
    socket.on('close', () => resolve(Number(heard.slice(9, 12))))
    socket.write(`POST /webhooks/bio HTTP/1.1\r\n${head}\r\n${bodyOf(call.order).slice(0, -7)}`)
    if (call.kind === 'truncated') socket.end()
  })
}

/** Runs all, so many at once, each timed in milliseconds. */
async function runAll<T>(all: T[], act: (each: T) => Promise<void>): Promise<{ each: T; ms: number }[]> {
  const times: { each: T; ms: number }[] = []
  const rest = all.values()
  const lane = async () => {
    for (const each of rest) {
      const start = performance.now()
      await act(each)
      times.push({ each, ms: performance.now() - start })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return times
}

function p95(times: { ms: number }[]): number {
  return times.map(({ ms }) => ms).toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0
}

/** Sent over kept connections, as the plain calls are, so that their times compare; the others open one each. */
const isOrdinary = ({ kind }: Call): boolean => kind === 'genuine' || kind === 'forged'

const STATUS = { genuine: 200, forged: 401, oversized: 413, truncated: 400 } as const

function usedMemory(): number {
  collect()
  return process.memoryUsage().heapUsed / 1e6
}

/** Sends one call of the flood and holds its answer to what it deserves. */
async function answerOf(o: { door: Webhooks; agent: Agent; call: Call }): Promise<void> {
  const { door, call } = o
  const status = await (isOrdinary(call) ? send({ ...o, method: 'POST', path: '/webhooks/bio' }) : sendRaw(door, call))
  assert.equal(status, STATUS[call.kind], call.kind)
}

async function plainAnswer(o: { door: Webhooks; agent: Agent }): Promise<void> {
  assert.equal(await send({ ...o, method: 'GET', path: '/health' }), 204)
}

/** Sends the flood in rounds, plain calls before and between. */
async function pourOut(o: { door: Webhooks; agent: Agent; flood: Call[] }) {
  const plainCalls = () => runAll(Array.from({ length: 1000 }), () => plainAnswer(o))
  await plainCalls()
  const times: { each: Call; ms: number }[] = []
  const bare: { ms: number }[] = []
  const memory = [usedMemory()]
  for (let round = 0; round < ROUNDS; round++) {
    const share = o.flood.slice((round * CALLS) / ROUNDS, ((round + 1) * CALLS) / ROUNDS)
    times.push(...(await runAll(share, (call) => answerOf({ ...o, call }))))
    bare.push(...(await plainCalls()))
    memory.push(usedMemory())
  }
  return { times, bare, memory }
}

test('ten thousand calls forged, doubled, shuffled, oversized and truncated: none gets in, none genuine is lost', async (t) => {
  const { db, close } = await openTestDatabase()
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  let wakes = 0
  const wake = async () => void wakes++
  const sites = [{ code: 'bio', platform: 'woocommerce' as const, secret: SECRET }]
  const door = await startWebhooks({ port: 0, db, sites, wake })
  const flood = makeFlood()
  const { times, bare, memory } = await pourOut({ door, agent, flood })
  agent.destroy()
  await door.close()
  const rows = await db.selectFrom('webhook_deliveries').select('delivery').execute()
  const report = await db.selectFrom('operations').selectAll().execute()
  await close()

  const answered = p95(times.filter(({ each }) => isOrdinary(each)))
  t.diagnostic(`p95 of an answer ${answered.toFixed(1)} ms, of a plain 204 ${p95(bare).toFixed(1)} ms`)
  t.diagnostic(`p95 of all ${CALLS}, cut and oversized with their own connections: ${p95(times).toFixed(1)} ms`)
  t.diagnostic(`heap after each round, MB: ${memory.map((mb) => mb.toFixed(1)).join(' ')}; wakes ${wakes}`)
  assert.equal(rows.length, GENUINE)
  assert.ok(wakes >= 1 && wakes <= GENUINE, `${wakes} wakes`)
  const forged = flood.filter(({ kind }) => kind === 'forged').length
  const counted = report.reduce((sum, { failed }) => sum + failed, 0)
  assert.equal(counted, forged)
  assert.ok(report.length <= 2, 'one row, or two when the hour turns')
  assert.ok((memory.at(-1) ?? 0) - (memory[1] ?? 0) < 20, 'memory is flat')
  assert.ok(answered <= 10 * p95(bare), `${answered} ms against ${p95(bare)} ms`)
})
