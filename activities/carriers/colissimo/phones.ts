import { nationalPhone, phoneOf } from '../../../domain/phone.ts'
import { isMainland, isOverseas } from './places.ts'
import type { SlsAddress } from './wire.ts'

type Phones = Pick<SlsAddress, 'mobileNumber' | 'phoneNumber'>

/** A phone number as the label service takes it: national in France, with its prefix abroad; left out when it can be neither. */
export function phonesOf(written: string | null, country: string): Phones {
  const phone = phoneOf(written, country)
  if (!phone) return {}
  const { international } = phone
  const number = isMainland(country) || isOverseas(country) ? nationalPhone(international) : international
  // Belgium: a mobile is exactly +324 and 8 digits.
  const isMobile = phone.isMobile && (country !== 'BE' || international.startsWith('+324'))
  return isMobile ? { mobileNumber: number } : { phoneNumber: number }
}
