import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Db, openDatabase } from '../../db/connect.ts'
import { migrateToLatest } from '../../db/migrate.ts'

/** Namespaces made when the test server starts: each test file that runs workflows takes one of its own. */
export const NAMESPACES = [
  'default',
  'flows',
  'cancels',
  'chaos',
  'drops',
  'replay',
  'demo',
  'restart',
  'messages',
  'parked',
  'roles',
  'changes',
  'labels',
  'carriers',
  'hooks',
  'sites',
  'manifests',
  'parcels',
  'slips',
  'questions',
]

/** Where the shared servers of a test run are. */
export interface TestServers {
  databaseUrl: string
  temporalAddress: string
  temporalBinary: string
  bundle: string
}

/** The shared servers, started by test/setup.ts. */
export function testServers(): TestServers {
  const found = process.env.TEST_SERVERS
  if (!found) throw new Error('run tests with --test-global-setup=test/setup.ts, as "npm test" does')
  return JSON.parse(found) as TestServers
}

/** A database of its own for one test file, migrated. */
export async function openTestDatabase(): Promise<{ db: Db; url: string; close(): Promise<void> }> {
  const { databaseUrl } = testServers()
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ connectionString: databaseUrl })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  const url = databaseUrl.replace(/\/[^/]*$/, `/${name}`)
  const db = openDatabase(url, { connections: 20 })
  await migrateToLatest(db)
  return { db, url, close: () => db.destroy() }
}
