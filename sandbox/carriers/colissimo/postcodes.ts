import { OVERSEAS } from './countries.ts'

const POSTCODES: Record<string, RegExp> = {
  FR: /^\d{5}$/,
  MC: /^\d{5}$/,
  AD: /^AD\d{3}$/,
  AE: /^00000$/,
  BE: /^\d{4}$/,
  LU: /^\d{4}$/,
  CH: /^\d{4}$/,
  AT: /^\d{4}$/,
  DE: /^\d{5}$/,
  ES: /^\d{5}$/,
  IT: /^\d{5}$/,
  NL: /^\d{4} ?[A-Z]{2}$/,
  PT: /^\d{4}(-?\d{3})?$/,
  US: /^\d{5}$/,
}

/** Places of the Union outside its common taxes: Canary Islands, Ceuta, Melilla, Mount Athos, Heligoland, Büsingen, Campione, Livigno. */
const TAXED_APART: Record<string, RegExp> = {
  ES: /^(35|38|51|52)/,
  GR: /^630 ?8[67]$/,
  DE: /^(27498|78266)$/,
  IT: /^(22061|23041)$/,
}

/** What is wrong with a postcode in its country, if anything. */
export function faultOfPostcode(country: string, postcode: string): 'shape' | 'country' | null {
  const pattern = POSTCODES[country] ?? (OVERSEAS.includes(country) ? /^\d{5}$/ : /^[A-Z0-9][A-Z0-9 -]{1,9}$/i)
  if (!pattern.test(postcode)) return 'shape'
  const isMonaco = postcode.startsWith('980')
  const isOverseas = /^9[78]/.test(postcode) && !isMonaco
  if (country === 'FR') return isOverseas || isMonaco ? 'country' : null
  if (country === 'MC') return isMonaco ? null : 'country'
  if (OVERSEAS.includes(country)) return isOverseas ? null : 'country'
  return null
}

/** Whether a parcel needs the customs form inside the Union because of where it goes. */
export const isTaxedApart = (country: string, postcode: string): boolean =>
  TAXED_APART[country]?.test(postcode) ?? false
