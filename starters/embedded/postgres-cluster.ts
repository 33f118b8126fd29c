import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isThere } from './files.ts'
import { type OpenFolder, openFolder } from './postgres-folder.ts'
import { explainPostgres } from './postgres-problems.ts'
import { findPrograms, type Programs } from './postgres-programs.ts'
import { findUnprivilegedUser, identityOf, type User } from './postgres-user.ts'
import { StartProblem } from './problem.ts'
import { isAlive } from './processes.ts'

/** Where a cluster lives and what runs it. */
export interface Cluster extends OpenFolder {
  data: string
  log: string
  ownerFile: string
  user: User | undefined
  programs: Programs
}

/** The database role; it owns the cluster, and its password is beside it. */
export const roleName = 'connector'

/** Settles the folder, the account and the programs of a cluster; makes no cluster yet. */
export async function placeCluster(o: { folder: string; say: (line: string) => void }): Promise<Cluster> {
  if (process.platform === 'win32') {
    throw new StartProblem('The built-in PostgreSQL runs on Linux and macOS: on Windows use WSL, or set DATABASE_URL.')
  }
  const user = await findUnprivilegedUser()
  const programs = await findPrograms({ user, say: o.say })
  const open = await openFolder({ ...o, user })
  const at = (name: string) => join(open.folder, name)
  return { ...open, data: at('data'), log: at('postgres.log'), ownerFile: at('owner'), user, programs }
}

/** The password of the role, made at first use; renamed into place so that it is never half-written. */
export async function readPassword({ folder, user }: Cluster): Promise<string> {
  const file = join(folder, 'password')
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (kept !== '') return kept
  const password = randomBytes(24).toString('hex')
  await writeFile(`${file}.draft`, password, { mode: 0o600 })
  if (user) await chown(`${file}.draft`, user.uid, user.gid)
  await rename(`${file}.draft`, file)
  return password
}

/** Without the note the wanted folder was removed meanwhile (npm start -- --fresh), and the data elsewhere goes too. */
async function forgetDataElsewhere({ folder, note, data }: Cluster): Promise<void> {
  if (note === undefined || (await isThere(note))) return
  await rm(data, { recursive: true, force: true })
  await writeFile(note, folder)
}

/** Makes the cluster if there is none: initdb fills a folder beside it, which gets its name when whole; under the lock of startPostgres. */
export async function makeCluster(cluster: Cluster, { fast }: { fast: boolean }): Promise<void> {
  await forgetDataElsewhere(cluster)
  if (await isThere(join(cluster.data, 'PG_VERSION'))) return
  await readPassword(cluster)
  await removeDrafts(cluster)
  const draft = `${cluster.data}.draft-${process.pid}`
  const settings = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', '--no-instructions']
  const access = [`--username=${roleName}`, `--pwfile=${join(cluster.folder, 'password')}`]
  await runInitdb(cluster, [`--pgdata=${draft}`, ...settings, ...access, ...(fast ? ['--no-sync'] : [])])
  await rename(draft, cluster.data).catch(() => {
    throw new StartProblem(
      `${cluster.data} is in the way and holds no PostgreSQL data: move it elsewhere, then start again.`,
    )
  })
}

async function removeDrafts({ folder }: Cluster): Promise<void> {
  for (const name of await readdir(folder)) {
    const maker = /^data\.draft-(\d+)$/.exec(name)?.[1]
    if (maker === undefined || (isAlive(Number(maker)) && Number(maker) !== process.pid)) continue
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 5 }).catch(() => {})
  }
}

async function runInitdb(cluster: Cluster, settings: string[]): Promise<void> {
  const child = spawn(cluster.programs.initdb, settings, {
    ...identityOf(cluster.user),
    cwd: cluster.folder,
    env: { LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw await explainPostgres({ folder: cluster.folder, output, doing: 'make its data folder' })
}
