import type { Field } from './model.ts'

const isNumberText = (text: string) => /^-?\d+(\.\d+)?$/.test(text)
const isId = (text: string) => /^\d{1,10}$/.test(text) && Number(text) <= 4_294_967_295
const without = (characters: RegExp) => (text: string) => !characters.test(text)

/** What the program accepts, by the name of the format in the synopsis; a format that is not here accepts everything. */
const FORMATS: Record<string, (text: string) => boolean> = {
  isUnsignedId: isId,
  isNullOrUnsignedId: isId,
  isUnsignedInt: isId,
  isInt: (text) => /^-?\d{1,10}$/.test(text),
  isBool: (text) => text === '0' || text === '1',
  isFloat: isNumberText,
  isUnsignedFloat: (text) => isNumberText(text) && !text.startsWith('-'),
  isPrice: (text) => /^\d{1,10}(\.\d{1,9})?$/.test(text),
  isDate: (text) => /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])( ([01]\d|2[0-3]):[0-5]\d:[0-5]\d)?$/.test(text),
  isGenericName: without(/[<>={}]/),
  isName: without(/[0-9!<>,;?=+()@#"°{}_$%:¤|]/),
  isCustomerName: without(/[0-9!<>,;?=+()@#"°{}_$%:¤|/\\*`^[\]]/),
  isAddress: without(/[!<>?=+@{}_$%]/),
  isCityName: without(/[!<>;?=+@#"°{}_$%]/),
  isPostCode: (text) => /^[a-zA-Z 0-9-]+$/.test(text),
  isPhoneNumber: (text) => /^[+0-9. ()/-]*$/.test(text),
  isMessage: without(/[<>{}]/),
  isCleanHtml: without(/<\s*script|javascript:|\son[a-z]+\s*=|<\s*iframe/i),
  isEmail: (text) => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text),
  isModuleName: (text) => /^[a-zA-Z0-9_-]+$/.test(text),
  isMd5: (text) => /^[a-f0-9A-F]{32}$/.test(text),
  isTrackingNumber: (text) => /^[~:#,%&_=()[\].? +\-@/a-zA-Z0-9]+$/.test(text),
}

/** Why a value is not accepted, as the program words it after the name of the property; undefined when it is. */
export function faultIn(field: Field, value: string): string | undefined {
  if (value === '') return field.required ? 'is empty' : undefined
  const { maxSize = Number.POSITIVE_INFINITY, format } = field
  if (value.length > maxSize) return `length (${value.length}) must be between 0 and ${maxSize}`
  const accepts = format !== undefined && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined
  return accepts && !accepts(value) ? 'is not valid' : undefined
}

const NOTHING = { text: '', i18n: '', int: '0', date: '0000-00-00 00:00:00', day: '0000-00-00' } as const

/** A value as the database keeps it: numbers in their column's shape, nothing as the zero of its kind. */
export function storedOf({ kind }: Field, value: string): string {
  if (kind === 'text' || kind === 'i18n' || kind === 'date' || kind === 'day') return value || NOTHING[kind]
  if (kind === 'int') return value === '' ? NOTHING.int : String(Number.parseInt(value, 10))
  return decimalText(value === '' ? '0' : value, Number(kind.slice('decimal'.length)))
}

/** A decimal text with this many decimals, rounded half up. */
function decimalText(value: string, decimals: number): string {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? []
  const digits = (whole + part.padEnd(decimals + 1, '0').slice(0, decimals + 1)).padStart(decimals + 2, '0')
  const rounded = String((BigInt(digits) + 5n) / 10n).padStart(decimals + 1, '0')
  return `${sign}${rounded.slice(0, -decimals)}.${rounded.slice(-decimals)}`
}
