import { createHash } from 'node:crypto'
import { Refused } from '../domain/failures.ts'
import type { OrderRef } from '../domain/order.ts'
import type { Db } from './connect.ts'
import type { DocumentsTable } from './schema.ts'

/** A paper to keep. */
export interface NewDocument {
  id: string
  ref: OrderRef
  kind: DocumentsTable['kind']
  name: string
  mediaType: string
  bytes: Uint8Array
}

/** Keeps a paper under an id of the caller's making; the first bytes stored stay the original for ever. */
export async function storeDocument(db: Db, { id, ref, kind, name, mediaType, bytes }: NewDocument): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await db
    .insertInto('documents')
    .values({
      id,
      site: ref.site,
      web_id: ref.webId,
      kind,
      name,
      media_type: mediaType,
      bytes: Buffer.from(bytes),
      sha256,
    })
    .onConflict((c) => c.column('id').doNothing())
    .execute()
  return id
}

/** Reads a kept paper; Refused when there is none. */
export async function readDocument(db: Db, id: string) {
  const row = await db.selectFrom('documents').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new Refused('refused', `document ${id} absent`)
  return row
}
