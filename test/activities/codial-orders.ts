import type { WebOrder, WebOrderLine } from '../../domain/order.ts'
import type { Payment } from '../../domain/payment.ts'

const PERSON = { company: null, lastName: 'Durand', firstName: 'Léa', phone: '+33600000000' }
const HOME = { ...PERSON, lines: ['12 rue des Lilas'], postalCode: '69003', city: 'Lyon', country: 'FR' }
const PLAIN = { quantity: 1, discount: 0, discountVat: 0, vatRate: '20.00' }

/** Two soaps, 15.80 with VAT. */
export const SOAP: WebOrderLine = {
  ...PLAIN,
  kind: 'item',
  code: 'SAV-001',
  name: "Savon d'Alep",
  quantity: 2,
  gross: 1580,
  vat: 263,
}
/** Carriage, 4.90 with VAT. */
export const PORT: WebOrderLine = {
  ...PLAIN,
  kind: 'shipping',
  code: 'flat_rate',
  name: 'Colissimo',
  gross: 490,
  vat: 82,
}

/** A fee line, negative for a gift card. */
export const feeLine = (name: string, gross: number, vat: number): WebOrderLine => ({
  ...PLAIN,
  kind: 'fee',
  code: name,
  name,
  gross,
  vat,
})

/** The order of the contract's example: soap and carriage less 2.00 by a code, 18.70. */
export function webOrder(webId: string, change: Partial<WebOrder> = {}): WebOrder {
  return {
    site: 'boutique-bio',
    webId,
    number: webId,
    webStatus: 'processing',
    currency: 'EUR',
    placedAt: '2026-11-24T08:12:03Z',
    modifiedAt: '2026-11-24T08:12:40Z',
    customer: { ...PERSON, webCode: '77', email: 'lea@example.org', siren: null, vatNumber: null },
    billing: HOME,
    shipping: HOME,
    pickupPoint: null,
    lines: [{ ...SOAP, discount: 200, discountVat: 33 }, PORT],
    coupons: ['NOEL'],
    shippingMethod: { code: 'flat_rate', name: 'Colissimo' },
    paymentMethod: { code: 'stripe', name: 'Carte bancaire' },
    payments: [],
    refunds: [],
    total: 1870,
    weight: null,
    note: '',
    ...change,
  }
}

/** A card payment of the whole order, in Codial's word for cards. */
export const cardPayment = (id: string, change: Partial<Payment> = {}): Payment => ({
  id,
  method: 'CB',
  amount: 1870,
  transactionId: id,
  paidAt: '2026-11-24T08:12:40Z',
  ...change,
})
