import { type Kysely, sql } from 'kysely'

/** Manifests: what is handed over to a carrier, and which parcels are on which; one is open at a time per carrier and branch. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table manifests (
      id text primary key, carrier text not null, branch text not null, day text not null,
      number text, document text, parcels int not null default 0, weight int not null default 0, pickup_number text,
      operator text not null, state text not null default 'open', created_at timestamptz not null default now());
    create unique index manifests_one_open on manifests (carrier, branch) where state = 'open';
    create index manifests_by_day on manifests (day);

    alter table parcels
      add column manifest text,
      add column manifest_part int;
    create index parcels_by_manifest on parcels (manifest) where manifest is not null;
    create index parcels_to_hand_over on parcels (carrier, branch) where manifest is null and status = 'announced';
    create index parcels_by_day on parcels (labelled_at);
  `.execute(db)
}
