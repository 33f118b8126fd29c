import { readFile } from 'node:fs/promises'
import { StartProblem } from './problem.ts'
import { commandOf, endProcess, parentOf } from './processes.ts'

/** The process number in the first line of a pid file, or undefined when there is none. */
export async function readPid(file: string): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10)
  return pid > 1 ? pid : undefined
}

/**
 * Ends the server that a killed starter left running on our files, so that it never blocks the next start.
 * A server whose starter still lives is not an orphan: then the files are in use, which is a StartProblem.
 */
export async function endOrphan(o: {
  pidFile: string
  ownerFile: string
  isOurs: (command: string) => boolean
  signals: [NodeJS.Signals, number][]
  what: string
}): Promise<void> {
  const pid = await readPid(o.pidFile)
  if (pid === undefined || !o.isOurs(commandOf(pid) ?? '')) return
  const owner = await readPid(o.ownerFile)
  if (owner !== undefined && parentOf(pid) === owner) {
    throw new StartProblem(`${o.what} is in use by another start (process ${owner}): stop that one first.`)
  }
  await endProcess(pid, o.signals)
}
