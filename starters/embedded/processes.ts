import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { codeOf, StartProblem } from './problem.ts'

/** The command line of a living process, to know a server of ours from a stranger that got its number; undefined when gone. */
export function commandOf(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined
  if (process.platform === 'linux') return readProc(pid, 'cmdline').replaceAll('\0', ' ')
  return askPs(pid, 'command')
}

/** The parent of a process: a server whose parent is no longer the starter that made it is an orphan. */
export function parentOf(pid: number): number | undefined {
  const parent = process.platform === 'linux' ? statusOf(pid)[1] : askPs(pid, 'ppid')
  return parent ? Number(parent) : undefined
}

/** Whether a process still runs; one that is dead but not yet collected by its parent (a zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false
  }
  return process.platform !== 'linux' || statusOf(pid)[0] !== 'Z'
}

/** Ends a process: each signal in turn, with its patience in milliseconds, until it is gone. */
export async function endProcess(pid: number, signals: [NodeJS.Signals, number][]): Promise<void> {
  for (const [signal, patience] of signals) {
    sendSignal(pid, signal)
    for (const end = Date.now() + patience; Date.now() < end; await delay(20)) if (!isAlive(pid)) return
  }
  throw new StartProblem(`Process ${pid} does not end: stop it by hand (kill -9 ${pid}), then start again.`)
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return
    throw new StartProblem(
      `Process ${pid} was started by another user and is still running: stop it as that user, then start again.`,
    )
  }
}

/** State and parent of a process: the two words after its name in /proc/<pid>/stat; the name may hold spaces and brackets. */
function statusOf(pid: number): string[] {
  const line = readProc(pid, 'stat')
  return line.slice(line.lastIndexOf(')') + 2).split(' ')
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

function askPs(pid: number, column: string): string {
  try {
    return `${execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim()} `
  } catch {
    return ''
  }
}
