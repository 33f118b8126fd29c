import type { Party } from './model.ts'

/** The lines of an address as a label shows them; the place is last. */
export const linesOf = ({ Name, Name2, ContactName, Adress1, Adress2, ZipCode, City, Country }: Party): string[] =>
  [Name, Name2, ContactName === Name ? '' : ContactName, Adress1, Adress2, `${ZipCode} ${City} ${Country}`].filter(
    (line): line is string => line !== undefined && line !== '',
  )
