import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartProblem } from '../../starters/embedded/problem.ts'

/** The project's own folder. */
export const root = new URL('../../', import.meta.url)
/** The code under test, for processes of their own. */
export const embedded = fileURLToPath(new URL('starters/embedded/', root))
/** Removed at the end, whatever happens. */
export const folders: string[] = []
/** Done at the end, whatever happens. */
export const cleanups: (() => Promise<void>)[] = []

/** Closed to others like any mkdtemp folder, unless opened; removed at the end. */
export async function makeFolder({ open = true } = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'codial-embedded-'))
  if (open) await chmod(folder, 0o755)
  folders.push(folder)
  return folder
}

/** A starter in a process of its own, to be killed; back when it has printed a line. */
export async function startInChild({ call, cwd = fileURLToPath(root) }: { call: string; cwd?: string }) {
  const script = `${call}; setInterval(() => {}, 1000)`
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd, stdio: [...stdio] })
  cleanups.push(() => killHard(child))
  const line = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  assert.equal(child.exitCode, null, 'the starter in the child failed')
  return { child, line: String(line[0]).trim() }
}

/** Kills as a power button does. */
export async function killHard(child: ChildProcess): Promise<void> {
  if (!child.kill('SIGKILL')) return
  await once(child, 'exit')
}

/** Whether an error is one for people, in these words. */
export const isProblem = (words: RegExp) => (error: unknown) =>
  error instanceof StartProblem && words.test(error.message)

/** For after(): undoes what the tests of a file made. */
export async function cleanUp(): Promise<void> {
  for (const undo of cleanups) await undo()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
}
