import type { Dice } from '../woocommerce/dice.ts'
import { inventNote, inventPerson } from '../woocommerce/people.ts'
import type { Address } from './model.ts'

type Place = Omit<Address, 'entity_id' | 'address_type' | 'parent_id'>

/** A customer as an order keeps one. */
export interface Customer {
  billing: Place
  shipping: Place
  /** Null for a guest. */
  id: number | null
  vat: string | null
  note: string | null
}

const nowhere = { company: null, region: null, region_code: null, region_id: null, vat_id: null }
const jeanne = {
  ...nowhere,
  email: 'jeanne.darcy@example.com',
  firstname: 'Jeanne',
  lastname: "D'Arcy-Éluard",
  country_id: 'FR',
}

/** The customer of an order without dice: with a company that has its own VAT number, and another delivery address. */
export const JEANNE: Customer = {
  billing: {
    ...jeanne,
    company: 'ACME SARL',
    street: ['12 rue des Érables', 'Bât. C'],
    postcode: '69003',
    city: 'Lyon',
    region: 'Rhône',
    region_code: '69',
    region_id: 251,
    telephone: '0478000000',
    vat_id: 'FR40303265045',
  },
  shipping: {
    ...jeanne,
    street: ['Zone artisanale & commerciale', 'Quai n°2'],
    postcode: '13009',
    city: 'Marseille',
    region: 'Bouches-du-Rhône',
    region_code: '13',
    region_id: 194,
    telephone: '0612345678',
  },
  id: 5,
  vat: 'FR40303265045',
  note: 'Merci de livrer le matin',
}

const brussels: Place = {
  ...nowhere,
  email: 'paul.martin@example.com',
  firstname: 'Paul',
  lastname: 'Martin',
  street: ['5 place du Marché'],
  postcode: '1000',
  city: 'Bruxelles',
  country_id: 'BE',
  telephone: '0475000000',
}

/** The guest of Belgium of an order without dice. */
export const PAUL: Customer = { billing: brussels, shipping: brussels, id: null, vat: null, note: null }

/** Invents a customer; a company of France comes with a VAT number. */
export function inventCustomer(dice: Dice, o: { country: 'FR' | 'BE'; isGuest: boolean }): Customer {
  const { billing, shipping, vatNumber } = inventPerson(dice, o.country)
  const isGuest = o.isGuest || dice.chance(0.3)
  const email = billing.email ?? ''
  const place = (from: typeof shipping): Place => ({
    ...nowhere,
    email,
    firstname: from.first_name,
    lastname: from.last_name,
    company: from.company || null,
    street: [from.address_1, from.address_2].filter(Boolean),
    postcode: from.postcode,
    city: from.city,
    country_id: from.country,
    telephone: from.phone,
  })
  return {
    billing: { ...place(billing), vat_id: vatNumber },
    shipping: place(shipping),
    id: isGuest ? null : dice.int(3, 400),
    vat: isGuest ? null : vatNumber,
    note: inventNote(dice) || null,
  }
}
