/** Dialling codes of the countries where customers write their number without it. */
const DIALLING: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ AT: '43', BE: '32', CH: '41', CZ: '420', DE: '49', DK: '45', EE: '372', ES: '34', FI: '358', HU: '36' },
    ...{ IE: '353', IT: '39', LT: '370', LU: '352', LV: '371', NL: '31', PL: '48', PT: '351', SE: '46', SI: '386' },
    ...{ SK: '421', GB: '44', US: '1', CA: '1' },
  }),
)
const FRENCH_DIALLING = ['FR', 'MC', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF']

/** A phone number as carriers need it: with its prefix ("+33612345678"), and whether it surely is a mobile. */
export interface Phone {
  international: string
  isMobile: boolean
}

/** Reads a number as people write it in this country; null when it can be none, or is made up ("0123456789"). */
export function phoneOf(written: string | null, country: string): Phone | null {
  const digits = (written ?? '')
    .replace(/\(0\)/g, '')
    .replace(/[^+\d]/g, '')
    .replace(/^00/, '+')
  if (/^(\+\d{1,3}|0)?123456789\d?$/.test(digits)) return null
  const international = FRENCH_DIALLING.includes(country) ? french(digits) : foreign(digits, country)
  if (!international || !/^\+\d{8,14}$/.test(international)) return null
  return { international, isMobile: isMobile(international) }
}

/** French numbers overseas begin with their own prefix: by their first digits after the 0. */
const OVERSEAS: readonly [RegExp, string][] = [
  [/^0(590|690|691)/, '590'],
  [/^0(262|269|639|692|693)/, '262'],
  [/^0(594|694)/, '594'],
  [/^0(596|696|697)/, '596'],
]

/** "+33612345678" as it is written in France: "0612345678"; any foreign number as it is. */
export const nationalPhone = (international: string): string =>
  international.replace(/^\+(?:33|590|262|594|596)(?=\d{9}$)/, '0')

function french(digits: string): string | null {
  const national = digits.replace(/^\+?(?:33|590|262|594|596)0?(?=\d{9}$)/, '0')
  if (!/^0[1-9]\d{8}$/.test(national)) return digits.startsWith('+') ? digits : null
  const prefix = OVERSEAS.find(([pattern]) => pattern.test(national))?.[1] ?? '33'
  return `+${prefix}${national.slice(1)}`
}

function foreign(digits: string, country: string): string | null {
  const prefix = DIALLING.get(country)
  const own = digits.startsWith('+') ? digits.slice(1) : digits
  // The trunk zero is not dialled after a prefix, but for Italian numbers, which keep theirs.
  const trunk = country === 'IT' ? /^(?!)/ : /^0/
  if (prefix && own.startsWith(prefix) && own.length > prefix.length + 7)
    return `+${prefix}${own.slice(prefix.length).replace(trunk, '')}`
  if (digits.startsWith('+')) return digits
  return prefix ? `+${prefix}${digits.replace(trunk, '')}` : null
}

const FRENCH_MOBILE = /^\+(33[67]\d{8}|590(690|691)\d{6}|262(639|692|693)\d{6}|594694\d{6}|596(696|697)\d{6})$/
const FRENCH_ANY = /^\+(33|590|262|594|596)/

/** France and Belgium tell a mobile by its first digits; elsewhere a number is taken as one. */
function isMobile(international: string): boolean {
  if (FRENCH_ANY.test(international)) return FRENCH_MOBILE.test(international)
  return international.startsWith('+32') ? /^\+324\d{8}$/.test(international) : true
}
