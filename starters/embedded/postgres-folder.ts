import { createHash } from 'node:crypto'
import { chown, lstat, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isThere } from './files.ts'
import { readPid } from './orphans.ts'
import { canEnter, canWriteIn, publicTempFolder, type User } from './postgres-user.ts'
import { codeOf, StartProblem } from './problem.ts'
import { isAlive } from './processes.ts'

interface Wanted {
  folder: string
  user: User | undefined
  say: (line: string) => void
}

/** A folder PostgreSQL can use; `note` is a file in the wanted folder that tells its data is elsewhere. */
export interface OpenFolder {
  folder: string
  note?: string
}

const prefix = 'codial-connector-data-'

/**
 * The folder itself when the account can use it. As root with a project closed to others (in /root, in a mkdtemp folder)
 * it cannot: then the data lives in the temporary folder, and a note stays in the wanted one.
 */
export async function openFolder(o: Wanted): Promise<OpenFolder> {
  const folder = await makeFolder(o.folder)
  if (o.user === undefined) return { folder }
  const note = join(folder, 'kept-in')
  const isElsewhere = await isThere(note)
  if (!isElsewhere && canEnter(dirname(folder), o.user)) {
    await giveTo(folder, o.user)
    return { folder }
  }
  if (await isThere(join(folder, 'data'))) {
    throw new StartProblem(
      `The account "${o.user.name}", under which PostgreSQL runs when root starts it, cannot enter ${folder}: ` +
        'start as the user who made it, or let all users enter the folders above it (chmod o+x).',
    )
  }
  return { folder: await openSubstitute({ folder, user: o.user, say: o.say, isElsewhere }), note }
}

async function makeFolder(wanted: string): Promise<string> {
  await mkdir(dirname(wanted), { recursive: true })
  await mkdir(wanted, { mode: 0o700 }).catch((error) => {
    if (codeOf(error) !== 'EEXIST') throw error
  })
  const folder = await realpath(wanted)
  if (canWriteIn(folder)) return folder
  throw new StartProblem(
    `Cannot write in ${folder}: start as its owner, give it back with chown, or choose another disk.`,
  )
}

async function openSubstitute(o: Wanted & { user: User; isElsewhere: boolean }): Promise<string> {
  const temp = publicTempFolder(o.user)
  await removeAbandoned({ temp, user: o.user })
  const substitute = join(temp, prefix + createHash('sha256').update(o.folder).digest('hex').slice(0, 16))
  await mkdir(substitute, { mode: 0o700, recursive: true })
  if (!(await isTrusted(substitute, o.user))) {
    throw new StartProblem(`${substitute} was made by another user: remove it, then start again.`)
  }
  await giveTo(substitute, o.user)
  await writeFile(join(substitute, 'for'), o.folder)
  const isLost = o.isElsewhere && !(await isThere(join(substitute, 'data')))
  if (isLost)
    o.say(
      `PostgreSQL: its data in ${substitute} is gone (a restart of the machine?), beginning with an empty database.`,
    )
  o.say(
    `PostgreSQL: its data is kept in ${substitute}, because the account "${o.user.name}" cannot enter ${o.folder}. ` +
      'A restart of the machine may empty it: to keep it, move the project out of this closed folder.',
  )
  return substitute
}

/** What test runs left: data for a temporary folder that is no more. Data of a real project is never removed here. */
async function removeAbandoned({ temp, user }: { temp: string; user: User }): Promise<void> {
  for (const name of await readdir(temp)) {
    const substitute = join(temp, name)
    if (!name.startsWith(prefix) || !(await isTrusted(substitute, user))) continue
    const origin = await readFile(join(substitute, 'for'), 'utf8').catch(() => '')
    const isAbandoned = origin.startsWith(await realpath(tmpdir())) && !(await isThere(origin))
    const pid = await readPid(join(substitute, 'data', 'postmaster.pid'))
    if (isAbandoned && !(pid && isAlive(pid))) await rm(substitute, { recursive: true, force: true })
  }
}

/** Anybody may make folders in /tmp: only those of root or of the account are used. */
async function isTrusted(folder: string, user: User): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined)
  return found?.isDirectory() === true && [0, user.uid].includes(found.uid)
}

/** Makes the folder and all in it the account's, once: a later start finds it so. */
async function giveTo(folder: string, user: User): Promise<void> {
  if ((await stat(folder)).uid === user.uid) return
  for (const name of await readdir(folder, { recursive: true })) await chown(join(folder, name), user.uid, user.gid)
  await chown(folder, user.uid, user.gid)
}
