import type { Address } from './address.ts'
import type { Cents, Decimal } from './money.ts'

/** Who issues the invoice, with the identity that French law asks for (Code de commerce R123-237). */
export interface Seller {
  name: string
  legalForm: string
  capital: string
  address: Address
  siren: string
  siret: string | null
  rcs: string
  vatNumber: string
  email: string
  phone: string
}

/** One line of an invoice, net of VAT. */
export interface InvoiceLine {
  reference: string
  name: string
  quantity: Decimal
  unit: string
  /** Net unit price, 4 decimals. */
  unitPrice: Decimal
  discount: Cents
  vatRate: Decimal
  vatCategory: string
  net: Cents
}

/** An invoice or credit note exactly as the ERP issued it: we reproduce, never compute. */
export interface Invoice {
  number: string
  kind: 'invoice' | 'credit-note'
  /** ISO day. */
  issuedOn: string
  dueOn: string | null
  currency: string
  seller: Seller
  customer: { address: Address; siren: string | null; vatNumber: string | null; isCompany: boolean }
  shipTo: Address | null
  orders: string[]
  webReferences: string[]
  deliveryNotes: string[]
  lines: InvoiceLine[]
  vat: { rate: Decimal; base: Cents; amount: Cents }[]
  net: Cents
  vatTotal: Cents
  gross: Cents
  payments: { method: string; amount: Cents; paidOn: string; reference: string | null }[]
  remaining: Cents
  mentions: string[]
}
