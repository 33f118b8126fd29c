import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import type { Company } from './company.ts'

type Event = {
  activityTaskScheduledEventAttributes?: { activityType?: { name?: string } }
  markerRecordedEventAttributes?: unknown
}

/** The activities of a life in the order they were asked for; short writes to our own database carry their name in a marker. */
export async function stepsIn({ client }: Company, workflowId: string): Promise<string[]> {
  const { events } = JSON.parse(historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory())) as {
    events: Event[]
  }
  return events.flatMap((event) => {
    const name = event.activityTaskScheduledEventAttributes?.activityType?.name
    if (name) return [name]
    const marker = event.markerRecordedEventAttributes
      ? decode(JSON.stringify(event.markerRecordedEventAttributes))
      : ''
    const local = /"activity_type":"(\w+)"/.exec(marker)?.[1]
    return local && local !== 'noteAttention' ? [local] : []
  })
}

/** Replaces every base64 text by what it says, so that payloads can be searched. */
function decode(json: string): string {
  return json.replace(/"([A-Za-z0-9+/]{4,}={0,2})"/g, (whole, text: string) => {
    const said = Buffer.from(text, 'base64').toString('utf8')
    return said.includes('\ufffd') || said.includes('\0') ? whole : said
  })
}

/** Names, streets, e-mails, phones and secrets of the company that are found in any history of its namespace. */
export async function personalDataIn(company: Company): Promise<string[]> {
  const words = await secretWords(company)
  const found: string[] = []
  for await (const { workflowId, runId } of company.client.workflow.list()) {
    const history = await company.client.workflow.getHandle(workflowId, runId).fetchHistory()
    const text = decode(historyToJSON(history))
    for (const word of words) if (text.includes(word)) found.push(`${workflowId}: ${word.slice(0, 4)}…`)
  }
  return found
}

async function secretWords({ db, world }: Company): Promise<string[]> {
  const { sites, codial, carriers } = world.outside
  const keys = [
    ...sites.flatMap(({ login: { platform: _, ...secrets } }) => Object.values(secrets)),
    codial.token,
    ...carriers.flatMap(({ login }) =>
      login.carrier === 'COLISSIMO' ? [login.apiKey, login.okapiKey] : [login.password],
    ),
  ]
  const orders = await db.selectFrom('orders').select('snapshot').execute()
  const people = orders.flatMap(({ snapshot }) => {
    if (!snapshot) return []
    const { customer, billing, shipping } = snapshot
    return [customer.lastName, customer.email, customer.phone, billing.lastName, ...billing.lines, ...shipping.lines]
  })
  return [...new Set([...keys, ...people])].filter((word): word is string => Boolean(word && word.length >= 5))
}
