import { execFile, spawn } from 'node:child_process'
import { mkdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { canWriteIn } from './postgres-user.ts'
import { StartProblem } from './problem.ts'
import { buildTemporal, findGo, temporalVersion } from './temporal-build.ts'

const run = promisify(execFile)
const downloadPatienceMs = 20_000
const sdkDownload = `temporal-sdk-typescript-${createRequire(import.meta.url)('@temporalio/testing/package.json').version}`

const remedies = `One of these helps:
  1. install the Temporal CLI (https://docs.temporal.io/cli) and put it on the PATH, or name it in TEMPORAL_CLI;
  2. install Go 1.21 or later (https://go.dev/dl): the next start builds the server by itself, once;
  3. set TEMPORAL_ADDRESS to a Temporal server that already runs.`

/** Where to look; the caller reads the environment: `cli` is TEMPORAL_CLI, `path` PATH, `cacheHome` XDG_CACHE_HOME. */
export interface TemporalSearch {
  say: (line: string) => void
  cli?: string | undefined
  path?: string | undefined
  cacheHome?: string | undefined
  temp?: string
  download?: boolean
}

/**
 * The Temporal program of this machine, each candidate tried by running it: TEMPORAL_CLI, the PATH, an earlier download
 * or build, a download, a build with Go (once, some minutes). When none is possible, a StartProblem names the remedies.
 */
export async function findTemporalBinary(o: TemporalSearch): Promise<string> {
  if (o.cli) return await demand(o.cli)
  const { path = '', temp = tmpdir(), say } = o
  const folders = path.split(delimiter).filter(Boolean)
  const caches = cacheFolders({ ...o, temp })
  const downloaded = join(temp, sdkDownload)
  const found =
    (await firstThatRuns(folders.map((folder) => join(folder, 'temporal')))) ??
    (await firstThatRuns([downloaded, ...caches.map((folder) => join(folder, 'temporal'))], isOurs))
  if (found !== undefined) return found
  if (o.download !== false && (await download({ temp, say })) && (await runs(downloaded))) return downloaded
  const go = await findGo(folders)
  if (go === undefined) throw new StartProblem(`There is no Temporal server on this machine. ${remedies}`)
  return await build({ go, cache: await openCache(caches), temp, say })
}

async function demand(cli: string): Promise<string> {
  if (await runs(cli)) return cli
  throw new StartProblem(
    `TEMPORAL_CLI names ${cli}, which is not a Temporal program that runs here: correct or remove it.`,
  )
}

async function firstThatRuns(files: string[], isTrusted = async (_file: string) => true): Promise<string | undefined> {
  for (const file of files) if ((await isTrusted(file)) && (await runs(file))) return file
  return undefined
}

/** Whether it is the Temporal program and works here: a half-written file or one of another system is not. */
async function runs(file: string): Promise<boolean> {
  try {
    return (await run(file, ['--version'], { timeout: 10_000 })).stdout.startsWith('temporal version')
  } catch {
    return false
  }
}

/** Anybody may put files in the temporary folder: only those of this user or of root are run. */
async function isOurs(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined)
  return found !== undefined && [0, process.getuid?.()].includes(found.uid)
}

function cacheFolders(o: { cacheHome?: string | undefined; temp: string }): string[] {
  const name = `temporal-${temporalVersion}-${process.platform}-${process.arch}`
  const home = o.cacheHome || join(homedir(), '.cache')
  return [join(home, 'codial-connector', name), join(o.temp, `codial-connector-${process.getuid?.()}`, name)]
}

async function openCache(folders: string[]): Promise<string> {
  for (const folder of folders) {
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => {})
    if (canWriteIn(folder) && (await isOurs(folder))) return folder
  }
  throw new StartProblem(`Cannot write in ${folders.join(' nor in ')}: give one of them to this user. ${remedies}`)
}

async function build(o: { go: string; cache: string; temp: string; say: (line: string) => void }): Promise<string> {
  try {
    return await buildTemporal({ ...o, runs })
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error
    throw new StartProblem(`${error.message} ${remedies}`)
  }
}

/** Lets the SDK fetch its server, in a process of its own that is given up after 20 s without progress. */
async function download({ temp, say }: { temp: string; say: (line: string) => void }): Promise<boolean> {
  say('Temporal: no server on this machine yet, trying to download it.')
  const script = fileURLToPath(new URL('./temporal-download.ts', import.meta.url))
  const child = spawn(process.execPath, [script, temp], { stdio: 'ignore' })
  const ended = new Promise<boolean>((resolve) =>
    child.once('error', () => resolve(false)).once('exit', (code) => resolve(code === 0)),
  )
  const partial = join(temp, `${sdkDownload}.downloading`)
  let size = 0
  for (let end = Date.now() + downloadPatienceMs; Date.now() < end; ) {
    const result = await Promise.race([ended, delay(500)])
    if (result !== undefined) return result
    const sizeNow = (await stat(partial).catch(() => undefined))?.size ?? size
    if (sizeNow !== size) end = Date.now() + downloadPatienceMs
    size = sizeNow
  }
  child.kill('SIGKILL')
  return false
}
