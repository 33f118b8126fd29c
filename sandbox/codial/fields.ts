import { z } from 'zod'

/** A text that says something. */
export const text = (max: number) => z.string().max(max).regex(/\S/, 'texte vide')

/** A unit price, VAT included. */
export const unitPrice = z.string().regex(/^-?\d{1,9}(\.\d{1,4})?$/, 'prix unitaire : 4 décimales au plus')

/** How many, more than none. */
export const quantity = z.string().regex(/^(?=.*[1-9])\d{1,6}(\.\d{1,4})?$/, 'quantité : décimal positif')

/** An amount of either sign. */
export const signedAmount = z.string().regex(/^-?\d{1,12}\.\d{2}$/, 'montant : 2 décimales')

/** A total of an order. */
export const total = z.string().regex(/^\d{1,12}\.\d{2}$/, 'total : positif, 2 décimales')

/** Money that moved. */
export const paid = z.string().regex(/^(?=.*[1-9])\d{1,12}\.\d{2}$/, 'montant : positif, 2 décimales')

/** A VAT rate in percent. */
export const rate = z.string().regex(/^\d{1,2}\.\d{2}$/, 'taux : pourcentage à 2 décimales')

/** A moment with its offset. */
export const moment = z.iso.datetime({ offset: true }).regex(/T\d\d:\d\d:\d\d/, 'moment : RFC 3339 avec décalage')

/** A day. */
export const day = z.iso.date()

/** The rank of a line or parcel. */
export const rank = z.int().min(1).max(9999)

/** The key of an article. */
export const reference = z.string().min(1).max(50)

/** The code of a web shop. */
export const siteCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'code de site')

/** An ISO 4217 code. */
export const currency = z.string().refine((code) => CURRENCIES.has(code), 'devise : code ISO 4217')

/** An ISO 3166 code. */
export const country = z.string().refine(isCountry, 'pays : code ISO 3166 à 2 lettres')

/** A SIREN with a true check digit. */
export const siren = z
  .string()
  .regex(/^\d{9}$/)
  .refine(passesLuhn, 'SIREN : clé fausse')

/** An intra-community VAT number. */
export const vatNumber = z.string().regex(/^[A-Z]{2}[A-Z0-9]{2,13}$/, 'numéro de TVA intracommunautaire')

/** An address of the web. */
export const webUrl = z.url({ protocol: /^https?$/ }).max(500)

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))
const REGIONS = new Intl.DisplayNames(['fr'], { type: 'region', fallback: 'none' })

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && code !== 'ZZ' && REGIONS.of(code) !== undefined
}

function passesLuhn(digits: string): boolean {
  const doubled = [...digits].reverse().map((digit, i) => Number(digit) * (i % 2 ? 2 : 1))
  return doubled.reduce((sum, n) => sum + (n > 9 ? n - 9 : n), 0) % 10 === 0
}

/** A carrier's number of a parcel. */
export const trackingNumber = z.string().regex(/^[A-Za-z0-9-]{4,50}$/, 'numéro de suivi')
