import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Tables } from './schema.ts'

/** Our database, typed by its tables. */
export type Db = Kysely<Tables>

/** Opens a pool on a PostgreSQL address; `destroy()` it to end. Amounts are whole cents, so bigint reads as number. */
export function openDatabase(url: string, { connections = 30 }: { connections?: number } = {}): Db {
  pg.types.setTypeParser(pg.types.builtins.INT8, Number)
  const pool = new pg.Pool({ connectionString: url, max: connections, application_name: 'codial-connector' })
  pool.on('error', () => undefined) // an idle connection that the server closed; the next query opens another
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
