import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { codeOf } from './problem.ts'
import { isAlive } from './processes.ts'

const refreshMs = 2_000
const staleMs = 15_000

/** Runs the work while holding a lock file, so that two starts at once never make the same thing twice; a dead holder's lock is taken over. */
export async function withLock<T>(o: { lock: string; whenWaiting?: () => void }, work: () => Promise<T>): Promise<T> {
  await take(o)
  const refresh = setInterval(() => void utimes(o.lock, new Date(), new Date()).catch(() => {}), refreshMs).unref()
  try {
    return await work()
  } finally {
    clearInterval(refresh)
    await rm(o.lock, { force: true })
  }
}

/** A lock that could be made but not written (a full disk) is removed again. */
async function take({ lock, whenWaiting }: { lock: string; whenWaiting?: () => void }): Promise<void> {
  for (let waits = 0; ; waits++) {
    try {
      return await writeFile(lock, String(process.pid), { flag: 'wx' })
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') {
        await rm(lock, { force: true }).catch(() => {})
        throw error
      }
    }
    if (waits === 1) whenWaiting?.()
    if (await isStale(lock)) await removeStale(lock)
    else await delay(100)
  }
}

/** Stale: its holder is dead, or has not refreshed it (the process number may belong to a stranger by now). */
async function isStale(lock: string): Promise<boolean> {
  try {
    const holder = Number(await readFile(lock, 'utf8'))
    const { mtimeMs } = await stat(lock)
    return Date.now() - mtimeMs > staleMs || (holder > 0 && !isAlive(holder))
  } catch {
    return false
  }
}

/** Renames first: of two processes that find the same stale lock, one wins and neither removes the other's new one. */
async function removeStale(lock: string): Promise<void> {
  const aside = `${lock}.stale-${process.pid}`
  await rename(lock, aside).catch(() => {})
  await rm(aside, { force: true })
}
