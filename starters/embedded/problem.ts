/** What keeps the built-in servers from starting, in words for the person at the terminal: what happened, then what to do. */
export class StartProblem extends Error {
  override name = 'StartProblem'
}

const causes: Record<string, string> = {
  ENOSPC: 'the disk is full: free some space, then start again',
  EDQUOT: 'the disk quota is used up: free some space, then start again',
  EACCES: 'this user may not read and write there: start as the user that owns it, or give it back with chown',
  EPERM: 'this user may not read and write there: start as the user that owns it, or give it back with chown',
  EROFS: 'that disk is read-only: choose a folder on another disk',
  ENOENT: 'it is missing and cannot be made: see that its disk is there and not read-only',
  EEXIST: 'part of that path is a file: remove it, or choose another folder',
  ENOTDIR: 'part of that path is a file: remove it, or choose another folder',
}

/** Turns a file error of Node into a StartProblem with its remedy, so that no stack of ENOSPC or EACCES reaches a person. */
export function asStartProblem(error: unknown, place: string): unknown {
  const cause = causes[codeOf(error) ?? '']
  return cause === undefined || error instanceof StartProblem
    ? error
    : new StartProblem(`Cannot use ${place}: ${cause}.`, { cause: error })
}

/** The short code Node and gRPC put on their errors (ENOENT, EACCES, 5), or undefined. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
