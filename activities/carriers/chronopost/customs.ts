import type { CustomsDeclaration, CustomsLine } from '../../../domain/customs.ts'
import { Refused } from '../../../domain/failures.ts'
import type { XmlFields } from '../../wire/soap.ts'
import type { LabelRequest } from '../carrier.ts'
import { plain } from './addresses.ts'
import { kilos } from './parcels.ts'

/**
 * The `customsValue` of a purchase; amounts in units of the currency, weights in kg of one piece. The seller's EORI and
 * VAT numbers are left out: the carrier has them with the account, and the server-side rules are not published.
 */
export function customsOf({ customs, parcels }: LabelRequest): XmlFields {
  if (!customs?.lines.length) throw new Refused('customs-incomplete', 'articles (articlesValue) : obligatoires')
  const packed = packing(
    customs,
    parcels.reduce((sum, { weight }) => sum + weight, 0),
  )
  return [
    ...customs.lines.map((line, i) => ['articlesValue', articleOf(line, { position: i + 1, packed })] as const),
    ['currency', customs.currency],
    ['description', descriptionOf(customs.lines)],
    ['descriptionInLanguage', descriptionOf(customs.lines)],
    ['incoterm', 'DAP'],
    ['language', 'FR'],
    ['numberOfItems', customs.lines.length],
    ['value', units(customs.lines.reduce((sum, { unitValue, quantity }) => sum + unitValue * quantity, 0))],
  ]
}

/** How much heavier than their goods the parcels are, at least 1: what turns a net weight into a gross one. */
function packing({ lines }: CustomsDeclaration, gross: number): number {
  const net = lines.reduce((sum, { unitWeight, quantity }) => sum + unitWeight * quantity, 0)
  return net > 0 ? Math.max(gross / net, 1) : 1
}

function articleOf(line: CustomsLine, { position, packed }: { position: number; packed: number }): XmlFields {
  const field = (name: string): string => `${name} de l'article ${position}`
  const content = plain(line.description).slice(0, 100)
  if (!content) throw new Refused('customs-incomplete', `${field('désignation (content)')} : obligatoire`)
  if (!/^(\d{6}|\d{8}|\d{10})$/.test(line.hsCode))
    throw new Refused('customs-incomplete', `${field('code SH (hscode)')} : 6, 8 ou 10 chiffres`)
  if (!/^[A-Z]{2}$/.test(line.origin))
    throw new Refused('customs-incomplete', `${field('origine (origin)')} : 2 lettres`)
  return [
    ['content', content],
    ['contentInLanguage', content],
    ['grossWeight', kilos(line.unitWeight * packed)],
    ['hscode', line.hsCode],
    ['netWeight', kilos(line.unitWeight)],
    ['origin', line.origin],
    ['position', position],
    ['quantity', line.quantity],
    ['value', units(line.unitValue)],
  ]
}

const descriptionOf = (lines: CustomsLine[]): string =>
  [...new Set(lines.map(({ description }) => plain(description)))].join(' - ').slice(0, 100).trim()

/** Cents as units: 2550 -> 25.5. */
const units = (cents: number): number => cents / 100
