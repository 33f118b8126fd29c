import { type Kysely, sql } from 'kysely'

/**
 * Parcels of carriers whose shipments have several pieces, the branch that hands them over, and the service bought; labels that
 * were given up are still watched, since a scan of one means that it is used and billed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table parcels
      add column piece_number text,
      add column branch text not null default '',
      add column service text not null default '',
      add column price int;

    create table voided_labels (
      reference text primary key, carrier text not null, tracking_number text not null, piece_number text,
      site text not null, web_id text not null, delivery_note text not null, rank int not null,
      voided_at timestamptz not null default now(), next_check_at timestamptz, scanned_at timestamptz);
    create index voided_labels_due on voided_labels (carrier, next_check_at) where next_check_at is not null;
  `.execute(db)
}
