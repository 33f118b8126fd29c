import type { CustomsDeclaration, CustomsLine } from '../../../domain/customs.ts'
import { Refused } from '../../../domain/failures.ts'
import { isVague, plain, shortened } from './texts.ts'
import type { DhlExportDeclaration, DhlImageOption, DhlShipmentOrder } from './wire.ts'

type Declared = Required<
  Pick<DhlShipmentOrder['content'], 'declaredValue' | 'declaredValueCurrency' | 'exportDeclaration' | 'description'>
>

/** What customs are told, with the description of the whole; `Refused` names the article and what it misses. */
export function declaredOf(customs: CustomsDeclaration): Declared {
  const [first] = customs.lines
  if (!first) throw new Refused('customs-incomplete', 'déclaration en douane (lineItems) : aucun article')
  if (customs.lines.length > 999)
    throw new Refused('customs-incomplete', 'déclaration en douane (lineItems) : 999 articles au plus')
  const goods = customs.lines.reduce((sum, { unitValue, quantity }) => sum + unitValue * quantity, 0)
  return {
    declaredValue: (goods + customs.shipping) / 100,
    declaredValueCurrency: customs.currency,
    exportDeclaration: exportDeclaration(customs),
    description: shortened(plain(first.description), 70),
  }
}

function exportDeclaration({ reason, invoice, lines, shipping }: CustomsDeclaration): DhlExportDeclaration {
  const exportReasonType = reason === 'return' ? 'return' : 'permanent'
  return {
    lineItems: lines.map((line, i) => ({ ...lineItem(line, i + 1), exportReasonType })),
    invoice: { number: plain(invoice.number).slice(0, 35), date: invoice.date },
    ...(shipping > 0 ? { additionalCharges: [{ value: shipping / 100, typeCode: 'freight' as const }] } : {}),
    exportReasonType,
    shipmentType: 'commercial',
  }
}

function lineItem(line: CustomsLine, number: number) {
  const description = shortened(plain(line.description), 512)
  assertComplete(line, description)
  return {
    number,
    description,
    price: line.unitValue / 100,
    quantity: { value: line.quantity, unitOfMeasurement: 'PCS' as const },
    commodityCodes: [{ typeCode: 'outbound' as const, value: line.hsCode }],
    manufacturerCountry: line.origin,
    weight: { netValue: (line.unitWeight * line.quantity) / 1000 },
  }
}

function assertComplete(line: CustomsLine, description: string): void {
  const missing = [
    [isVague(description), 'description précise de la marchandise (description)'],
    [!/^\d{6}(\d\d){0,2}$/.test(line.hsCode), 'code SH de 6, 8 ou 10 chiffres (commodityCodes)'],
    [!/^[A-Z]{2}$/.test(line.origin), "pays d'origine (manufacturerCountry)"],
    [!(line.quantity > 0 && Number.isInteger(line.quantity)), 'quantité (quantity)'],
    [!(line.unitWeight > 0), 'poids net (weight)'],
  ].flatMap(([isMissing, name]) => (isMissing ? [name] : []))
  if (missing.length > 0)
    throw new Refused('customs-incomplete', `article ${line.reference} : il manque ${missing.join(', ')}`)
}

/** The customs invoice that DHL draws from the declaration: the papers of paperless trade (7120 without them). */
export const invoiceOption = ({ reason }: CustomsDeclaration): DhlImageOption => ({
  typeCode: 'invoice',
  templateName: 'COMMERCIAL_INVOICE_P_10',
  isRequested: true,
  invoiceType: reason === 'return' ? 'returns' : 'commercial',
  languageCode: 'eng',
  languageCountryCode: 'US',
})
