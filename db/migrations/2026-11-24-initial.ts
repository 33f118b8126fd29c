import { type Kysely, sql } from 'kysely'

/** The first schema: orders with their effects, papers, parcels, payments, and the operations report. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table orders (
      site text, web_id text, number text not null, web_status text not null,
      snapshot jsonb, refusal jsonb, fingerprint text not null,
      modified_at timestamptz not null, placed_at timestamptz not null, imported_at timestamptz not null default now(),
      total bigint not null, currency text not null,
      state text not null default 'received', payment_state text not null default 'unpaid',
      erp_number text unique, life_started boolean not null default false, closed_at timestamptz, outcome text,
      primary key (site, web_id));
    create index orders_by_date on orders (placed_at desc);

    create table effects (
      key text primary key, site text not null, web_id text not null, step text not null,
      state text not null check (state in ('prepared', 'started', 'done')), answer jsonb, outside_number text,
      attempts int not null default 1, settled_by text,
      started_at timestamptz not null default now(), done_at timestamptz);
    create index effects_by_order on effects (site, web_id, started_at);

    create table documents (
      id text primary key, site text not null, web_id text not null, kind text not null, name text not null,
      media_type text not null, bytes bytea not null, sha256 text not null, created_at timestamptz not null default now());
    create index documents_by_order on documents (site, web_id);

    create table shipments (
      delivery_note text primary key, site text not null, web_id text not null, content jsonb not null,
      state text not null default 'ready', created_at timestamptz not null default now());
    create index shipments_by_order on shipments (site, web_id);

    create table parcels (
      reference text primary key, delivery_note text not null, site text not null, web_id text not null, rank int not null,
      carrier text not null, tracking_number text not null, tracking_url text not null, document text not null,
      status text not null default 'announced', status_at timestamptz not null default now(),
      next_check_at timestamptz, labelled_at timestamptz not null default now());
    create index parcels_due on parcels (carrier, next_check_at) where next_check_at is not null;
    create index parcels_by_order on parcels (site, web_id);

    create table invoices (
      number text, site text, web_id text, kind text not null, gross bigint not null, document text,
      created_at timestamptz not null default now(), primary key (number, site, web_id));

    create table payments (
      site text, web_id text, id text, method text not null, amount bigint not null, transaction_id text,
      paid_at timestamptz not null, state text, primary key (site, web_id, id));

    create table cursors (name text primary key, value text not null, updated_at timestamptz not null default now());

    create table mappings (
      site text, kind text, source text, target text not null, operator text not null,
      updated_at timestamptz not null default now(), primary key (site, kind, source));

    create table operations (
      id text primary key, type text not null, direction text not null, site text, web_id text, erp_number text,
      light text not null, message text not null,
      handled int not null default 0, created int not null default 0, modified int not null default 0,
      ignored int not null default 0, failed int not null default 0,
      trigger text not null, operator text not null default 'Automate', branch text,
      error_code text, remedy text, step text, parked_at timestamptz,
      started_at timestamptz not null default now(), ended_at timestamptz);
    create index operations_by_date on operations (started_at desc);
    create index operations_by_order on operations (site, web_id);

    create table parked_steps (
      workflow_id text, step text, site text not null, web_id text not null, code text not null, remedy text not null,
      may_skip boolean not null, since timestamptz not null, primary key (workflow_id, step));
  `.execute(db)
}
