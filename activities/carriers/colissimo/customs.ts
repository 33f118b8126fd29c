import { spelledFor } from '../../../domain/address.ts'
import type { CustomsDeclaration, CustomsLine } from '../../../domain/customs.ts'
import { Refused } from '../../../domain/failures.ts'
import type { SlsArticle, SlsCustoms } from './wire.ts'

/** The carrier refuses an accent here. */
const UNACCENTED = /[A-Za-z0-9 '\-.,/()&+]/
/** Currencies that the label service takes. */
const CURRENCIES = ['EUR', 'USD', 'CHF', 'GBP', 'CNY', 'JPY', 'CAD', 'AUD']
/** One outward parcel and its invoice stand behind a return: they are called A. */
const ORIGINAL = 'A'

/** What an article must have: its name for operators, and whether it is there. */
const NEEDED: [name: string, isThere: (line: CustomsLine) => boolean][] = [
  ['désignation (description)', ({ description }) => spelledFor(description, UNACCENTED) !== ''],
  ['quantité (quantity)', ({ quantity }) => Number.isInteger(quantity) && quantity > 0],
  ['poids net (weight)', ({ unitWeight }) => unitWeight > 0],
  ['valeur (value)', ({ unitValue }) => unitValue > 0],
  ['code SH de 6, 8 ou 10 chiffres (hsCode)', ({ hsCode }) => /^(\d{6}|\d{8}|\d{10})$/.test(digits(hsCode))],
  ["pays d'origine (originCountry)", ({ origin }) => /^[A-Z]{2}$/.test(origin)],
]

/** What a label order says to the customs: the price of transport in cents, and the CN23 form. */
export interface Declared {
  transport: { transportationAmount: number; totalAmount: number }
  form: SlsCustoms
}

/** The customs' share of an order for a parcel of this many grams, or the `Refused` that names what is missing. */
export function declare(customs: CustomsDeclaration | null, grams: number): Declared {
  if (!customs) throw refuse('déclaration (CN23) absente')
  assertComplete(customs)
  assertWeighs(customs.lines, grams)
  const shipping = Math.max(customs.shipping, 1) // free for the customer: the carrier refuses 0 (error 30020)
  return { transport: { transportationAmount: shipping, totalAmount: shipping }, form: formOf(customs) }
}

function formOf(customs: CustomsDeclaration): SlsCustoms {
  const isReturn = customs.reason === 'return'
  return {
    includeCustomsDeclarations: true,
    numberOfCopies: 4,
    contents: {
      article: customs.lines.map((line) => article(line, customs)),
      category: { value: isReturn ? 6 : 3 },
      ...(isReturn ? { original: [originalOf(customs)] } : {}),
    },
    invoiceNumber: spelledFor(customs.invoice.number, UNACCENTED).slice(0, 35),
  }
}

function article(line: CustomsLine, { currency, reason }: CustomsDeclaration): SlsArticle {
  const { reference, description, quantity, unitWeight, unitValue, hsCode, origin } = line
  const isReturn = reason === 'return'
  const artref = spelledFor(reference, UNACCENTED).slice(0, 35)
  return {
    description: spelledFor(description, UNACCENTED).slice(0, 64).trim(),
    quantity,
    weight: unitWeight / 1000,
    value: unitValue / 100,
    currency,
    hsCode: isReturn ? digits(hsCode).slice(0, 6) : digits(hsCode), // the SLS document wants 6 digits for returns
    originCountry: origin,
    ...(artref ? { artref } : {}),
    ...(isReturn ? { originalIdent: ORIGINAL } : {}),
  }
}

function originalOf({ invoice, outwardParcel }: CustomsDeclaration) {
  if (!outwardParcel) throw refuse('numéro du colis aller (originalParcelNumber)')
  return {
    originalIdent: ORIGINAL,
    originalInvoiceNumber: spelledFor(invoice.number, UNACCENTED).slice(0, 35),
    originalInvoiceDate: invoice.date,
    originalParcelNumber: outwardParcel,
  }
}

function assertComplete({ lines, currency, invoice, reason }: CustomsDeclaration): void {
  if (lines.length === 0 || lines.length > 100) throw refuse('articles (article) : de 1 à 100') // error 30523
  if (!CURRENCIES.includes(currency)) throw refuse(`devise (currency) : ${CURRENCIES.join(', ')}`)
  if (!invoice.number.trim()) throw refuse('numéro de facture (invoiceNumber)')
  for (const line of lines) {
    const missing = NEEDED.filter(([, isThere]) => !isThere(line)).map(([name]) => name)
    if (missing.length > 0) throw refuse(`article « ${line.reference} » : ${missing.join(', ')}`)
  }
  if (reason === 'return' && new Set(lines.map(({ origin }) => origin)).size > 1)
    throw refuse("pays d'origine (originCountry) : le même pour tous les articles d'un retour") // error 30538
}

/** The parcel is declared up to the next 10 g. */
function assertWeighs(lines: CustomsLine[], grams: number): void {
  const net = lines.reduce((sum, { quantity, unitWeight }) => sum + quantity * unitWeight, 0)
  if (net > Math.ceil(grams / 10) * 10)
    throw refuse(`poids net des articles (weight) : ${net} g, plus que le colis (${grams} g)`) // errors 30507, 30540
}

const digits = (hsCode: string): string => hsCode.replace(/[\s.]/g, '')

const refuse = (what: string): Refused => new Refused('customs-incomplete', what)
