import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { Tables } from '../../db/schema.ts'
import { ORDER_LABELS, type OrderState } from '../../domain/order.ts'
import { PAGE_SIZE } from './parts.ts'
import { likePattern, plain } from './report-filter.ts'

/** What the list of orders is narrowed to; empty texts narrow nothing. */
export interface OrderFilter {
  site: string
  /** An order state, or "en-cours" for all that are not closed. */
  etat: string
  reference: string
  attente: string
}

/** Reads the filter from an address; what makes no sense narrows nothing. */
export function readOrderFilter(query: Record<string, string>): OrderFilter {
  const text = (name: string): string => plain(query[name])
  const etat = text('etat')
  return {
    site: text('site'),
    etat: etat === 'en-cours' || Object.hasOwn(ORDER_LABELS, etat) ? etat : '',
    reference: text('reference'),
    attente: text('attente') === 'oui' ? 'oui' : '',
  }
}

function conditions(eb: ExpressionBuilder<Tables, 'orders'>, f: OrderFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = []
  if (f.site) all.push(eb('orders.site', '=', f.site))
  if (f.etat === 'en-cours') all.push(eb('orders.closed_at', 'is', null))
  else if (f.etat) all.push(eb('orders.state', '=', f.etat as OrderState))
  if (f.attente) all.push(eb.exists(stepsOf(eb).select('parked_steps.step')))
  if (f.reference) {
    const pattern = likePattern(f.reference)
    all.push(
      eb.or(
        (['orders.web_id', 'orders.erp_number', 'orders.number'] as const).map((column) =>
          eb(column, 'ilike', pattern),
        ),
      ),
    )
  }
  return all
}

const stepsOf = (eb: ExpressionBuilder<Tables, 'orders'>) =>
  eb
    .selectFrom('parked_steps')
    .whereRef('parked_steps.site', '=', 'orders.site')
    .whereRef('parked_steps.web_id', '=', 'orders.web_id')

/** One page of orders, newest first, each with how many steps wait and the code of the oldest. */
export async function readOrderPage(db: Db, f: OrderFilter, page: number) {
  const filtered = db.selectFrom('orders').where((eb) => eb.and(conditions(eb, f)))
  const [rows, { total }] = await Promise.all([
    filtered
      .select(['site', 'web_id', 'number', 'erp_number', 'placed_at', 'total', 'currency', 'state', 'payment_state'])
      .select(customerName.as('customer'))
      .select((eb) =>
        stepsOf(eb)
          .select((s) => s.fn.countAll<number>().as('n'))
          .$asScalar()
          .$notNull()
          .as('waits'),
      )
      .select((eb) => stepsOf(eb).select('code').orderBy('since').limit(1).as('code'))
      .orderBy('placed_at', 'desc')
      .orderBy('site')
      .orderBy('web_id', 'desc')
      .offset((page - 1) * PAGE_SIZE)
      .limit(PAGE_SIZE)
      .execute(),
    filtered.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ])
  return { rows, total }
}

/** The customer as people name them: the company, else first and last name. */
const customerName = sql<string>`coalesce(nullif(snapshot -> 'customer' ->> 'company', ''),
  trim(concat(snapshot -> 'customer' ->> 'firstName', ' ', snapshot -> 'customer' ->> 'lastName')))`

/** One row of the list of orders. */
export type OrderListRow = Awaited<ReturnType<typeof readOrderPage>>['rows'][number]

/** The big numbers: orders received today (the day of Paris), those under way, those that wait for a person, those settled. */
export async function readNumbers(
  db: Db,
): Promise<{ today: number; running: number; waiting: number; settled: number }> {
  const { rows } = await sql<{ today: number; running: number; waiting: number; settled: number }>`
    select count(*) filter (where imported_at >= date_trunc('day', now() at time zone 'Europe/Paris') at time zone 'Europe/Paris') as today,
      count(*) filter (where closed_at is null) as running,
      (select count(distinct (site, web_id)) from parked_steps) as waiting,
      count(*) filter (where state = 'closed') as settled
    from orders`.execute(db)
  return rows[0] ?? { today: 0, running: 0, waiting: 0, settled: 0 }
}
