import type { Address } from '../../../domain/address.ts'

/** Overseas France by the first three digits of its postcodes. */
const TERRITORIES: ReadonlyMap<string, string> = new Map([
  ['971', 'GP'],
  ['972', 'MQ'],
  ['973', 'GF'],
  ['974', 'RE'],
  ['975', 'PM'],
  ['976', 'YT'],
  ['977', 'BL'],
  ['978', 'MF'],
  ['984', 'TF'],
  ['986', 'WF'],
  ['987', 'PF'],
  ['988', 'NC'],
])
const OVERSEAS = [...TERRITORIES.values()]

/** From where to where a parcel goes, in the country codes of the carrier's tables: La Réunion is "RE", never "FR". */
export interface Lane {
  from: string
  to: string
}

/** The country as the carrier's tables name it: shops write "FR" or "RE" for La Réunion. */
export function territoryOf({ country, postalCode }: Pick<Address, 'country' | 'postalCode'>): string {
  return country === 'FR' ? (TERRITORIES.get(postalCode.replace(/\s/g, '').slice(0, 3)) ?? 'FR') : country
}

/** True for a place of overseas France. */
export const isOverseas = (territory: string): boolean => OVERSEAS.includes(territory)

/** True where mainland prices and products hold; Monaco belongs to it. */
export const isMainland = (territory: string): boolean => territory === 'FR' || territory === 'MC'
