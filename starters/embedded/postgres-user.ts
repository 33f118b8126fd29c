import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { StartProblem } from './problem.ts'

/** The account PostgreSQL runs under when we are root. */
export interface User {
  name: string
  uid: number
  gid: number
}

/** PostgreSQL refuses to run as root: as root this finds an account without rights to run it under, else undefined. */
export async function findUnprivilegedUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name)
    if (account) return { name, uid: Number(account[2]), gid: Number(account[3]) }
  }
  throw new StartProblem(
    'PostgreSQL does not run as root, and this system has no account "postgres" or "nobody" to run it under: ' +
      'start as an ordinary user, or set DATABASE_URL to a PostgreSQL server of yours.',
  )
}

/** Whether the account can enter a folder and make files in it; asked of the system itself, which knows of ACLs and mounts. */
export function canWriteIn(folder: string, user?: User): boolean {
  return asks('test -x "$0" && test -w "$0"', folder, user)
}

/** Whether the account can go through a folder to what is in it. */
export function canEnter(folder: string, user: User): boolean {
  return asks('test -x "$0"', folder, user)
}

function asks(test: string, folder: string, user: User | undefined): boolean {
  const options = { ...identityOf(user), cwd: '/', stdio: 'ignore' } as const
  return spawnSync('/bin/sh', ['-c', test, folder], options).status === 0
}

/** A folder for temporary files that the account can use too: TMPDIR may lie in a home closed to others. */
export function publicTempFolder(user: User | undefined): string {
  const found = [tmpdir(), '/tmp', '/var/tmp'].find((folder) => canWriteIn(folder, user))
  if (found !== undefined) return found
  throw new StartProblem('No temporary folder is open to all users: set TMPDIR to one, or set DATABASE_URL.')
}

/** The part of spawn's options that makes a child run under the account. */
export function identityOf(user: User | undefined): { uid?: number; gid?: number } {
  return user === undefined ? {} : { uid: user.uid, gid: user.gid }
}
