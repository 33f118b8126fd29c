import { type Fault, faults } from './messages.ts'
import type { CustomsContents } from './schema.ts'
import { isDay, parisDate } from './words.ts'

type Original = NonNullable<CustomsContents['original']>[number]

/** What customs ask of goods that come back: which parcel and invoice each article left with, category 6. */
export function rulesOfOriginals(contents: CustomsContents, now: Date): Fault[] {
  const { original: originals = [], article: articles = [], category } = contents
  const known = new Set(originals.map(({ originalIdent }) => originalIdent))
  const numbers = originals.flatMap(({ originalParcelNumber }) => originalParcelNumber ?? [])
  return [
    ...faults([
      [category?.value !== undefined && category.value !== 6, '30542', String(category?.value)],
      [originals.length === 0, '30554'],
      [new Set(numbers).size < numbers.length, '30550'],
      [articles.some(({ artref }) => artref === undefined), '30522'],
      [articles.some(({ currency }) => currency === undefined), '30524'],
      [new Set(articles.map(({ originCountry }) => originCountry)).size > 1, '30538'],
      [originals.length > 0 && articles.some(({ originalIdent }) => !known.has(originalIdent)), '30548'],
    ]),
    ...originals.flatMap((original) => rulesOfOriginal(original, now)),
  ]
}

function rulesOfOriginal(original: Original, now: Date): Fault[] {
  const { originalIdent, originalInvoiceNumber, originalInvoiceDate: day, originalParcelNumber: number } = original
  return faults([
    [originalIdent === undefined, '30546'],
    [number === undefined, '30528'],
    [number !== undefined && !/^[0-9A-Z]{13}$/.test(number), '30525', number],
    [originalInvoiceNumber === undefined, '30529'],
    [day === undefined, '30530'],
    [day !== undefined && (!isDay(day) || day > parisDate(now)), '30533', day],
  ])
}
