import { storeDocument } from '../db/documents.ts'
import { performOnce, type Verdict } from '../db/effects.ts'
import { claimParcels, giveBackUnmade, listedParcels } from '../db/manifest-parcels.ts'
import { madeParts, noteManifest, readManifest } from '../db/manifests.ts'
import { readPapers } from '../db/prints.ts'
import { parisDay } from '../domain/days.ts'
import { Refused } from '../domain/failures.ts'
import { type ManifestState, manifestRef } from '../domain/manifest.ts'
import type { Deps } from './deps.ts'
import { mergePdf } from './documents/merge-pdf.ts'
import { manifestDocument } from './manifest-parts.ts'
import { endOf, reportManifest } from './manifest-report.ts'

interface ManifestStep {
  manifest: string
  verdict?: Verdict | undefined
}

/** What was gathered: how many parcels each part has, and who makes its paper. */
export interface Gathered {
  parts: number[]
  /** True where the carrier has no manifest: the paper is our own list. */
  isOurs: boolean
  /** True when a courier is to be called. */
  fetches: boolean
}

/** How a manifest ended, and how many parcels are on it. */
interface Closed {
  state: Exclude<ManifestState, 'open'>
  parcels: number
}

/** The steps of handing parcels over, around those that put them on paper: gather, merge, call the courier, close. */
export function manifestActivities({ db, carrierOf, fetchHours }: Deps) {
  async function mergeParts(manifest: string, papers: string[]): Promise<string> {
    const parts = (await readPapers(db, papers)).map(({ name, bytes }) => ({ name, bytes: new Uint8Array(bytes) }))
    const { bytes } = await mergePdf(parts, { title: 'Bordereau' })
    const id = manifestDocument(manifest)
    const named = { name: `${id}.pdf`, mediaType: 'application/pdf' }
    return storeDocument(db, { id, ref: manifestRef(manifest), kind: 'manifest', ...named, bytes })
  }

  return {
    /** Claims the parcels that wait for this manifest, all at once. */
    async gatherParcels({ manifest }: ManifestStep): Promise<Gathered> {
      const row = await readManifest(db, manifest)
      const { manifestBatch, fetches } = carrierOf(row.carrier).abilities
      const asked = { isOurs: manifestBatch === null, fetches: fetches && fetchHours(row.carrier) !== null }
      if (row.state !== 'open') return { parts: [], ...asked } // a run begun again after its end
      await reportManifest(db, row, { light: 'bleu', message: 'Bordereau en cours.' })
      return { parts: await claimParcels(db, manifest, { size: manifestBatch }), ...asked }
    },

    /** Puts the papers of all parts into one. */
    async mergeManifest({ manifest }: ManifestStep): Promise<void> {
      const parts = await madeParts(db, manifest)
      const numbers = parts.flatMap(({ number }) => number ?? [])
      const papers = parts.flatMap(({ document }) => document ?? [])
      if (papers.length === 0) return
      const document = papers.length === 1 ? papers[0] : await mergeParts(manifest, papers)
      await noteManifest(db, manifest, { number: numbers.join(', '), document: document ?? null })
    },

    /** Calls the courier for a carrier, a branch and a day, once, however many manifests that day has. */
    async callCourier({ manifest, verdict }: ManifestStep): Promise<{ number: string }> {
      const row = await readManifest(db, manifest)
      const hours = fetchHours(row.carrier)
      if (!hours) throw new Refused('not-offered', row.carrier)
      const today = parisDay(new Date())
      const [, day = today] = [row.day, today].sort() // one that was made yesterday calls for today
      const parcels = await listedParcels(db, manifest)
      const weight = parcels.reduce((sum, parcel) => sum + parcel.weight, 0)
      const answer = await performOnce(db, {
        ref: manifestRef(`${row.carrier}:${row.branch}:${day}`),
        step: 'pickup',
        verdict,
        act: async ({ start }) => {
          await start()
          return carrierOf(row.carrier).requestPickup({
            day,
            ...hours,
            parcels: parcels.length,
            weight,
          })
        },
        find: async () => 'unknown',
        numberOf: ({ number }) => number,
      })
      await noteManifest(db, manifest, { pickup_number: answer.number })
      return answer
    },

    /** Ends a manifest and reports it; one given up gives its parcels back, but for the papers that were made. */
    async closeManifest({ manifest, isCancelled }: ManifestStep & { isCancelled: boolean }): Promise<Closed> {
      const row = await readManifest(db, manifest)
      if (row.state !== 'open') return { state: row.state, parcels: row.parcels }
      if (isCancelled) await giveBackUnmade(db, manifest)
      const listed = await listedParcels(db, manifest)
      const state = isCancelled ? 'cancelled' : listed.length === 0 ? 'nothing' : 'done'
      const parcels = listed.length
      const weight = listed.reduce((sum, parcel) => sum + parcel.weight, 0)
      await reportManifest(db, { ...row, parcels }, endOf(state, { ...row, parcels }))
      await noteManifest(db, manifest, { state, parcels, weight })
      return { state, parcels }
    },
  }
}
