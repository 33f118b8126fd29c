import { createHash } from 'node:crypto'
import type { Dice } from '../woocommerce/dice.ts'
import { inventPerson, type Person, PICKUP_POINTS } from '../woocommerce/people.ts'
import type { Row } from './model.ts'
import { insertRow, type Shop, timeOf } from './shop.ts'

type PostalAddress = Person['shipping']

/** Who orders, and where the parcel goes. */
export interface Buyer {
  customer: Row
  invoice: Row
  delivery: Row
}

/** Writes down an invented customer with the addresses of the order. */
export function addBuyer(
  shop: Shop,
  dice: Dice,
  o: { country: 'FR' | 'BE'; isGuest: boolean; hasPickupPoint: boolean },
): Buyer {
  const person = inventPerson(dice, o.country)
  const customer = addCustomer(shop, person, o.isGuest)
  const invoice = addAddress(shop, customer, {
    address: person.billing,
    alias: 'Mon adresse',
    vatNumber: person.vatNumber ?? '',
  })
  if (o.hasPickupPoint) {
    const { id, label, ...place } = dice.pick(PICKUP_POINTS)
    const address = { ...person.billing, ...place, address_2: '', company: label, country: 'FR' }
    const point = { address, alias: 'Point de retrait', other: `Point de retrait ${id}` }
    return { customer, invoice, delivery: addAddress(shop, customer, point) }
  }
  const isElsewhere = person.shipping.address_1 !== person.billing.address_1
  if (!isElsewhere) return { customer, invoice, delivery: invoice }
  const other = dice.chance(0.5) ? 'Sonner 2 fois' : ''
  return {
    customer,
    invoice,
    delivery: addAddress(shop, customer, { address: person.shipping, alias: 'Livraison', other }),
  }
}

function addCustomer(shop: Shop, { billing }: Person, isGuest: boolean): Row {
  const now = timeOf(shop)
  const email = billing.email ?? ''
  const group = isGuest ? '2' : '3'
  const values = {
    id_default_group: group,
    id_lang: '1',
    newsletter_date_add: '0000-00-00 00:00:00',
    ip_registration_newsletter: null,
    last_passwd_gen: now,
    secure_key: createHash('md5').update(`${email} ${now}`).digest('hex'),
    deleted: '0',
    passwd: `$2y$10$${'x'.repeat(53)}`,
    lastname: billing.last_name,
    firstname: billing.first_name,
    email,
    id_gender: '0',
    birthday: '0000-00-00',
    newsletter: '0',
    optin: '0',
    website: null,
    company: billing.company || null,
    siret: null,
    ape: null,
    outstanding_allow_amount: '0.000000',
    show_public_prices: '0',
    id_risk: '0',
    max_payment_days: '0',
    active: '1',
    note: null,
    is_guest: isGuest ? '1' : '0',
    id_shop: '1',
    id_shop_group: '1',
    date_add: now,
    date_upd: now,
    reset_password_token: null,
    reset_password_validity: '0000-00-00 00:00:00',
  }
  return insertRow(shop, 'customers', values, { groups: [{ id: group }] })
}

const COUNTRIES: Record<string, string> = { FR: '8', BE: '3' }

function addAddress(
  shop: Shop,
  customer: Row,
  o: { address: PostalAddress; alias: string; vatNumber?: string; other?: string },
): Row {
  const { address } = o
  const now = timeOf(shop)
  const isMobile = /^(\+32|06|07)/.test(address.phone)
  return insertRow(shop, 'addresses', {
    id_customer: String(customer.id),
    id_manufacturer: '0',
    id_supplier: '0',
    id_warehouse: '0',
    id_country: COUNTRIES[address.country] ?? '8',
    id_state: '0',
    alias: o.alias,
    company: address.company,
    lastname: address.last_name,
    firstname: address.first_name,
    vat_number: o.vatNumber ?? '',
    address1: address.address_1,
    address2: address.address_2,
    postcode: address.postcode,
    city: address.city,
    other: o.other ?? '',
    phone: isMobile ? '' : address.phone,
    phone_mobile: isMobile ? address.phone : '',
    dni: '',
    deleted: '0',
    date_add: now,
    date_upd: now,
  })
}
