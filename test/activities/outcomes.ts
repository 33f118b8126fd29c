import { Refused, Unavailable } from '../../domain/failures.ts'

/** Checks for an `Unavailable`, in doubt or not, whose message says this. */
export const unavailable =
  (nothingHappened: boolean, says: RegExp = /./) =>
  (error: unknown) =>
    error instanceof Unavailable && error.nothingHappened === nothingHappened && says.test(error.message)

/** Checks for a `Refused` with this code, whose message says this. */
export const refused =
  (code: string, says: RegExp = /./) =>
  (error: unknown) =>
    error instanceof Refused && error.code === code && says.test(error.message)
