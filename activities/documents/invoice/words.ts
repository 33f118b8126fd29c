import type { Address } from '../../../domain/address.ts'
import type { Invoice, Seller } from '../../../domain/invoice.ts'
import { type Decimal, unitsOf } from '../../../domain/money.ts'

/** What the embedded font surely has: every Latin letter of Europe, figures, and the signs of French business writing. */
const COVERED =
  /[ -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u202f\u20ac\u2122\u2212]/

/** Text that the font can show: on one line, without joiners, a missing letter as its base or as "?". */
export function printable(text: string): string {
  const letters = text
    .normalize('NFC')
    .replace(/\p{Cf}|\p{Variation_Selector}|\p{Emoji_Modifier}/gu, '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll('\u202f', '\u00a0') // too thin to be seen in this font
  return Array.from(letters, shown).join('').trim()
}

function shown(letter: string): string {
  if (COVERED.test(letter)) return letter
  const base = letter.normalize('NFD').charAt(0)
  return COVERED.test(base) ? base : '?'
}

/** A decimal as French readers write it, with at least `places` decimals and no useless zero: "1 234,50". */
export function figure(decimal: Decimal, { places }: { places: number }): string {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.')
  const kept = fraction.replace(/0+$/, '').padEnd(places, '0')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f')
  return `${decimal.startsWith('-') ? '-' : ''}${grouped}${kept && `,${kept}`}`
}

/** A VAT rate: "5,5 %". */
export const percent = (rate: Decimal): string => `${figure(rate, { places: 0 })}\u00a0%`

/** An ISO day as invoices write it: "24/11/2026". */
export const day = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('/')

/** The ERP's code of a payment method in readable letters: "CHEQUE_CADEAU" is "Cheque cadeau", "CB" stays. */
export function methodName(code: string): string {
  if (!/^[A-Z_]{4,}$/.test(code)) return code
  return code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ')
}

/** What the paper is called. */
export const titleOf = ({ kind }: Pick<Invoice, 'kind'>): string => (kind === 'invoice' ? 'Facture' : 'Avoir')

/** What the paper refers to, with a name for one and a name for several. */
export function referencesOf({ orders, webReferences, deliveryNotes }: Invoice): Reference[] {
  const all = [
    { one: 'Commande', several: 'Commandes', values: orders },
    { one: 'Commande web', several: 'Commandes web', values: webReferences },
    { one: 'Bon de livraison', several: 'Bons de livraison', values: deliveryNotes },
  ]
  return all.filter(({ values }) => values.length > 0)
}

/** Numbers of one kind that an invoice refers to. */
export interface Reference {
  one: string
  several: string
  values: string[]
}

/** More numbers than this are listed among the mentions instead of the head. */
export const FEW = 3

/** A postal address as an envelope shows it; the country only abroad. */
export function addressLines({ company, firstName, lastName, lines, postalCode, city, country }: Address): string[] {
  const abroad = country === 'FR' ? [] : [new Intl.DisplayNames('fr', { type: 'region' }).of(country) ?? country]
  const all = [company ?? '', `${firstName} ${lastName}`, ...lines, `${postalCode} ${city}`, ...abroad]
  return all.map((line) => line.trim()).filter(Boolean)
}

/** The seller's address and ways to reach it, under its name. */
export function sellerLines({ address, phone, email }: Seller): string[] {
  const { lines, postalCode, city } = address
  return [lines.join(', '), `${postalCode} ${city}`, [phone, email].filter(Boolean).join(' · ')].filter(Boolean)
}

/** The identity that every page carries (Code de commerce R123-237, CGI ann. II art. 242 nonies A). */
export function sellerIdentity(seller: Seller): string[] {
  const { name, legalForm, capital, address, siren, siret, rcs, vatNumber } = seller
  const worth = unitsOf(capital, 2) === null ? capital : `${figure(capital, { places: 0 })}\u00a0€`
  const form = [legalForm, worth && `au capital de ${worth}`].filter(Boolean).join(' ')
  return [
    [name, form, address.lines.join(', '), `${address.postalCode} ${address.city}`].filter(Boolean).join(', '),
    [`SIREN ${siren}`, siret && `SIRET ${siret}`, rcs && `RCS ${rcs.replace(/^RCS\s+/i, '')}`, `TVA ${vatNumber}`]
      .filter(Boolean)
      .join(' · '),
  ]
}
