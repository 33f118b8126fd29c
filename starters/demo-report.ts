import type { Db } from '../db/connect.ts'
import type { OrderRef } from '../domain/order.ts'
import type { SandboxSite } from './sandbox-shops.ts'
import type { SandboxWorld } from './sandbox-world.ts'

/** An order placed on a sandbox shop, with what should become of it. */
export interface DemoOrder {
  site: SandboxSite
  id: string
  template: string
  expectedParked: string | null
  placedAt: number
}

/** One order at its end, or where it waits for a person. */
export interface DemoRow {
  site: string
  platform: string
  id: string
  erpNumber: string
  payment: string
  tracking: string
  mails: number
  invoice: string
  shopStatus: string
  seconds: number
  outcome: 'settled' | 'parked'
  code: string | null
}

const COLUMNS = [14, 12, 8, 13, 10, 28, 6, 13, 12, 8] as const

/** How a row is printed. */
export const demoRows = {
  header: `\n${cells(['site', 'platform', 'web id', 'ERP number', 'payment', 'tracking', 'mails', 'invoice', 'shop status', 'seconds'])}`,
  line(row: DemoRow): string {
    const { site, platform, id, erpNumber, payment, tracking, mails, invoice, shopStatus, seconds } = row
    const shown = cells([
      site,
      platform,
      id,
      erpNumber,
      payment,
      tracking,
      mails,
      invoice,
      shopStatus,
      seconds.toFixed(1),
    ])
    return row.outcome === 'parked' ? `${shown}  waits for a person: ${row.code}` : shown
  },
}

function cells(values: (string | number)[]): string {
  return values.map((value, i) => String(value).padEnd(COLUMNS[i] ?? 10)).join(' ')
}

const refOf = ({ site, id }: DemoOrder): OrderRef => ({ site: site.settings.code, webId: id })

/** Keeps the rows that belong to one order. */
function ownRows<T extends { site: string; web_id: string }>(all: T[], { site, webId }: OrderRef): T[] {
  return all.filter((row) => row.site === site && row.web_id === webId)
}

/** Where the orders stand now: those that have ended, and a fingerprint that changes whenever anything moved. */
export async function readProgress(
  db: Db,
  world: SandboxWorld,
  placed: DemoOrder[],
): Promise<{ ended: DemoRow[]; fingerprint: string }> {
  const orders = await db.selectFrom('orders').selectAll().execute()
  const parked = await db.selectFrom('parked_steps').selectAll().execute()
  const parcels = await db.selectFrom('parcels').selectAll().execute()
  const invoices = await db.selectFrom('invoices').selectAll().execute()
  const { done } = await db
    .selectFrom('effects')
    .select((e) => e.fn.countAll<number>().filterWhere('state', '=', 'done').as('done'))
    .executeTakeFirstOrThrow()
  const mails = world.mailbox.mails()
  const ended = placed.flatMap((order): DemoRow[] => {
    const ref = refOf(order)
    const [row] = ownRows(orders, ref)
    const [wait] = ownRows(parked, ref)
    if (!row || (!wait && !row.closed_at)) return []
    const tracking = ownRows(parcels, ref).map((p) => p.tracking_number)
    return [
      {
        site: ref.site,
        platform: order.site.shop.platform,
        id: order.id,
        erpNumber: row.erp_number ?? '-',
        payment: row.payment_state,
        tracking: tracking.join(' ') || '-',
        mails: mails.filter(({ messageId }) => messageId.includes(`.${ref.webId}.${ref.site}@`)).length,
        invoice:
          ownRows(invoices, ref)
            .map((i) => i.number)
            .join(' ') || '-',
        shopStatus: order.site.shop.order(order.id).status,
        seconds: ((row.closed_at?.getTime() ?? Date.now()) - order.placedAt) / 1000,
        outcome: wait ? 'parked' : 'settled',
        code: wait?.code ?? null,
      },
    ]
  })
  return { ended, fingerprint: `${orders.length}:${done}:${parked.length}:${ended.length}` }
}
