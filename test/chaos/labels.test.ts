import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { Client, Connection } from '@temporalio/client'
import { labelActivities } from '../../activities/labels.ts'
import type { Verdict } from '../../db/effects.ts'
import { addShipment } from '../../db/shipments.ts'
import { Refused, Unavailable } from '../../domain/failures.ts'
import { parcelReference } from '../../domain/shipment.ts'
import type { Fault } from '../../sandbox/kit.ts'
import { ANY_PORTS, type SandboxWorld, startSandboxWorld } from '../../starters/sandbox-world.ts'
import { wire } from '../../workers/wiring.ts'
import { putOrder, webOrder } from '../console/world.ts'
import { SELLER, SITE } from '../support/company.ts'
import { openTestDatabase, testServers } from '../support/servers.ts'

const SHIPMENTS = 300
/** Enough for every doubt of a run of bad luck. */
const MOST_TRIES = 40

let world: SandboxWorld
let database: Awaited<ReturnType<typeof openTestDatabase>>
before(async () => {
  ;[database, world] = await Promise.all([openTestDatabase(), startSandboxWorld({ folder: null, ports: ANY_PORTS })])
})
after(async () => {
  await world.close()
  await database.close()
})

/** The same numbers in every run: a run that fails can be run again. */
function openDice(seed: number) {
  let state = seed
  return (sides: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

const PAGE = { contentType: 'text/html', body: '<html>Service momentanément indisponible</html>' }
const SERVER_FAULT =
  '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Server</faultcode><faultstring>Fault occurred while processing.</faultstring></soap:Fault></soap:Body></soap:Envelope>'
const FAULTS: Omit<Fault, 'match'>[] = [
  { drop: 'before' },
  { drop: 'after' },
  { cut: true },
  { status: 429, headers: { 'retry-after': '1' } },
  { status: 500, body: '' },
  { status: 500, contentType: 'text/xml; charset=utf-8', body: SERVER_FAULT },
  { status: 503, ...PAGE },
  { status: 200, ...PAGE },
]
/** Everything that a purchase asks of its carrier: dry run, purchase, label, look-up. */
const CALLS = ['.', 'generateLabel|shipping-cxf|POST /mydhlapi/shipments$']

const SERVICES: Record<string, string> = { COLISSIMO: 'DOM', CHRONOPOST: '01', DHL: 'N' }

test('300 shipments, faults on every call: each parcel has one label, however often and late it was answered', async () => {
  const dice = openDice(20_261_124)
  const deps = wire({
    config: { seller: SELLER },
    outside: world.outside,
    db: database.db,
    client: new Client({ connection: Connection.lazy({ address: testServers().temporalAddress }) }),
    publicUrl: 'https://connecteur.example',
    secret: 'x'.repeat(32),
    findsWithin: () => 0,
  })
  const { createLabels } = labelActivities(deps)
  const tally = { unavailable: 0, doubts: 0, found: 0, absent: 0 }
  const expected: string[] = []
  for (let i = 0; i < SHIPMENTS; i += 1) {
    const carrier = world.carriers[i % world.carriers.length] as SandboxWorld['carriers'][number]
    const order = { site: SITE, webId: String(5_000 + i) }
    const deliveryNote = `BL26-${String(i).padStart(6, '0')}`
    const ranks = Array.from({ length: 1 + dice(3) }, (_, n) => n + 1)
    await putOrder(database.db, webOrder(order))
    const service = SERVICES[carrier.code] as string
    const parcels = ranks.map((rank) => ({ rank, weight: 900, length: 300, width: 200, height: 100, lines: [] }))
    await addShipment(database.db, order, {
      number: deliveryNote,
      carrier: carrier.code,
      service,
      pickupPoint: null,
      parcels,
      backOrder: false,
    })
    const most = deps.carrierOf(carrier.code).abilities.parcelsPerPurchase
    for (let first = 0; first < ranks.length; first += most) {
      const some = ranks.slice(first, first + most)
      const references = some.map((rank) => parcelReference({ ...order, deliveryNote, rank }))
      expected.push(...references)
      await buy({
        carrier,
        references,
        step: { order, deliveryNote, ranks: some, generation: 0, carrier: carrier.code, service },
      })
    }
  }

  /** Tries as the desk of a life does: again when it was unavailable, and as a person finds it when it is in doubt. */
  async function buy(o: {
    carrier: SandboxWorld['carriers'][number]
    references: string[]
    step: Parameters<typeof createLabels>[0]
  }): Promise<void> {
    const { carrier, references, step } = o
    let verdict: Verdict | undefined
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      carrier.faults.clear()
      const fault = FAULTS[dice(FAULTS.length)]
      if (dice(3) > 0 && fault)
        carrier.faults.add({ match: CALLS[dice(CALLS.length)] as string, ...fault, skip: dice(2) })
      const given = verdict
      verdict = undefined
      const failure = await createLabels({ ...step, verdict: given }).then(
        () => null,
        (error: unknown) => error,
      )
      if (failure === null) return
      if (failure instanceof Unavailable) tally.unavailable += 1
      else {
        assert.ok(failure instanceof Refused && failure.code === 'in-doubt', String(failure))
        tally.doubts += 1
        const sold = carrier.labels().find(({ reference }) => reference === references[0])
        tally[sold ? 'found' : 'absent'] += 1
        verdict = { decision: randomUUID(), found: sold?.trackingNumber ?? null }
      }
    }
    assert.fail(`${references[0]} was never bought`)
  }

  const counted = Object.assign({}, ...world.carriers.map((carrier) => carrier.counters().label)) as Record<
    string,
    number
  >
  assert.deepEqual(Object.keys(counted).sort(), expected.sort())
  assert.deepEqual(
    Object.entries(counted).filter(([, times]) => times !== 1),
    [],
  )
  const kept = await database.db.selectFrom('parcels').select(['reference', 'tracking_number', 'document']).execute()
  assert.deepEqual(kept.map(({ reference }) => reference).sort(), expected)
  const sold = new Map(
    world.carriers.flatMap((carrier) => carrier.labels()).map((one) => [one.reference, one.trackingNumber]),
  )
  for (const { reference, tracking_number } of kept) assert.equal(tracking_number, sold.get(reference))
  assert.ok(tally.unavailable > 50 && tally.found > 10 && tally.absent > 10, JSON.stringify(tally))
})
