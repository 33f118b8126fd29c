import assert from 'node:assert/strict'
import type { ReadOrder, Shop } from '../../../../activities/shops/shop.ts'
import { type FailureCode, Refused, Unavailable } from '../../../../domain/failures.ts'
import type { WebOrder } from '../../../../domain/order.ts'
import type { SiteRules } from '../../../../domain/site.ts'
import type { ShopSandbox } from '../../../../sandbox/shops/shop-sandbox.ts'

/** Stands between an adapter and its sandbox. */
export type Front = (url: string) => Promise<{ url: string; close(): void }>

/** How a shop is started for one case. */
export interface StartChoice {
  now?: () => Date
  front?: Front
  /** Default good. */
  login?: 'good' | 'bad' | 'read-only'
}

/** A shop and the adapter that speaks to it. */
export interface Ground {
  sandbox: ShopSandbox
  shop: Shop
  rules: SiteRules
  /** What no message may ever hold. */
  secrets: string[]
  close(): Promise<void>
}

/** What differs from one platform to the other; everything else of the battery is the same. */
export interface ShopHarness {
  start(o?: StartChoice): Promise<Ground>
  /** Names of templates; `paid` and `unpaid` are plain orders that travel. */
  templates: { all: string[]; paid: string; unpaid: string }
  /** The platform's words of an order to import, one that waits for money, a cancelled one, one that was sent. */
  words: { imported: string; awaiting: string; cancelled: string; complete: string }
  /** The requests that have each effect, as a pattern on "METHOD /path?query". */
  writes: { status: string; tracking: string; comment: string; invoice: string }
  /** Statuses of the rules that no act of the platform reaches; they and unknown words are refused, or only written down as a comment. */
  mentioned?: string[]
  /** False: no key of this platform only reads. Default true. */
  hasReadOnlyKeys?: boolean
}

/** A case's own world: a shop whose clock only moves when told, and `since` before everything that happens. */
export interface World extends Ground {
  since: string
  /** Moves the shop's clock on. */
  wait(seconds: number): void
}

/** Runs one case in a world of its own; the clock stays in the past, so that nothing seems to come from the future. */
export async function inWorld(
  harness: ShopHarness,
  run: (world: World) => Promise<void>,
  o: Omit<StartChoice, 'now'> = {},
): Promise<void> {
  let clock = Math.floor(Date.now() / 1000) * 1000 - 480_000
  const ground = await harness.start({ ...o, now: () => new Date(clock) })
  const since = new Date(clock - 1_000).toISOString()
  const wait = (seconds: number) => {
    clock += seconds * 1_000
  }
  try {
    await run({ ...ground, since, wait })
  } finally {
    await ground.close()
  }
}

/** Reads every page; no page holds more than 100. */
export async function readAll(shop: Shop, since: string): Promise<ReadOrder[]> {
  const all: ReadOrder[] = []
  let page: string | null = null
  for (let turn = 0; turn < 200; turn += 1) {
    const { orders, next }: Awaited<ReturnType<Shop['readChangedOrders']>> = await shop.readChangedOrders({
      since,
      page,
    })
    assert.ok(orders.length <= 100, `a page of ${orders.length}`)
    all.push(...orders)
    if (next === null) return all
    page = next
  }
  return assert.fail('the reading never ends')
}

/** The one order that a reading shows of this id. */
export async function readIn(shop: Shop, since: string, webId: string): Promise<WebOrder> {
  const found = (await readAll(shop, since)).filter((read) => read.webId === webId)
  assert.equal(found.length, 1, `order ${webId} once in the reading`)
  const [read] = found
  return read && 'order' in read ? read.order : assert.fail(`order ${webId} is readable`)
}

/** Proves that a call is refused with this code, without a secret in any word of it. */
export async function refuses(ground: Ground, work: () => Promise<unknown>, code: FailureCode): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof Refused, `refused, not ${error}`)
    assert.equal(error.code, code)
    keepsSecrets(ground, `${error.message} ${error.remedy} ${error.stack}`)
    return true
  })
}

/** Proves that a call could not be done now, without a secret in any word of it; gives the failure. */
export async function fails(ground: Ground, work: () => Promise<unknown>): Promise<Unavailable> {
  const error = await work().then(
    () => assert.fail('the call went through'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof Unavailable, `unavailable, not ${error}`)
  keepsSecrets(ground, `${error.message} ${error.stack}`)
  return error
}

/** No key, secret or token in a text. */
export function keepsSecrets({ secrets }: Ground, text: string): void {
  for (const secret of secrets) assert.ok(!text.includes(secret), 'a secret in a message')
}
