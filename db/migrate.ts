import { type Migration, Migrator } from 'kysely'
import type { Db } from './connect.ts'
import * as initial from './migrations/2026-11-24-initial.ts'
import * as webhooks from './migrations/2026-11-24-webhooks.ts'
import * as parcels from './migrations/2026-11-24b-parcels.ts'
import * as carrierRules from './migrations/2026-11-24c-carrier-rules.ts'
import * as manifests from './migrations/2026-11-24d-manifests.ts'

const migrations: Record<string, Migration> = {
  '2026-11-24-initial': initial,
  '2026-11-24-webhooks': webhooks,
  '2026-11-24b-parcels': parcels,
  '2026-11-24c-carrier-rules': carrierRules,
  '2026-11-24d-manifests': manifests,
}

/** Brings the schema up to date, forward only; safe to call from several processes at once (the migrator locks). */
export async function migrateToLatest(db: Db): Promise<void> {
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest()
  if (error) throw error
}
