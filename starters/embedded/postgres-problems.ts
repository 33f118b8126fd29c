import { statfs } from 'node:fs/promises'
import { StartProblem } from './problem.ts'

const known: [RegExp, string][] = [
  [/no space left on device/i, 'the disk is full: free some space, then start again'],
  [/read-only file system/i, 'the disk is read-only: choose a folder on another disk'],
  [
    /permission denied/i,
    'it may not read or write there: start as the user that owns the folder, or repair it with chown',
  ],
  [
    /incompatible with server/i,
    'the data was made by another version: install that version, or start afresh with npm start -- --fresh',
  ],
  [/could not bind|address already in use/i, 'its port was taken meanwhile: start again'],
  [/lock file .* already exists/i, 'another server uses the folder: stop it, or wait until it ends, then start again'],
  [/pre-existing shared memory/i, 'processes of the previous server are still ending: wait a minute, then start again'],
  [
    /could not locate a valid checkpoint|invalid checkpoint|PANIC|could not open file "global/i,
    'its data is damaged: put back a copy of the folder, or start afresh with npm start -- --fresh',
  ],
]

/** Makes a StartProblem of what PostgreSQL wrote while it failed: the likely cause and what to do. */
export async function explainPostgres(o: { folder: string; output: string; doing: string }): Promise<StartProblem> {
  const cause = (await isDiskFull(o.folder)) ? known[0] : known.find(([words]) => words.test(o.output))
  const lastLine = o.output
    .trim()
    .split('\n')
    .findLast((line) => /FATAL|PANIC|error/i.test(line))
  const remedy = cause?.[1] ?? 'mend what it says, or set DATABASE_URL to a PostgreSQL server of yours'
  return new StartProblem(
    `PostgreSQL could not ${o.doing} in ${o.folder}: ${remedy}.${lastLine ? ` (${lastLine.trim()})` : ''}`,
  )
}

/** A full disk often leaves no message at all: the log is on it too. */
async function isDiskFull(folder: string): Promise<boolean> {
  const disk = await statfs(folder).catch(() => undefined)
  return disk !== undefined && disk.bavail * disk.bsize < 20_000_000
}
