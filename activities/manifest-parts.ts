import { storeDocument } from '../db/documents.ts'
import { performOnce, type Verdict } from '../db/effects.ts'
import { dropUnfit, listedParcels } from '../db/manifest-parcels.ts'
import { type MadePart, type ManifestRow, partStep, readManifest } from '../db/manifests.ts'
import { Refused } from '../domain/failures.ts'
import { manifestRef } from '../domain/manifest.ts'
import type { Deps } from './deps.ts'
import { drawManifest } from './documents/manifest-pdf.ts'

/** One part of a manifest, and what a person said about it when it was in doubt. */
export interface PartStep {
  manifest: string
  part: number
  verdict?: Verdict | undefined
}

/** The steps that put parcels on paper, part by part: the carrier's own paper, or our list. */
export function manifestPartActivities({ db, carrierOf, sender }: Deps) {
  async function keep(row: ManifestRow, part: number, paper: { number: string; pdf: Uint8Array }): Promise<MadePart> {
    const { number, pdf: bytes } = paper
    const id = `${manifestDocument(row.id)}-${part + 1}`
    const named = { name: `bordereau-${row.carrier}-${number}.pdf`, mediaType: 'application/pdf' }
    const document = await storeDocument(db, { id, ref: manifestRef(row.id), kind: 'manifest', ...named, bytes })
    return { number, document }
  }

  async function drawOurs(row: ManifestRow, part: number, number: string): Promise<MadePart> {
    const { carrier, branch, day } = row
    const lines = (await listedParcels(db, row.id, part)).map((parcel) => ({
      trackingNumber: parcel.tracking_number,
      pieceNumber: parcel.piece_number,
      reference: parcel.reference,
      weight: parcel.weight,
      product: parcel.service,
      postalCode: parcel.postal_code,
      country: parcel.country,
    }))
    return keep(row, part, { number, pdf: await drawManifest({ carrier, number, branch, day, sender, lines }) })
  }

  /** Makes one part once; parcels that were voided, cancelled or taken meanwhile are left out of a paper not made yet. */
  async function makePart(
    { manifest, part, verdict }: PartStep,
    how: { make: (row: ManifestRow, numbers: string[]) => Promise<MadePart>; isRepeatable: boolean },
  ): Promise<MadePart> {
    const row = await readManifest(db, manifest)
    return performOnce(db, {
      ref: manifestRef(manifest),
      step: partStep(part),
      verdict,
      act: async ({ start }) => {
        await dropUnfit(db, manifest, part)
        const parcels = await listedParcels(db, manifest, part)
        await start()
        if (parcels.length === 0) return { number: null, document: null }
        return how.make(row, [...new Set(parcels.map(({ tracking_number }) => tracking_number))])
      },
      find: how.isRepeatable ? 'repeat' : () => askPerson(row, part),
      adopt: (found) => drawOurs(row, part, found),
      numberOf: ({ number }) => number,
    })
  }

  /** No carrier tells which manifests it made: a person looks, and knows what each answer means. */
  async function askPerson({ id, carrier }: ManifestRow, part: number): Promise<never> {
    const { length } = await listedParcels(db, id, part)
    throw new Refused(
      'in-doubt',
      `cherchez sur le portail ${carrier} un bordereau de ${length} colis : trouvé, donnez son numéro (notre liste en tient lieu); absent, relancez sans numéro`,
    )
  }

  return {
    /** Has the carrier make its own paper for one part, once; one in doubt waits for a person. */
    makeCarrierManifest: (o: PartStep): Promise<MadePart> =>
      makePart(o, {
        make: async (row, numbers) => keep(row, o.part, await carrierOf(row.carrier).makeManifest(numbers)),
        isRepeatable: false,
      }),

    /** Draws our own list for a carrier that makes none. */
    drawManifestList: (o: PartStep): Promise<MadePart> =>
      makePart(o, { make: (row) => drawOurs(row, o.part, ourNumber(row)), isRepeatable: true }),
  }
}

/** An id that stands in an address: "manifest-COLISSIMO-LYON-2026-11-24-1". */
export const manifestDocument = (manifest: string): string => manifest.replace(/[^\w-]/g, '-')

/** "CHRONOPOST-LYON-2026-11-24-1" */
const ourNumber = ({ id }: ManifestRow): string => manifestDocument(id).replace(/^manifest-/, '')
