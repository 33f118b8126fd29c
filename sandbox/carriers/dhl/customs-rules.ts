import { passesCustoms } from './places.ts'
import { findProduct } from './products.ts'
import type { ShipmentRequest } from './request.ts'
import type { Case } from './rules.ts'
import { SAY } from './texts.ts'

const BRANDED = ['JEWELRY', 'MACHINERY', 'NIKE MERCHANDISE']
const VAGUE = new Set([
  ...['ACCESSORIES', 'AS PER INVOICE', 'GIFT', 'GIFTS', 'GOODS', 'ITEM', 'ITEMS', 'MERCHANDISE', 'N/A', 'PARCEL'],
  ...['PARTS', 'PERSONAL EFFECTS', 'PRODUCT', 'PRODUCTS', 'SAMPLE', 'SAMPLES', 'VARIOUS'],
  ...[
    'ARTICLE',
    'ARTICLES',
    'CADEAU',
    'COLIS',
    'COMMANDE',
    'DIVERS',
    'MARCHANDISE',
    'MARCHANDISES',
    'PRODUIT',
    'PRODUITS',
  ],
])
// A bare document number says nothing about goods: "BL26-000045", "S00123".
const DOCUMENT_NUMBER = /^[A-Z]{0,4}[-/ ]?\d[\d\-/ ]*$/

/** Customs papers where a border needs them, and only there. */
export function rulesOfCustoms({ request }: Case): string[] {
  const { content, customerDetails, productCode } = request
  const { shipperDetails: from, receiverDetails: to } = customerDetails
  const product = findProduct(productCode)
  const isNeeded = passesCustoms(from.postalAddress, to.postalAddress) && product?.isDocument !== true
  const isDeclared = content.isCustomsDeclarable
  if (isDeclared !== isNeeded) return [SAY.declarable(isNeeded)]
  if (!isDeclared) return []
  const { exportDeclaration, declaredValue, declaredValueCurrency } = content
  return [
    ...(declaredValue === undefined || declaredValueCurrency === undefined ? [SAY.declaredValue()] : []),
    ...(exportDeclaration ? [] : [SAY.declaration()]),
    ...(exportDeclaration && !exportDeclaration.invoice && asksInvoice(request) ? [SAY.invoiceData()] : []),
  ]
}

/** Whether the carrier shall draw the commercial invoice. */
export const asksInvoice = ({ outputImageProperties: images }: ShipmentRequest): boolean =>
  images?.imageOptions?.some(({ typeCode, isRequested }) => typeCode === 'invoice' && isRequested === true) ?? false

function keywordOf(description: string): string | undefined {
  const text = description.trim().toUpperCase()
  // The recorded answer puts UNIQUE before each of these three.
  if (BRANDED.includes(text)) return `UNIQUE ${text}`
  return VAGUE.has(text) || DOCUMENT_NUMBER.test(text) ? text : undefined
}

/** Descriptions must say what the goods are. */
export function rulesOfDescriptions({ description, exportDeclaration }: ShipmentRequest['content']): string[] {
  const keyword = keywordOf(description)
  const place = 'shipment description #/content/description'
  const lines = (exportDeclaration?.lineItems ?? []).flatMap((line, index) => {
    const found = keywordOf(line.description)
    const where = `export line item description #/content/exportdeclaration/lineitems/${index + 1}/description`
    return found === undefined ? [] : [SAY.vague({ place: where, keyword: found })]
  })
  return [...(keyword === undefined ? [] : [SAY.vague({ place, keyword })]), ...lines]
}
