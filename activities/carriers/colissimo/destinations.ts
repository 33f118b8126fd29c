import type { Address } from '../../../domain/address.ts'
import type { SlsAddress } from './wire.ts'

/** The customs union with France, as far as parcels go: a declaration is needed everywhere else, Andorra included. */
const WITHOUT_CUSTOMS = 'FR MC AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

/** Parts of those countries outside the fiscal union: Canary Islands, Ceuta, Melilla, Livigno, Campione, Büsingen, Heligoland, Mount Athos. */
const FISCAL_EXCEPTIONS: ReadonlyMap<string, RegExp> = new Map([
  ['FR', /^9(7|8[1-9])/],
  ['ES', /^(35|38|51|52)/],
  ['IT', /^(23030|23041|22060|22061)$/],
  ['DE', /^(78266|27498)$/],
  ['GR', /^63086$/],
])

/** True when the parcel needs a CN23 form, which this adapter cannot fill in: it knows no tariff numbers. */
export function needsCustomsForm({ country, postalCode }: Address, sender: SlsAddress): boolean {
  const code = postalCode.replace(/\s/g, '')
  if (/^97\d/.test(code) && code.slice(0, 3) === sender.zipCode.slice(0, 3)) return false // inside one department
  return !WITHOUT_CUSTOMS.includes(country) || (FISCAL_EXCEPTIONS.get(country)?.test(code) ?? false)
}
