import { execFile, spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { withLock } from './lock.ts'
import { canWriteIn } from './postgres-user.ts'
import { asStartProblem, StartProblem } from './problem.ts'

const run = promisify(execFile)
const moduleFolder = fileURLToPath(new URL('./temporal-cli/', import.meta.url))

/** The version of the Temporal CLI that the module in temporal-cli/ builds. */
export const temporalVersion = '1.8.2'

/** The Go program of the PATH, when it is 1.21 or later: such a one fetches the exact toolchain the module asks for. */
export async function findGo(folders: string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const go = join(folder, 'go')
    const answer = await run(go, ['version'], { timeout: 10_000, cwd: '/' }).catch(() => undefined)
    if (Number(/\bgo1\.(\d+)/.exec(answer?.stdout ?? '')?.[1]) >= 21) return go
  }
  return undefined
}

interface Build {
  go: string
  cache: string
  temp: string
  say: (line: string) => void
  runs: (file: string) => Promise<boolean>
}

/** Builds the Temporal program into the cache folder, unless another start has just done so; gives its path. */
export async function buildTemporal(o: Build): Promise<string> {
  const wanted = join(o.cache, 'temporal')
  const whenWaiting = () => o.say('Temporal: another start is building the server, waiting for it.')
  try {
    return await withLock({ lock: join(o.cache, 'building'), whenWaiting }, async () => {
      if (!(await o.runs(wanted))) await buildInto({ ...o, wanted })
      return wanted
    })
  } catch (error) {
    throw asStartProblem(error, o.cache)
  }
}

async function buildInto(o: Build & { wanted: string }): Promise<void> {
  await removeLeftovers(o.cache)
  const partial = `${o.wanted}.partial-${process.pid}`
  const folder = await mkdtemp(join(o.temp, 'codial-connector-build-'))
  try {
    for (const file of ['go.mod', 'go.sum']) await copyFile(join(moduleFolder, file), join(folder, file))
    o.say('Temporal: building the server with Go, this once; it takes about 4 minutes on two cores.')
    await goBuild({ ...o, folder, partial })
    if (!(await o.runs(partial))) throw new StartProblem('The Temporal server that Go built does not run here.')
    await rename(partial, o.wanted)
    o.say(`Temporal: the server is built and kept as ${o.wanted}.`)
  } finally {
    await rm(folder, { recursive: true, force: true })
    await rm(partial, { force: true })
  }
}

async function removeLeftovers(cache: string): Promise<void> {
  for (const name of await readdir(cache))
    if (name.startsWith('temporal.partial-')) await rm(join(cache, name), { force: true })
}

async function goBuild(o: Build & { folder: string; partial: string }): Promise<void> {
  const version = `github.com/temporalio/cli/internal/temporalcli.Version=${temporalVersion}`
  const flags = ['-mod=readonly', '-buildvcs=false', '-ldflags', `-s -w -X ${version}`, '-o', o.partial]
  const settings = ['CGO_ENABLED=0', 'GOTOOLCHAIN=auto', 'GOWORK=off', ...(await goCaches(o))]
  const child = spawn('env', [...settings, o.go, 'build', ...flags, 'github.com/temporalio/cli/cmd/temporal'], {
    cwd: o.folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const output: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const stopTelling = tellProgress({ say: o.say, output })
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  stopTelling()
  if (code !== 0) throw explain(output.join(''))
}

/** Go keeps its caches in the home folder; for a user without one they are made in the build folder, and go with it. */
async function goCaches({ go, folder }: { go: string; folder: string }): Promise<string[]> {
  const settings: string[] = []
  for (const name of ['GOCACHE', 'GOMODCACHE']) {
    const cache = await run(go, ['env', name], { cwd: '/' }).catch(() => undefined)
    if (!(await canMake(cache?.stdout.trim()))) settings.push(`${name}=${join(folder, name)}`, 'GOFLAGS=-modcacherw')
  }
  return settings
}

async function canMake(folder: string | undefined): Promise<boolean> {
  if (!folder) return false
  await mkdir(folder, { recursive: true }).catch(() => {})
  return canWriteIn(folder)
}

function tellProgress({ say, output }: { say: (line: string) => void; output: string[] }): () => void {
  const start = Date.now()
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - start) / 1000)
    const modules = output.join('').match(/^go: downloading/gm)?.length ?? 0
    const fetched = modules ? `, ${modules} modules downloaded` : ''
    say(`Temporal: still building, ${Math.floor(seconds / 60)} min ${seconds % 60} s${fetched}.`)
  }, 15_000)
  return () => clearInterval(timer)
}

function explain(output: string): StartProblem {
  if (/no space left on device/i.test(output))
    return new StartProblem('Building the Temporal server filled the disk: free 3 GB, then start again.')
  const lines = output
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('go: downloading'))
  return new StartProblem(`Building the Temporal server with Go failed (${lines.slice(-3).join(' / ')}).`)
}
