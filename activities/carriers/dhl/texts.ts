import { spelledFor } from '../../../domain/address.ts'
import type { Parcel } from '../../../domain/shipment.ts'

const LATIN = /[ -~°À-ÖØ-öø-ÿ]/

/** A text in Latin letters, which every country's labels can print. */
export const plain = (text: string): string => spelledFor(text, LATIN)

/** The start of a text that ends with a whole word. */
export function shortened(text: string, width: number): string {
  if (text.length <= width) return text
  const cut = text.slice(0, width + 1)
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), 0) || width).replace(/[ ,;:-]+$/, '')
}

/** Words that name no goods: DHL refuses descriptions made of them (error 7147). */
const VAGUE = new Set(
  (
    'accessories article articles assorted cadeau colis commande consumables contents document documents divers diverses equipment ' +
    'facture gift gifts good goods invoice item items marchandise marchandises merchandise misc miscellaneous new no of ' +
    'order parcel part parts piece pieces product products produit produits sample samples shipment spare stuff supplies ' +
    'unique various'
  ).split(' '),
)

/** True when a description names no goods at all. */
export function isVague(description: string): boolean {
  const words = description.toLowerCase().match(/\p{L}{2,}/gu) ?? []
  return words.every((word) => VAGUE.has(word))
}

/**
 * What a shipment holds where no customs declaration names it: its articles by their names, "2 x Savon d'Alep, 1 x THE-VERT",
 * since DHL refuses the name of a document or a word for anything (7147, and go-live checks).
 */
export function contentsOf(parcels: Parcel[], seller: string): string {
  const counted = new Map<string, number>()
  for (const { reference, name = reference, quantity } of parcels.flatMap(({ lines }) => lines))
    counted.set(name, (counted.get(name) ?? 0) + quantity)
  const listed = plain([...counted].map(([name, quantity]) => `${quantity} x ${name}`).join(', '))
  return shortened(listed || plain(`Retail articles of ${seller}`), 70)
}
