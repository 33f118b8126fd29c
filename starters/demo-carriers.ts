import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { Client } from '@temporalio/client'
import { replaceCarrierRules } from '../db/carrier-rules.ts'
import type { Db } from '../db/connect.ts'
import { openManifest, readManifest } from '../db/manifests.ts'
import type { CarrierRule } from '../domain/carrier-choice.ts'
import { parisDay } from '../domain/days.ts'
import { PLATFORM_RULES } from '../domain/site.ts'
import { manifestId } from '../workflows/ids.ts'
import { changeService } from '../workflows/messages.ts'
import { CONNECTOR_QUEUE } from '../workflows/queues.ts'
import type { SandboxWorld } from './sandbox-world.ts'

/** In France, the cheapest orders go by Chronopost and the next by DHL; all others go as the site's defaults say. */
const BY_AMOUNT = [
  { amount: { from: 0, to: 5_000 }, choice: { carrier: 'CHRONOPOST', service: '01' } },
  { amount: { from: 5_000, to: 9_000 }, choice: { carrier: 'DHL', service: 'N' } },
]

/** Spreads the orders of all sites over the three carriers, by the rules that an operator would enter. */
export async function spreadOverCarriers(db: Db, { sites }: SandboxWorld): Promise<void> {
  for (const { settings } of sites) {
    const { carrierRules } = PLATFORM_RULES[settings.login.platform]
    const rules: CarrierRule[] = carrierRules.flatMap((rule) =>
      rule.pickup ? [rule] : [...BY_AMOUNT.map((row) => ({ ...rule, countries: ['FR'], pickup: false, ...row })), rule],
    )
    await replaceCarrierRules(db, { site: settings.code, rules, version: '', operator: 'marie' })
  }
}

interface Demo {
  db: Db
  client: Client
}

/** One manifest as the demo prints it. */
export interface DemoManifest {
  carrier: string
  state: string
  parcels: number
  pages: number
}

/** Waits until the branch has packed what it can, then hands the parcels of the day over to each carrier. */
export async function handOver(
  o: Demo & { world: SandboxWorld; say: (line: string) => void },
): Promise<DemoManifest[]> {
  await untilLabelsRest(o.db)
  if (await changeRefused(o)) await untilLabelsRest(o.db)
  const made: DemoManifest[] = []
  for (const { code } of o.world.carriers) made.push(await makeManifest(o, code))
  return made
}

/** What a person does with an address that a carrier's lines do not hold: one decision, another carrier. */
async function changeRefused({ db, client, say }: Demo & { say: (line: string) => void }): Promise<boolean> {
  const waiting = await db
    .selectFrom('parked_steps')
    .selectAll()
    .where('step', 'like', 'make label%')
    .where('code', '=', 'address-refused')
    .execute()
  for (const { workflow_id, web_id, remedy } of waiting) {
    const id = randomUUID()
    const choice = { carrier: 'COLISSIMO', service: 'DOS', pickupPoint: null }
    const request = { id, operator: 'marie', branch: 'LYON', choice }
    await client.workflow.getHandle(workflow_id).executeUpdate(changeService, { args: [request], updateId: id })
    say(`order ${web_id}: ${remedy.split(' — ')[0]}; one decision: COLISSIMO DOS`)
  }
  return waiting.length > 0
}

/** No label was made for three seconds: the rest waits for a person, or for the branch. */
async function untilLabelsRest(db: Db): Promise<void> {
  for (let [labels, still] = [0, 0]; still < 12; ) {
    await delay(250)
    const { n } = await db
      .selectFrom('parcels')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    still = n === labels && n > 0 ? still + 1 : 0
    labels = n
  }
}

async function makeManifest({ db, client }: Demo, carrier: string): Promise<DemoManifest> {
  const place = { carrier, branch: 'LYON', day: parisDay(new Date()) }
  const { row } = await openManifest(db, { ...place, operator: 'marie', idOf: (n) => manifestId(place, n) })
  await client.workflow.execute('carrierManifest', {
    workflowId: row.id,
    taskQueue: CONNECTOR_QUEUE,
    args: [{ ...place, manifest: row.id }],
  })
  const { state, parcels, document } = await readManifest(db, row.id)
  return { carrier, state, parcels, pages: document ? await pagesOf(db, document) : 0 }
}

async function pagesOf(db: Db, document: string): Promise<number> {
  const { bytes } = await db
    .selectFrom('documents')
    .select('bytes')
    .where('id', '=', document)
    .executeTakeFirstOrThrow()
  return (await PDFDocument.load(new Uint8Array(bytes))).getPageCount()
}
