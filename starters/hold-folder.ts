import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asStartProblem, StartProblem } from './embedded/problem.ts'
import { commandOf } from './embedded/processes.ts'

/** Makes sure that one start at a time uses a data folder; a lock left by a killed one is taken over. Gives what lets it go. */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const lock = join(folder, 'start.pid')
  try {
    await mkdir(folder, { recursive: true })
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''))
    if (holder && holder !== process.pid && commandOf(holder)?.includes('starters/start')) {
      throw new StartProblem(
        `Another start (process ${holder}) uses ${folder}: stop it, or give this one its own with DATA_FOLDER.`,
      )
    }
    await writeFile(lock, String(process.pid))
  } catch (error) {
    throw asStartProblem(error, folder)
  }
  return () => rm(lock, { force: true })
}
