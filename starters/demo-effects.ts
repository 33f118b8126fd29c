import type { Db } from '../db/connect.ts'
import { PLATFORM_RULES } from '../domain/site.ts'
import type { DemoOrder } from './demo-report.ts'
import type { SandboxWorld } from './sandbox-world.ts'

interface Counting {
  world: SandboxWorld
  placed: DemoOrder[]
  db: Db
}

/** What the other side counted, compared with what each order should have caused: never the workflow's own word. */
export async function countEffects({ world, placed, db }: Counting) {
  const seen = countersOf(world)
  const lost: string[] = []
  const unexpected: string[] = []
  for (const order of placed) {
    const expected = await expectedEffects({ world, order, db })
    for (const [kind, key] of expected.effects) if (!seen[kind]?.[key]) lost.push(`${nameOf(order)}: no ${kind} ${key}`)
    lost.push(...expected.missing)
    unexpected.push(...expected.unexpected)
  }
  const all = Object.entries(seen).flatMap(([kind, keys]) =>
    Object.entries(keys).map(([key, times]) => ({ kind, key, times })),
  )
  const effects: Record<string, number> = {}
  for (const { kind, times } of all) effects[kind] = (effects[kind] ?? 0) + times
  return {
    orders: placed.length,
    expectedParked: placed.filter((order) => order.expectedParked).length,
    effects,
    lost,
    duplicated: all.filter(({ times }) => times > 1).map(({ kind, key, times }) => `${kind} ${key}: ${times} times`),
    unexpected,
  }
}

/** Counters of all servers; a shop's keys are told apart by its site. */
function countersOf({ sites, codial, carriers, mailbox }: SandboxWorld): Record<string, Record<string, number>> {
  const seen: Record<string, Record<string, number>> = {
    ...codial.counters(),
    ...mailbox.counters(),
  }
  for (const carrier of carriers) {
    for (const [kind, keys] of Object.entries(carrier.counters())) seen[kind] = { ...seen[kind], ...keys }
  }
  for (const { shop, settings } of sites) {
    for (const [kind, keys] of Object.entries(shop.counters())) {
      const own = Object.entries(keys).map(([key, times]) => [`${settings.code}:${key}`, times] as const)
      seen[kind] = { ...seen[kind], ...Object.fromEntries(own) }
    }
  }
  return seen
}

const nameOf = (order: DemoOrder): string => `order ${order.site.settings.code} ${order.id} (${order.template})`

interface Expectation {
  effects: [kind: string, key: string][]
  missing: string[]
  unexpected: string[]
}

async function expectedEffects({
  world,
  order,
  db,
}: {
  world: SandboxWorld
  order: DemoOrder
  db: Db
}): Promise<Expectation> {
  const [site, webId] = [order.site.settings.code, order.id]
  const rows = await db
    .selectFrom('parked_steps')
    .select(['code', 'remedy'])
    .where('site', '=', site)
    .where('web_id', '=', webId)
    .execute()
  const codes = rows.map(({ code }) => code)
  const found = world.codial.orders().find((o) => o.site === site && o.reference_web === webId)
  if (order.expectedParked) {
    const wrong = codes.includes(order.expectedParked)
      ? []
      : [`${nameOf(order)}: expected to wait as ${order.expectedParked}, is ${codes.join() || 'not'}`]
    return {
      effects: [],
      missing: [],
      unexpected: found ? [...wrong, `${nameOf(order)}: must not be in the ERP`] : wrong,
    }
  }
  const unexpected = rows.map(({ code, remedy }) => `${nameOf(order)}: waits without cause: ${code}, ${remedy}`)
  const effects: Expectation['effects'] = [['commande', `${site}:${webId}`]]
  if (!found) return { effects, missing: [], unexpected }
  const notes = world.codial.deliveryNotes().filter((note) => note.commande === found.numero)
  const letters = [
    'mail-registered',
    ...notes.flatMap((n) => [`mail-shipped-${n.numero}`, `mail-delivered-${n.numero}`]),
    ...found.factures.map((n) => `mail-invoice-${n}`),
  ]
  for (const letter of letters) effects.push(['mail', `<${letter}.${webId}.${site}@boutique-bio.example>`])
  for (const { numero, colis } of notes) {
    effects.push(['expedition', numero])
    for (const { rang } of colis)
      effects.push(['suivi', `${numero}:${rang}`], ['evenement-suivi', `${numero}:${rang}:delivered`])
  }
  for (const p of await db
    .selectFrom('payments')
    .selectAll()
    .where('site', '=', site)
    .where('web_id', '=', webId)
    .execute())
    effects.push(['reglement', `${found.numero}:${p.transaction_id ?? p.id}`])
  const parcels = await db
    .selectFrom('parcels')
    .selectAll()
    .where('site', '=', site)
    .where('web_id', '=', webId)
    .execute()
  for (const parcel of parcels) effects.push(['label', parcel.reference])
  return {
    effects,
    missing: missingOnShop(
      order,
      parcels.map((p) => p.tracking_number),
      found.factures,
    ),
    unexpected,
  }
}

/** What the customer and the merchant should see on the shop, and do not. */
function missingOnShop(order: DemoOrder, tracking: string[], invoices: string[]): string[] {
  const shown = order.site.shop.order(order.id)
  const { shopStatuses } = PLATFORM_RULES[order.site.shop.platform]
  const name = nameOf(order)
  return [
    ...tracking
      .filter((number) => !shown.tracking.some((text) => text.includes(number)))
      .map((number) => `${name}: the shop does not show ${number}`),
    ...(invoices.length > 0 && !shown.invoice ? [`${name}: the shop does not show ${invoices[0]}`] : []),
    ...([shopStatuses.shipped, shopStatuses.delivered].includes(shown.status)
      ? []
      : [`${name}: the shop shows the status ${shown.status}`]),
  ]
}
