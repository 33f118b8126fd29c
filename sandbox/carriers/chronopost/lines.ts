import type { Party } from './model.ts'

/** The lines of an address as a label shows them, each cut so that it fits on one line; the place is last. */
export const linesOf = ({ Name, Name2, ContactName, Adress1, Adress2, ZipCode, City, Country }: Party): string[] =>
  [
    Name,
    Name2,
    ContactName === Name ? '' : ContactName,
    Adress1,
    Adress2,
    `${ZipCode} ${City?.slice(0, 28)} ${Country}`,
  ]
    .filter((line): line is string => line !== undefined && line !== '')
    .map((line) => line.slice(0, 38))
