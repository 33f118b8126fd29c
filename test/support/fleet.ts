import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { WorkerPlan } from './company.ts'

/** Worker processes that can be killed in the middle of a step; a new one takes over at once. */
export interface Fleet {
  /** SIGKILL to the process at work; resolves when it is gone, the next one is starting. */
  kill(): Promise<void>
  killed(): number
  ready(): Promise<void>
  close(): Promise<void>
}

/** Starts one worker process for a company. */
export function openFleet(plan: WorkerPlan): Fleet {
  let kills = 0
  let current = startProcess(plan)
  let turn: Promise<void> = Promise.resolve()
  const replace = async (): Promise<void> => {
    const dying = current
    const gone = new Promise((resolve) => dying.process.once('exit', resolve))
    dying.process.kill('SIGKILL')
    await gone
    current = startProcess(plan)
  }
  return {
    kill() {
      kills += 1
      turn = turn.then(replace) // two kills at once take turns: one process is at work, never two
      return turn
    },
    killed: () => kills,
    ready: () => current.ready,
    async close() {
      await turn
      const gone = new Promise((resolve) => current.process.once('exit', resolve))
      current.process.kill('SIGKILL')
      await gone
    },
  }
}

function startProcess(plan: WorkerPlan): { process: ChildProcess; ready: Promise<void> } {
  const script = fileURLToPath(new URL('./worker-process.ts', import.meta.url))
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, WORKER_PLAN: JSON.stringify(plan) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready')) resolve()
    })
  })
  return { process: child, ready }
}
