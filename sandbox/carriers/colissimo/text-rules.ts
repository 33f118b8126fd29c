import type { Fault } from './messages.ts'
import type { CheckRequest } from './schema.ts'

const LENGTHS: Record<string, number> = {
  companyName: 35,
  lastName: 35,
  firstName: 29,
  line0: 35,
  line1: 35,
  line2: 35,
  line3: 35,
  city: 35,
  zipCode: 10,
  phoneNumber: 15,
  doorCode1: 8,
  doorCode2: 8,
  intercom: 30,
  email: 80,
  stateOrProvinceCode: 2,
  orderNumber: 30,
  senderParcelRef: 17,
  instructions: 35,
}

// Latin letters with their accents, digits and usual punctuation; no control characters, no brackets of code, no emoji.
const FORBIDDEN = /[^\u0020-\u007e\u00a0-\u017f\u2018\u2019\u201c\u201d\u2013\u2014\u20ac]|[<>{}|\\^~`]/u

/** Texts of the whole request: never empty, never too long, no forbidden character; each fault names its member. */
export function rulesOfTexts({ letter, fields }: CheckRequest): Fault[] {
  return [...textsIn('letter', letter), ...textsIn('fields', fields)].flatMap(([path, text]) =>
    faultsOfText(path, text),
  )
}

function* textsIn(path: string, value: unknown): Generator<[path: string, text: string]> {
  if (typeof value === 'string') yield [path, value]
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* textsIn(`${path}.${name}`, inner)
  }
}

function faultsOfText(path: string, text: string): Fault[] {
  const name = path.split('.').at(-1) ?? ''
  const longest = LENGTHS[name]
  const [character] = FORBIDDEN.exec(text) ?? []
  if (text.trim() === '') return [{ id: '30600', detail: `${path} est vide` }]
  if (character !== undefined) return [{ id: '30600', detail: `${path} contient « ${character} »` }]
  if (longest !== undefined && text.length > longest)
    return [{ id: '30600', detail: `${path} dépasse ${longest} caractères` }]
  return []
}
