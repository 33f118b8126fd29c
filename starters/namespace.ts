import { setTimeout as delay } from 'node:timers/promises'
import type { Connection } from '@temporalio/client'
import { msToTs, optionalTsToMs } from '@temporalio/common/lib/time.js'
import proto from '@temporalio/proto'
import { codeOf, StartProblem } from './embedded/problem.ts'

const { IndexedValueType } = proto.temporal.api.enums.v1
const valueTypes = {
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KeywordList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
}

/** The words by which people find orders in the Temporal UI, with their types; neither can change later, none holds personal data. */
export const SEARCH_ATTRIBUTES = {
  Site: 'Keyword',
  OrderReference: 'Keyword',
  ErpDocument: 'Keyword',
  Stage: 'Keyword',
  FailureCode: 'Keyword',
  Carrier: 'Keyword',
  Operator: 'Keyword',
  Branch: 'Keyword',
  PendingStep: 'KeywordList',
  NeedsAttention: 'Bool',
  ParkedAt: 'Datetime',
} as const

const allAttributes = Object.keys(SEARCH_ATTRIBUTES)
  .map((name) => `${name} IS NULL`)
  .join(' AND ')

/** gRPC codes (https://grpc.io/docs/guides/status-codes). */
const invalidArgument = '3'
const notFound = '5'
const alreadyExists = '6'
const usablePatienceMs = 60_000

interface Place {
  connection: Pick<Connection, 'workflowService' | 'operatorService'>
  namespace: string
  retentionDays?: number
}

/**
 * Makes a namespace ready for our workflows, at every start: there, keeping closed histories `retentionDays` at least
 * (a new one has a day only), with our search attributes; back when the server accepts them. Repeating it changes nothing.
 */
export async function prepareNamespace({ connection, namespace, retentionDays = 90 }: Place): Promise<void> {
  const place = { connection, namespace, retentionDays }
  if (!(await register(place))) await lengthenRetention(place)
  await until('is not usable after a minute', () => searches({ ...place, query: '' }))
  await addMissingAttributes(place)
  await until('does not know our search attributes after a minute', () => searches({ ...place, query: allAttributes }))

  async function until(trouble: string, isTrue: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + usablePatienceMs; Date.now() < end; await delay(100)) if (await isTrue()) return
    throw new StartProblem(`The Temporal namespace ${namespace} ${trouble}: see the log of the Temporal server.`)
  }
}

type Prepared = Required<Place>

/** False when it is there already. */
async function register({ connection, namespace, retentionDays }: Prepared): Promise<boolean> {
  if (await exists({ connection, namespace })) return false
  const workflowExecutionRetentionPeriod = retention(retentionDays)
  try {
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod })
    return true
  } catch (error) {
    if (codeOf(error) === alreadyExists) return false
    throw error
  }
}

async function exists({ connection, namespace }: Place): Promise<boolean> {
  try {
    await connection.workflowService.describeNamespace({ namespace })
    return true
  } catch (error) {
    if (codeOf(error) === notFound) return false
    throw error
  }
}

/** Never shortens: histories that somebody chose to keep longer would be deleted. */
async function lengthenRetention({ connection, namespace, retentionDays }: Prepared): Promise<void> {
  const { config } = await connection.workflowService.describeNamespace({ namespace })
  const keptMs = optionalTsToMs(config?.workflowExecutionRetentionTtl) ?? 0
  if (keptMs >= retentionDays * 86_400_000) return
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: retention(retentionDays) },
  })
}

function retention(days: number) {
  return msToTs(days * 86_400_000)
}

async function addMissingAttributes({ connection, namespace }: Prepared): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
  const missing: Record<string, number> = {}
  for (const [name, type] of Object.entries(SEARCH_ATTRIBUTES)) {
    const there = customAttributes?.[name]
    if (there === undefined) missing[name] = valueTypes[type]
    else if (there !== valueTypes[type]) throw wrongType({ namespace, name, type })
  }
  if (Object.keys(missing).length === 0) return
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing })
  } catch (error) {
    if (codeOf(error) !== alreadyExists) throw error
  }
}

function wrongType({ namespace, name, type }: { namespace: string; name: string; type: string }): StartProblem {
  return new StartProblem(
    `The search attribute ${name} of the Temporal namespace ${namespace} is not of type ${type}, and a type cannot change: ` +
      'give the connector a namespace of its own (TEMPORAL_NAMESPACE).',
  )
}

/** What was registered is stored at once, but the parts of the server reread it only every few seconds: a search tells. */
async function searches({ connection, namespace, query }: Prepared & { query: string }): Promise<boolean> {
  try {
    await connection.workflowService.countWorkflowExecutions({ namespace, query })
    return true
  } catch (error) {
    if (codeOf(error) === invalidArgument || codeOf(error) === notFound) return false
    throw error
  }
}
