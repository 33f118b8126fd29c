import { type SpawnOptions, spawn } from 'node:child_process'
import { open } from 'node:fs/promises'
import { StartProblem } from './problem.ts'
import { endProcess } from './processes.ts'

/** A server program that runs beside us. */
export interface RunningProgram {
  pid: number
  isRunning(): boolean
  /** To tell a person of an end that nobody asked for. */
  whenEndedByItself(tell: () => void): void
  stop(): Promise<void>
}

/**
 * Starts a server program whose output goes to a log file. It is detached: the terminal's Ctrl-C must not reach it before
 * the starter stops its parts in order. stop() sends the signals in turn, each with its patience in milliseconds; a starter
 * that exits without stop() sends the first one.
 */
export async function startProgram(o: {
  program: string
  args: string[]
  log: string
  options?: SpawnOptions
  endSignals: [NodeJS.Signals, number][]
}): Promise<RunningProgram> {
  const { child, pid } = await spawnDetached(o)
  const endWithUs = () => void child.kill(o.endSignals[0]?.[0])
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs)).unref()
  const isRunning = () => child.exitCode === null && child.signalCode === null
  let isStopping = false
  const whenEndedByItself = (tell: () => void) => {
    child.once('exit', () => {
      if (!isStopping) tell()
    })
  }
  const stop = async () => {
    isStopping = true
    if (isRunning()) await endProcess(pid, o.endSignals)
  }
  return { pid, isRunning, whenEndedByItself, stop }
}

async function spawnDetached(o: { program: string; args: string[]; log: string; options?: SpawnOptions }) {
  const log = await open(o.log, 'w')
  try {
    const child = spawn(o.program, o.args, { ...o.options, stdio: ['ignore', log.fd, log.fd], detached: true })
    child.once('error', () => {})
    if (child.pid === undefined)
      throw new StartProblem(`${o.program} cannot be run: see that it is a program for this system.`)
    return { child, pid: child.pid }
  } finally {
    await log.close()
  }
}
