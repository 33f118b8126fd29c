import type { Invoice, InvoiceLine } from '../../domain/invoice.ts'

const SELLER_ADDRESS = {
  company: 'Comptoir des Pins',
  lastName: '',
  firstName: '',
  lines: ['12 rue des Pins'],
  postalCode: '69003',
  city: 'Lyon',
  country: 'FR',
  phone: null,
}
/** Where the customer lives. */
export const HOME = {
  company: null,
  lastName: 'Martin',
  firstName: 'Lucie',
  lines: ['72 rue Reine Élisabeth'],
  postalCode: '06500',
  city: 'Menton',
  country: 'FR',
  phone: null,
}
/** One line with a discount. */
export const LINE: InvoiceLine = {
  reference: 'TIS-01',
  name: 'Tisane des pins, sachet de 100 g',
  quantity: '2.0000',
  unit: 'C62',
  unitPrice: '1234.5678',
  discount: 113,
  vatRate: '5.50',
  vatCategory: 'S',
  net: 246801,
}
/** An invoice to a consumer, partly paid. */
export const INVOICE: Invoice = {
  number: 'FA26-000123',
  kind: 'invoice',
  issuedOn: '2026-11-24',
  dueOn: '2026-12-24',
  currency: 'EUR',
  seller: {
    name: 'Comptoir des Pins',
    legalForm: 'SAS',
    capital: '10000.00',
    address: SELLER_ADDRESS,
    siren: '732829320',
    siret: '73282932000074',
    rcs: 'Lyon 732 829 320',
    vatNumber: 'FR44732829320',
    email: 'contact@comptoir-des-pins.example',
    phone: '04 72 00 00 00',
  },
  customer: { address: HOME, siren: null, vatNumber: null, isCompany: false },
  shipTo: null,
  orders: ['CD26-000045'],
  webReferences: ['1042'],
  deliveryNotes: ['BL26-000045'],
  lines: [
    LINE,
    {
      ...LINE,
      reference: 'PORT',
      name: 'Port',
      quantity: '1.0000',
      unitPrice: '5.7500',
      discount: 0,
      vatRate: '20.00',
      net: 575,
    },
  ],
  vat: [
    { rate: '5.50', base: 246801, amount: 13574 },
    { rate: '20.00', base: 575, amount: 115 },
  ],
  net: 247376,
  vatTotal: 13689,
  gross: 261065,
  payments: [{ method: 'CB', amount: 200000, paidOn: '2026-11-23', reference: 'ch_3Nf' }],
  remaining: 61065,
  mentions: ['Réserve de propriété jusqu’au paiement complet.'],
}
/** A customer that is a company. */
export const COMPANY = {
  address: { ...HOME, company: 'Café Škoda & Fils' },
  siren: '552100554',
  vatNumber: 'FR83404833048',
  isCompany: true,
}
