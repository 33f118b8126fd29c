import type { PickupPoint } from '../../../domain/address.ts'
import type { PsAddress } from './wire.ts'

/**
 * Where a shop's module writes the pickup point. The modules keep it in tables that the web service does not show, but most
 * also write an address for it: `fields` are looked through in order, and `pattern` names `id` and, if it can, `network`.
 */
export interface PickupPattern {
  fields: ('alias' | 'other' | 'company' | 'address2')[]
  /** A regular expression with the groups `id` and, as wished, `network` and `name`; case does not matter. */
  pattern: string
}

/** "Point relais 012345", "Colissimo - Point de retrait 031184", "Pickup n° 98765" as the alias or the notes of the delivery address. */
export const DEFAULT_PICKUP: PickupPattern = {
  fields: ['alias', 'other'],
  pattern:
    '(?:(?<network>mondial ?relay|colissimo|chronopost|relais colis)\\W*)?(?:point (?:de )?(?:relais|relay|retrait)|relais|pickup(?: point)?)\\W{0,4}(?:n\\W{0,2})?(?<id>\\d{5,6})\\b',
}

/** The pickup point that an address stands for; its company is the name of the point. */
export function pickupPointOf(address: PsAddress, { fields, pattern }: PickupPattern): PickupPoint | null {
  const expression = new RegExp(pattern, 'i')
  for (const field of fields) {
    const groups = expression.exec(address[field])?.groups
    if (groups?.id)
      return { id: groups.id, network: groups.network ?? null, name: (groups.name ?? address.company) || null }
  }
  return null
}
