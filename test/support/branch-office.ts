import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import type { Carrier, CarrierAbilities } from '../../activities/carriers/carrier.ts'
import type { Deps } from '../../activities/deps.ts'
import { Refused, Unavailable } from '../../domain/failures.ts'
import { connectTemporal, installRuntime } from '../../workers/connect.ts'
import { startWorkers } from '../../workers/run.ts'
import { wire } from '../../workers/wiring.ts'
import { SELLER } from './company.ts'
import { onePage } from './parcels.ts'
import { openTestDatabase, testServers } from './servers.ts'

/** A carrier played in this process: counts what it was asked, and fails as the test says. */
export interface PlayedCarrier extends Carrier {
  /** The tracking numbers of each manifest made, and the couriers called. */
  manifests: string[][]
  pickups: { day: string; parcels: number; weight: number }[]
  /** What the next call does instead of answering: loses its reply after the effect, or refuses. */
  next: ('lost' | 'refused')[]
}

const NOTHING = async (): Promise<never> => {
  throw new Refused('not-offered')
}

/** Plays a carrier that makes manifests of at most `manifestBatch` parcels (null: none). */
export function playCarrier(o: Partial<CarrierAbilities> = {}): PlayedCarrier {
  const played: PlayedCarrier = {
    manifests: [],
    pickups: [],
    next: [],
    abilities: {
      ...{ parcelsPerPurchase: 1, trackingBatch: 10, manifestBatch: 50, voids: false, findsWithin: null },
      ...{
        sharesNumber: false,
        reprints: true,
        findsPickupPoints: false,
        returns: false,
        insures: false,
        fetches: false,
        formats: [],
      },
      ...o,
    },
    trackingPage: (number) => `https://suivi.example/${number}`,
    async makeManifest(numbers) {
      const manner = played.next.shift()
      if (manner === 'refused') throw new Refused('refused', `le colis ${numbers[0]} est refusé sur le bordereau`)
      played.manifests.push(numbers)
      if (manner === 'lost') throw new Unavailable('played: the reply was lost')
      const number = `B${played.manifests.length}`
      return { number, pdf: await onePage([595.28, 841.89], numbers.join(' ')) }
    },
    async requestPickup({ day, parcels, weight }) {
      played.pickups.push({ day, parcels, weight })
      if (played.next.shift() === 'lost') throw new Unavailable('played: the reply was lost')
      return { number: `P${played.pickups.length}` }
    },
    ...{ checkLabels: NOTHING, createLabels: NOTHING, findLabels: NOTHING, fetchLabels: NOTHING, voidLabel: NOTHING },
    ...{ trackParcels: NOTHING, findPickupPoints: NOTHING, offersFor: NOTHING },
  }
  return played
}

const QUICK = { short: 5, slow: 10, attempt: 5_000 }

let installed = false

/** Workers and a database with played carriers: what hands parcels over, without shops and without an ERP. */
export async function openBranchOffice(o: {
  namespace: string
  carriers: Record<string, Carrier>
  fetchHours?: Deps['fetchHours']
  printerOf?: Deps['printerOf']
}) {
  if (!installed) installRuntime(pino({ level: 'silent' }))
  installed = true
  const servers = testServers()
  const database = await openTestDatabase()
  const address = servers.temporalAddress
  const temporal = await connectTemporal({ address, namespace: o.namespace, login: { tls: undefined } })
  const { db } = database
  const deps: Deps = {
    ...wire({
      config: { seller: SELLER },
      outside: {
        sites: [],
        codial: { url: 'http://127.0.0.1:1', token: '', pace: 1 },
        carriers: [],
        smtpUrl: 'smtp://x',
      },
      ...{ db, client: temporal.client, publicUrl: 'https://connecteur.example', secret: 'x'.repeat(32) },
    }),
    carrierOf: (code) => o.carriers[code] ?? playCarrier(),
    fetchHours: o.fetchHours ?? (() => null),
    ...(o.printerOf ? { printerOf: o.printerOf } : {}),
  }
  const workers = await startWorkers({
    connection: temporal.native,
    ...{ namespace: o.namespace, deps, identity: `test-${process.pid}`, queues: [], sites: [], codialPace: 100 },
    log: pino({ level: 'silent' }),
    carriers: Object.keys(o.carriers).map((carrier) => ({ login: { carrier }, pace: 100 })),
    bundle: servers.bundle,
    overrides: { stickyQueueScheduleToStartTimeout: 500, shutdownGraceTime: 100, shutdownForceTime: 2_000 },
  })
  return {
    db,
    client: temporal.client,
    patience: QUICK,
    async close() {
      await workers.shutdown()
      await temporal.close()
      await database.close()
    },
    newId: randomUUID,
  }
}
