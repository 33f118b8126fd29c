import { readFileSync } from 'node:fs'
import { z } from 'zod'

const code = z.union([z.string(), z.boolean()])
const capability = z.object({
  domiciless: code,
  domicileas: code,
  domicileasddp: code,
  pr: z.boolean(),
  return: code,
  cn23: z.boolean(),
  insurance: z.boolean(),
})
const zones = z.record(z.string(), z.object({ countries: z.record(z.string(), capability) }))

/** One row of the carrier's tables: what goes to a country; `true` means "as between two French places overseas". */
export type Capability = z.infer<typeof capability>

/** Where a parcel leaves from: mainland France and its neighbours, a French place overseas, or elsewhere. */
export type Side = 'mainland' | 'overseas' | 'abroad'

/** French countries overseas. */
export const OVERSEAS = ['GP', 'MQ', 'GF', 'RE', 'PM', 'YT', 'BL', 'MF', 'NC', 'PF', 'WF', 'TF']
const MAINLAND = ['FR', 'MC', 'AD']

function readTable(name: string): Map<string, Capability> {
  const file = new URL(`../../data/colissimo/capabilities-by-country-${name}.json`, import.meta.url)
  const read = zones.parse(JSON.parse(readFileSync(file, 'utf8')))
  return new Map(Object.values(read).flatMap(({ countries }) => Object.entries(countries)))
}

const TABLES = { mainland: readTable('fr'), overseas: readTable('dom1') }

/** Which side a country (ISO, two letters) is on. */
export const sideOf = (country: string): Side =>
  MAINLAND.includes(country) ? 'mainland' : OVERSEAS.includes(country) ? 'overseas' : 'abroad'

/** Whether the carrier knows a country at all. */
export const isCountry = (country: string): boolean => TABLES.mainland.has(country)

/** The carrier's row for a country, seen from a shop on the mainland or overseas; undefined for a country that does not exist. */
export const capabilityOf = (shop: string, country: string): Capability | undefined =>
  TABLES[sideOf(shop) === 'overseas' ? 'overseas' : 'mainland'].get(country)
