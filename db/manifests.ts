import type { Selectable } from 'kysely'
import { Refused } from '../domain/failures.ts'
import { type ManifestPlace, type ManifestState, manifestRef } from '../domain/manifest.ts'
import type { Db } from './connect.ts'
import type { ManifestsTable } from './schema-shipments.ts'

/** A manifest as the database keeps it. */
export type ManifestRow = Selectable<ManifestsTable>

/** Opens the manifest of a carrier and a branch under the id made of its rank that day, or gives the one that is still open. */
export async function openManifest(
  db: Db,
  o: ManifestPlace & { operator: string; idOf: (n: number) => string },
): Promise<{ row: ManifestRow; isNew: boolean }> {
  const { carrier, branch, day, operator, idOf } = o
  for (let tries = 0; tries < 3; tries += 1) {
    const { n } = await db
      .selectFrom('manifests')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where((eb) => eb.and({ carrier, branch, day }))
      .executeTakeFirstOrThrow()
    const added = await db
      .insertInto('manifests')
      .values({ id: idOf(n + 1), carrier, branch, day, operator })
      .onConflict((c) => c.doNothing()) // another is open, by the index of open ones
      .returningAll()
      .executeTakeFirst()
    const row = added ?? (await findOpenManifest(db, { carrier, branch }))
    if (row) return { row, isNew: Boolean(added) }
  }
  throw new Error('the open manifest closed each time it was looked for')
}

const findOpenManifest = (db: Db, { carrier, branch }: Pick<ManifestPlace, 'carrier' | 'branch'>) =>
  db
    .selectFrom('manifests')
    .selectAll()
    .where((eb) => eb.and({ carrier, branch, state: 'open' }))
    .executeTakeFirst()

/** Reads a manifest; Refused when it is not known here. */
export async function readManifest(db: Db, id: string): Promise<ManifestRow> {
  const row = await db.selectFrom('manifests').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new Refused('refused', `bordereau ${id} absent`)
  return row
}

/** How the effects of parts are called. */
export const PART_STEP = 'manifest:'

/** The effect of one part. */
export const partStep = (part: number): string => `${PART_STEP}${part}`

/** What making one part gave; both null when none of its parcels was to be handed over any more. */
export interface MadePart {
  number: string | null
  document: string | null
}

/** The parts that were made, in their order. */
export async function madeParts(db: Db, id: string): Promise<MadePart[]> {
  const { site, webId } = manifestRef(id)
  const rows = await db
    .selectFrom('effects')
    .select(['step', 'answer'])
    .where((eb) => eb.and({ site, web_id: webId, state: 'done' }))
    .where('step', 'like', `${PART_STEP}%`)
    .execute()
  const indexOf = ({ step }: { step: string }): number => Number(step.slice(PART_STEP.length))
  return rows.sort((a, b) => indexOf(a) - indexOf(b)).map(({ answer }) => answer as unknown as MadePart)
}

/** Writes down how a manifest ended, or what is known of it so far. */
export async function noteManifest(
  db: Db,
  id: string,
  set: Partial<
    Pick<ManifestRow, 'number' | 'document' | 'parcels' | 'weight' | 'pickup_number'> & { state: ManifestState }
  >,
): Promise<void> {
  await db.updateTable('manifests').set(set).where('id', '=', id).execute()
}
