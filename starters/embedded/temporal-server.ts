import { readFile } from 'node:fs/promises'
import { StartProblem } from './problem.ts'

/** What the local Temporal server is started with; without `dbFile` it keeps everything in memory. */
export interface TemporalOptions {
  binary: string
  port: number
  dbFile?: string
  uiPort?: number
  namespaces?: string[]
  /** "Name=Type", as SEARCH_ATTRIBUTES of starters/namespace.ts gives them. */
  searchAttributes?: string[]
  /** Timers and retries of milliseconds in tests; otherwise each takes a second at least. */
  fastTimers?: boolean
  logFile?: string
  extraArgs?: string[]
  say?: (line: string) => void
}

const dynamicConfig = [
  // the three the SDK gives its own test server
  'frontend.enableServerVersionCheck=false',
  'frontend.enableUpdateWorkflowExecution=true',
  'frontend.enableUpdateWorkflowExecutionAsyncAccepted=true',
  // a tenth more orders per second on SQLite
  'system.enableActivityEagerExecution=true',
]

/** The command line of the server; SQLite gets a write-ahead log, with which it is safe over a kill and three times as fast. */
export function serverArguments(o: Omit<TemporalOptions, 'uiPort'> & { uiPort: number | undefined }): string[] {
  const each = (flag: string, values: string[] = []) => values.flatMap((value) => [flag, value])
  const pragmas = each('--sqlite-pragma', ['journal_mode=wal', 'synchronous=normal'])
  const fastTimers = o.fastTimers ? ['history.timerProcessorMaxTimeShift="10ms"'] : []
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(o.port), '--log-level', 'warn'],
    ...(o.dbFile ? ['--db-filename', o.dbFile, ...pragmas] : []),
    ...(o.uiPort ? ['--ui-port', String(o.uiPort)] : ['--headless']),
    ...each('--namespace', o.namespaces),
    ...each('--search-attribute', o.searchAttributes),
    ...each('--dynamic-config-value', [...dynamicConfig, ...fastTimers]),
    ...(o.extraArgs ?? []),
  ]
}

/** Makes a StartProblem of what the server wrote before it ended; its database is never moved or removed, histories are precious. */
export async function explainTemporal(o: { dbFile: string | undefined; logFile: string }): Promise<StartProblem> {
  const output = (await readFile(o.logFile, 'utf8')).trim()
  const message = output.split('\n').findLast((line) => line.startsWith('Error')) ?? output.slice(-300)
  return new StartProblem(`The Temporal server ${remedyFor({ ...o, output })}. (${message})`)
}

function remedyFor({
  dbFile,
  logFile,
  output,
}: {
  dbFile: string | undefined
  logFile: string
  output: string
}): string {
  if (/no space left|disk is full/i.test(output)) return 'found the disk full: free some space, then start again'
  if (/address already in use/i.test(output)) return 'found its port taken meanwhile: start again'
  if (/unknown flag/i.test(output)) return 'is too old for this connector: install the Temporal CLI 1.8 or later'
  if (dbFile === undefined || !/sql/i.test(output)) return `stopped while starting: see ${logFile}`
  return `cannot use its database ${dbFile}: put back a copy of that file, or start afresh with npm start -- --fresh`
}
