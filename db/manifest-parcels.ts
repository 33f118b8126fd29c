import { sql } from 'kysely'
import { manifestRef } from '../domain/manifest.ts'
import type { Db } from './connect.ts'
import { type ManifestRow, PART_STEP } from './manifests.ts'

/** True of a parcel that is still to be handed over: labelled, not yet seen by its carrier, of a note that still leaves. */
const isToHandOver = sql<boolean>`parcels.status = 'announced' and exists (
  select 1 from shipments where shipments.delivery_note = parcels.delivery_note and shipments.state <> 'cancelled')`

/** How many parcels wait for a manifest, per carrier and branch. */
export const countUnclaimed = (db: Db) =>
  db
    .selectFrom('parcels')
    .select(['carrier', 'branch'])
    .select((eb) => eb.fn.countAll<number>().as('parcels'))
    .where('manifest', 'is', null)
    .where(isToHandOver)
    .groupBy(['carrier', 'branch'])
    .orderBy('carrier')
    .orderBy('branch')
    .execute()

/**
 * Claims for a manifest every parcel that waits for one, in parts of at most `size`, in one transaction and once: asked
 * again, a manifest that has parcels keeps them and takes no more. Gives how many each part has now.
 */
export async function claimParcels(db: Db, id: string, { size }: { size: number | null }): Promise<number[]> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<ManifestRow>`select * from manifests where id = ${id} for update`.execute(tx)
    const [manifest] = rows
    if (manifest?.state !== 'open' || (await hasBegun(tx, id))) return
    await sql`
      update parcels set manifest = ${id}, manifest_part = chosen.part
      from (select reference, (row_number() over (order by delivery_note, rank) - 1) / ${size ?? MOST}::int as part
        from parcels where carrier = ${manifest.carrier} and branch = ${manifest.branch} and manifest is null and ${isToHandOver}
      ) as chosen
      where parcels.reference = chosen.reference and parcels.manifest is null`.execute(tx)
  })
  return partSizes(db, id)
}

/** A part that was begun may not get other parcels, even when all of its own have gone. */
async function hasBegun(db: Db, id: string): Promise<boolean> {
  const { site, webId } = manifestRef(id)
  const [parcel, effect] = await Promise.all([
    db.selectFrom('parcels').select('reference').where('manifest', '=', id).limit(1).executeTakeFirst(),
    db
      .selectFrom('effects')
      .select('key')
      .where((eb) => eb.and({ site, web_id: webId }))
      .limit(1)
      .executeTakeFirst(),
  ])
  return Boolean(parcel ?? effect)
}

/** More parcels than any branch hands over: one part holds them all. */
const MOST = 1_000_000

/** How many parcels each part has, by its index; a part that lost all of its parcels has 0. */
async function partSizes(db: Db, id: string): Promise<number[]> {
  const rows = await db
    .selectFrom('parcels')
    .select('manifest_part')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('manifest', '=', id)
    .groupBy('manifest_part')
    .execute()
  const last = Math.max(-1, ...rows.map(({ manifest_part }) => manifest_part ?? 0))
  return Array.from({ length: last + 1 }, (_, i) => rows.find(({ manifest_part }) => manifest_part === i)?.n ?? 0)
}

/** Gives back the parcels of a part that are not to be handed over any more. */
export async function dropUnfit(db: Db, id: string, part: number): Promise<void> {
  await db
    .updateTable('parcels')
    .set({ manifest: null, manifest_part: null })
    .where('manifest', '=', id)
    .where('manifest_part', '=', part)
    .where(sql<boolean>`not (${isToHandOver})`)
    .execute()
}

/** Gives back the parcels of the parts that were not made; a part in doubt keeps its own, since the carrier may have them. */
export async function giveBackUnmade(db: Db, id: string): Promise<void> {
  const { site, webId } = manifestRef(id)
  await sql`
    update parcels set manifest = null, manifest_part = null
    where manifest = ${id} and not exists (select 1 from effects where site = ${site} and web_id = ${webId}
      and step = ${PART_STEP} || manifest_part::text and state in ('started', 'done'))`.execute(db)
}

/** Grams of a parcel, as its delivery note tells. */
const WEIGHT = sql<number>`coalesce((select (packed ->> 'weight')::numeric::int
  from jsonb_array_elements(shipments.content -> 'parcels') as packed where (packed ->> 'rank')::int = parcels.rank), 0)`

/** The parcels of a manifest, or of one part of it, in picking order, with what our own list shows of them. */
export async function listedParcels(db: Db, id: string, part?: number) {
  let query = db
    .selectFrom('parcels')
    .innerJoin('shipments', 'shipments.delivery_note', 'parcels.delivery_note')
    .leftJoin('orders', (join) =>
      join.onRef('orders.site', '=', 'parcels.site').onRef('orders.web_id', '=', 'parcels.web_id'),
    )
    .select(['parcels.reference', 'parcels.tracking_number', 'parcels.piece_number', 'parcels.service'])
    .select([WEIGHT.as('weight'), postal('postalCode').as('postal_code'), postal('country').as('country')])
    .where('parcels.manifest', '=', id)
    .orderBy('parcels.delivery_note')
    .orderBy('parcels.rank')
  if (part !== undefined) query = query.where('parcels.manifest_part', '=', part)
  return query.execute()
}

const postal = (field: string) => sql<string>`coalesce(orders.snapshot -> 'shipping' ->> ${field}, '')`
