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

/** "+33612345678" as it is written in France: "0612345678"; any other number as it is. */
export const nationalPhone = (international: string): string => international.replace(/^\+33(?=\d{9}$)/, '0')

function french(digits: string): string | null {
  const national = digits.replace(/^\+?33(?=\d{9}$)/, '0')
  if (/^0[1-9]\d{8}$/.test(national)) return `+33${national.slice(1)}`
  return digits.startsWith('+') ? digits : null
}

function foreign(digits: string, country: string): string | null {
  if (digits.startsWith('+')) return digits
  const prefix = DIALLING.get(country)
  if (!prefix) return null
  return `+${prefix}${country === 'IT' ? digits : digits.replace(/^0/, '')}` // Italian numbers keep their leading zero
}

/** France and Belgium tell a mobile by its first digits; elsewhere a number is taken as one. */
function isMobile(international: string): boolean {
  if (international.startsWith('+33')) return /^\+33[67]\d{8}$/.test(international)
  return international.startsWith('+32') ? /^\+324\d{8}$/.test(international) : true
}
