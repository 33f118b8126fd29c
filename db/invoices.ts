import { Refused } from '../domain/failures.ts'
import type { OrderRef } from '../domain/order.ts'
import type { Db } from './connect.ts'
import type { InvoicesTable } from './schema.ts'

/** Writes down an invoice or credit note of the ERP for one order on it; the same one again changes nothing. */
export async function addInvoice(
  db: Db,
  { site, webId }: OrderRef,
  o: Pick<InvoicesTable, 'number' | 'kind' | 'gross'>,
): Promise<void> {
  await db
    .insertInto('invoices')
    .values({ ...o, site, web_id: webId, document: null })
    .onConflict((c) => c.columns(['number', 'site', 'web_id']).doNothing())
    .execute()
}

/** Notes which stored paper shows an invoice. */
export async function setInvoiceDocument(db: Db, number: string, document: string): Promise<void> {
  await db.updateTable('invoices').set({ document }).where('number', '=', number).execute()
}

/** One invoice of an order; Refused when it is not known here. */
export async function readInvoiceRow(db: Db, { site, webId }: OrderRef, number: string) {
  const row = await db
    .selectFrom('invoices')
    .selectAll()
    .where('number', '=', number)
    .where('site', '=', site)
    .where('web_id', '=', webId)
    .executeTakeFirst()
  if (!row) throw new Refused('refused', `facture ${number} absente`)
  return row
}

/** The orders on an invoice. */
export async function ordersOfInvoice(db: Db, number: string): Promise<OrderRef[]> {
  const rows = await db.selectFrom('invoices').select(['site', 'web_id']).where('number', '=', number).execute()
  return rows.map((row) => ({ site: row.site, webId: row.web_id }))
}
