import { type Kysely, sql } from 'kysely'

interface Row {
  site: string
  source: string
  target: string
  operator: string
}

/** Carriers are chosen by one ordered list of rules per site; the correspondences that did it in part become such lists. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table carrier_rules (
      site text, position int, rule jsonb not null, operator text not null,
      updated_at timestamptz not null default now(), primary key (site, position));
  `.execute(db)
  const { rows } = await sql<Row>`
    select site, source, target, operator from mappings where kind = 'carrier' order by site, updated_at, source
  `.execute(db)
  for (const [site, entered] of Map.groupBy(rows, (row) => row.site)) {
    const operator = entered.at(-1)?.operator ?? ''
    for (const [position, rule] of rulesOf(entered).entries())
      await sql`
        insert into carrier_rules (site, position, rule, operator)
        values (${site}, ${position}, ${JSON.stringify(rule)}, ${operator})`.execute(db)
  }
  // a console of the version before, still running, must not enter rows that nobody reads any more
  await sql`
    delete from mappings where kind = 'carrier';
    alter table mappings add constraint mappings_without_carriers check (kind <> 'carrier');
  `.execute(db)
}

/** The methods that every platform's defaults sent by COLISSIMO DOM; which platform a site has is not in the database. */
const KNOWN = [
  'flat_rate',
  'free_shipping',
  '2',
  '5',
  '6',
  'flatrate_flatrate',
  'freeshipping_freeshipping',
  'tablerate_bestway',
]

/** As before: a method by its row or by default, with service HD for a pickup point; an order without a method by COLISSIMO DOM. */
function rulesOf(entered: Row[]) {
  const chosen = new Map(KNOWN.map((method) => [method, 'COLISSIMO/DOM']))
  for (const { source, target } of entered) chosen.set(source, target)
  const methodsBy = (key: (target: string) => string): [string, string[]][] =>
    [...Map.groupBy(chosen, ([, target]) => key(target))].map(([target, pairs]) => [
      target,
      pairs.map(([code]) => code),
    ])
  return [
    ...methodsBy((target) => `${target.split('/')[0]}/HD`).map(([target, methods]) => rule(target, methods, true)),
    ...methodsBy((target) => target).map(([target, methods]) => rule(target, methods, null)),
    rule('COLISSIMO/DOM', [''], null),
  ]
}

function rule(target: string, methods: string[], pickup: boolean | null) {
  const [carrier, service] = target.split('/')
  return { methods, countries: null, weight: null, amount: null, pickup, choice: { carrier, service } }
}
