import { type Mapping, type SiteRules, withMappings } from '../domain/site.ts'
import { readCarrierRules } from './carrier-rules.ts'
import type { Db } from './connect.ts'

/** The rules of a site with what operators entered laid over its defaults; their own list of carriers replaces the default one. */
export async function readRules(db: Db, site: string, defaults: SiteRules): Promise<SiteRules> {
  const [mappings, { rules: own }] = await Promise.all([readMappings(db, site), readCarrierRules(db, site)])
  const laid = withMappings(defaults, mappings)
  return own.length > 0 ? { ...laid, carrierRules: own } : laid
}

/** What operators entered for a site. */
export async function readMappings(db: Db, site: string): Promise<Mapping[]> {
  return db
    .selectFrom('mappings')
    .select(['kind', 'source', 'target'])
    .where('site', '=', site)
    .orderBy('kind')
    .orderBy('source')
    .execute()
}

/** Enters or corrects one correspondence. */
export async function saveMapping(db: Db, o: Mapping & { site: string; operator: string }): Promise<void> {
  await db
    .insertInto('mappings')
    .values(o)
    .onConflict((c) =>
      c
        .columns(['site', 'kind', 'source'])
        .doUpdateSet({ target: o.target, operator: o.operator, updated_at: new Date() }),
    )
    .execute()
}

/** Takes one correspondence back: the site's default holds again. */
export async function deleteMapping(db: Db, o: Pick<Mapping, 'kind' | 'source'> & { site: string }): Promise<void> {
  await db
    .deleteFrom('mappings')
    .where('site', '=', o.site)
    .where('kind', '=', o.kind)
    .where('source', '=', o.source)
    .execute()
}
