import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { CarrierRule } from '../domain/carrier-choice.ts'
import type { Db } from './connect.ts'

/** The list that the operators of a site saved; without rules the site's defaults hold. */
export interface SavedRules {
  rules: CarrierRule[]
  /** Names this very list, so that a change is made to what was seen; "" when the defaults hold. */
  version: string
  operator: string | null
  savedAt: Date | null
}

/** Reads a site's own list, in order. */
export async function readCarrierRules(db: Db, site: string): Promise<SavedRules> {
  const rows = await db
    .selectFrom('carrier_rules')
    .select(['rule', 'operator', 'updated_at'])
    .where('site', '=', site)
    .orderBy('position')
    .execute()
  const rules = rows.map((row) => row.rule)
  return { rules, version: versionOf(rules), operator: rows[0]?.operator ?? null, savedAt: rows[0]?.updated_at ?? null }
}

/**
 * Replaces a site's whole list in one transaction; an empty one gives the site back to its defaults. False, and nothing is changed,
 * when the list is not the one that `version` names any more. The list that stands already may be saved again.
 */
export async function replaceCarrierRules(
  db: Db,
  { site, rules, version, operator }: { site: string; rules: CarrierRule[]; version: string; operator: string },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`carrier-rules:${site}`}, 0))`.execute(tx) // no row may be there to lock
    const now = await readCarrierRules(tx, site)
    if (now.version === versionOf(rules)) return true
    if (now.version !== version) return false
    await tx.deleteFrom('carrier_rules').where('site', '=', site).execute()
    const rows = rules.map((rule, position) => ({ site, position, rule: JSON.stringify(rule), operator }))
    if (rows.length > 0) await tx.insertInto('carrier_rules').values(rows).execute()
    return true
  })
}

const versionOf = (rules: CarrierRule[]): string =>
  rules.length === 0
    ? ''
    : createHash('sha256')
        .update(JSON.stringify(rules.map(ordered)))
        .digest('hex')
        .slice(0, 16)

/** The members in one order, as the database keeps them in its own. */
const ordered = ({ methods, countries, weight, amount, pickup, choice }: CarrierRule) => [
  ...[methods, countries, weight && [weight.from, weight.to], amount && [amount.from, amount.to], pickup],
  ...[choice.carrier, choice.service],
]
