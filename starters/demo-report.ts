import type { Db } from '../db/connect.ts'
import type { SandboxWorld } from './sandbox-world.ts'

/** An order placed on the sandbox shop, with what should become of it. */
export interface DemoOrder {
  id: string
  template: string
  expectedParked: string | null
  placedAt: number
}

/** One order at its end, or where it waits for a person. */
export interface DemoRow {
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

const SITE = 'boutique-bio'
const COLUMNS = [8, 13, 10, 30, 6, 13, 12, 8] as const

/** How a row is printed. */
export const demoRows = {
  header: `\n${cells(['web id', 'ERP number', 'payment', 'tracking', 'mails', 'invoice', 'shop status', 'seconds'])}`,
  line: (row: DemoRow): string =>
    cells([
      row.id,
      row.erpNumber,
      row.payment,
      row.tracking,
      row.mails,
      row.invoice,
      row.shopStatus,
      row.seconds.toFixed(1),
    ]) + (row.outcome === 'parked' ? `  waits for a person: ${row.code}` : ''),
}

function cells(values: (string | number)[]): string {
  return values.map((value, i) => String(value).padEnd(COLUMNS[i] ?? 10)).join(' ')
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
    const row = orders.find((o) => o.web_id === order.id)
    const wait = parked.find((p) => p.web_id === order.id)
    if (!row || (!wait && !row.closed_at)) return []
    const own = <T extends { web_id: string }>(all: T[]): T[] => all.filter((x) => x.web_id === order.id)
    return [
      {
        id: order.id,
        erpNumber: row.erp_number ?? '-',
        payment: row.payment_state,
        tracking:
          own(parcels)
            .map((p) => p.tracking_number)
            .join(' ') || '-',
        mails: mails.filter((mail) => mail.messageId.includes(`.${order.id}.${SITE}@`)).length,
        invoice:
          own(invoices)
            .map((i) => i.number)
            .join(' ') || '-',
        shopStatus: world.shop.order(order.id)?.status ?? '?',
        seconds: ((row.closed_at?.getTime() ?? Date.now()) - order.placedAt) / 1000,
        outcome: wait ? 'parked' : 'settled',
        code: wait?.code ?? null,
      },
    ]
  })
  return { ended, fingerprint: `${orders.length}:${done}:${parked.length}:${ended.length}` }
}

/** What the other side counted, compared with what each order should have caused: never the workflow's own word. */
export async function countEffects({ world, placed, db }: { world: SandboxWorld; placed: DemoOrder[]; db: Db }) {
  const seen: Record<string, Record<string, number>> = {
    ...world.shop.counters(),
    ...world.codial.counters(),
    ...world.colissimo.counters(),
    ...world.mailbox.counters(),
  }
  const lost: string[] = []
  const unexpected: string[] = []
  for (const order of placed) {
    const expected = await expectedEffects({ world, order, db })
    for (const [kind, key] of expected.effects)
      if (!seen[kind]?.[key]) lost.push(`order ${order.id}: no ${kind} ${key}`)
    unexpected.push(...expected.unexpected)
  }
  const once = Object.entries(seen).flatMap(([kind, keys]) =>
    Object.entries(keys).map(([key, times]) => ({ kind, key, times })),
  )
  return {
    orders: placed.length,
    expectedParked: placed.filter((order) => order.expectedParked).length,
    effects: Object.fromEntries(
      Object.entries(seen).map(([kind, keys]) => [kind, Object.values(keys).reduce((a, b) => a + b, 0)]),
    ),
    lost,
    duplicated: once.filter(({ times }) => times > 1).map(({ kind, key, times }) => `${kind} ${key}: ${times} times`),
    unexpected,
  }
}

async function expectedEffects({ world, order, db }: { world: SandboxWorld; order: DemoOrder; db: Db }) {
  const webId = order.id
  const parked = await db.selectFrom('parked_steps').select('code').where('web_id', '=', webId).execute()
  const codes = parked.map((p) => p.code)
  const found = world.codial.orders().find((o) => o.reference_web === webId)
  if (order.expectedParked) {
    const wrong = codes.includes(order.expectedParked)
      ? []
      : [`order ${order.id}: expected to wait as ${order.expectedParked}, is ${codes.join() || 'not'}`]
    return {
      effects: [] as [string, string][],
      unexpected: found ? [...wrong, `order ${order.id}: must not be in the ERP`] : wrong,
    }
  }
  const unexpected = codes.map((code) => `order ${order.id} (${order.template}): waits without cause: ${code}`)
  const effects: [string, string][] = [['commande', `${SITE}:${webId}`]]
  if (!found) return { effects, unexpected }
  effects.push(['order-status', `${webId}:completed`])
  const notes = world.codial.deliveryNotes().filter((note) => note.commande === found.numero)
  const letters = [
    'mail-registered',
    ...notes.map((note) => `mail-shipped-${note.numero}`),
    ...found.factures.map((number) => `mail-invoice-${number}`),
  ]
  for (const letter of letters) effects.push(['mail', `<${letter}.${webId}.${SITE}@boutique-bio.example>`])
  for (const { numero, colis } of notes) {
    effects.push(['expedition', numero])
    for (const { rang } of colis)
      effects.push(['suivi', `${numero}:${rang}`], ['evenement-suivi', `${numero}:${rang}:delivered`])
  }
  const payments = await db.selectFrom('payments').selectAll().where('web_id', '=', webId).execute()
  for (const p of payments) effects.push(['reglement', `${found.numero}:${p.transaction_id ?? p.id}`])
  const parcels = await db.selectFrom('parcels').selectAll().where('web_id', '=', webId).execute()
  for (const parcel of parcels) effects.push(['label', parcel.reference])
  return { effects, unexpected }
}
