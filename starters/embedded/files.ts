import { stat } from 'node:fs/promises'

/** Whether a file or folder exists, as far as this user can see. */
export async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined
}
