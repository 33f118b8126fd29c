import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A state that survives a restart: change `data`, then `save()` writes all of it before it returns. */
export interface Store<T> {
  data: T
  save(): void
}

/** Opens the JSON file of one sandbox, or a state in memory only when no file is named; `initial` is used when there is no file yet. */
export function openStore<T>(file: string | undefined, initial: () => T): Store<T> {
  if (file === undefined) return { data: initial(), save() {} }
  mkdirSync(dirname(file), { recursive: true })
  const data = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : initial()
  return {
    data,
    save() {
      const temporary = `${file}.${process.pid}.tmp`
      writeFileSync(temporary, JSON.stringify(this.data))
      renameSync(temporary, file)
    },
  }
}
