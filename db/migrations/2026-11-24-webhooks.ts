import { type Kysely, sql } from 'kysely'

/** What the webhooks' door remembers: hashes only, to know a delivery that comes twice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook_deliveries (
      delivery text primary key, site text not null, content text not null, received_at timestamptz not null);
    create index webhook_deliveries_by_content on webhook_deliveries (content);
    create index webhook_deliveries_by_age on webhook_deliveries (received_at);
  `.execute(db)
}
