import type { SlsAddress } from './wire.ts'

type Phones = Pick<SlsAddress, 'mobileNumber' | 'phoneNumber'>

/** Dialling codes of the countries with pickup points, where people write their number without it. */
const DIALLING: ReadonlyMap<string, string> = new Map(
  Object.entries({
    AT: '43',
    BE: '32',
    CH: '41',
    CZ: '420',
    DE: '49',
    DK: '45',
    EE: '372',
    ES: '34',
    FI: '358',
    HU: '36',
    IE: '353',
    IT: '39',
    LT: '370',
    LU: '352',
    LV: '371',
    NL: '31',
    PL: '48',
    PT: '351',
    SE: '46',
    SI: '386',
    SK: '421',
  }),
)
const FRENCH_DIALLING = ['FR', 'MC', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF']
const FRENCH_MOBILE = /^0[67]\d{8}$/
const FRENCH_LANDLINE = /^0[1-589]\d{8}$/
const INTERNATIONAL = /^\+\d{8,14}$/

/** A phone number as the label service takes it: national in France, with its prefix abroad; left out when it can be neither. */
export function phonesOf(phone: string | null, country: string): Phones {
  const digits = (phone ?? '')
    .replace(/\(0\)/g, '')
    .replace(/[^+\d]/g, '')
    .replace(/^00/, '+')
  if (/^(\+\d{1,3}|0)?123456789\d?$/.test(digits)) return {} // an "incremental sequence" is refused
  const number = FRENCH_DIALLING.includes(country)
    ? digits.replace(/^\+?33(?=\d{9}$)/, '0')
    : withPrefix(digits, country)
  if (FRENCH_MOBILE.test(number)) return { mobileNumber: number }
  if (FRENCH_LANDLINE.test(number)) return { phoneNumber: number }
  if (!INTERNATIONAL.test(number)) return {}
  // Belgium: a mobile is exactly +324 and 8 digits.
  return country === 'BE' && !/^\+324\d{8}$/.test(number) ? { phoneNumber: number } : { mobileNumber: number }
}

function withPrefix(digits: string, country: string): string {
  const prefix = DIALLING.get(country)
  if (digits.startsWith('+') || !prefix) return digits.startsWith('+') ? digits : ''
  // Italian numbers keep their leading zero.
  return `+${prefix}${country === 'IT' ? digits : digits.replace(/^0/, '')}`
}
