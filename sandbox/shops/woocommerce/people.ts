import type { Dice } from './dice.ts'
import type { Address } from './model.ts'

/** An invented customer; phone numbers are from the ranges kept for fiction, e-mails at example domains. */
export interface Person {
  billing: Address
  shipping: Address
  vatNumber: string | null
}

type Place = Pick<Address, 'address_1' | 'address_2' | 'postcode' | 'city'>

const FIRST_NAMES = [
  'Zoé',
  'François',
  'Anaïs',
  'Benoît',
  'Maëlle',
  'Loïc',
  'Éléonore',
  'Jean-Noël',
  'Chloé',
  'Gaël',
  'Inès',
  'Théo',
] as const
const LAST_NAMES = [
  "D'Hérouville",
  'Lœuillet',
  'Nguyen',
  "L'Hostis",
  'Çelik',
  'Müller-Faure',
  'Peña',
  'Bérenger',
  'Le Goff',
  'Saint-Exupéry de la Tour',
  'Ouédraogo',
  'Łukasiewicz',
] as const
const COMPANIES = [
  { company: 'Menuiserie Brüneau & Fils SARL', vat: 'FR46900012345' },
  { company: "L'Épicerie d'à Côté", vat: 'FR23911170603' },
  { company: 'Hôtel « Les Embruns » SAS', vat: 'FR47922504188' },
  { company: 'Atelier Noël Œuvre', vat: 'FR84933641029' },
] as const
const PLACES: readonly Place[] = [
  { address_1: '3 rue de l’Abbé-Grégoire', address_2: '', postcode: '75006', city: 'Paris' },
  {
    address_1: '1247 bis avenue du Maréchal de Lattre de Tassigny',
    address_2: 'Résidence Les Érables, bâtiment C, escalier 2',
    postcode: '54000',
    city: 'Nancy',
  },
  { address_1: "18 chemin de l'Écluse", address_2: '', postcode: '29000', city: 'Quimper' },
  { address_1: '7 place du Général-de-Gaulle', address_2: '3e étage gauche', postcode: '59800', city: 'Lille' },
  { address_1: 'Lieu-dit Kerbénévent', address_2: '', postcode: '56400', city: 'Plougoumelen' },
  { address_1: '112 boulevard de la Croix-Rousse', address_2: 'Appt 41', postcode: '69004', city: 'Lyon' },
  { address_1: '5 impasse du Bœuf couronné', address_2: '', postcode: '31000', city: 'Toulouse' },
  {
    address_1: 'Zone artisanale & commerciale des Pâtureaux',
    address_2: 'Quai n° 2',
    postcode: '87000',
    city: 'Limoges',
  },
  { address_1: '26 rue Saint-Étienne', address_2: '', postcode: '67000', city: 'Strasbourg' },
  { address_1: '9 traverse de la Baume', address_2: 'Villa Mon Rêve', postcode: '13008', city: 'Marseille' },
]
const BELGIAN_PLACES: readonly Place[] = [
  { address_1: 'Rue de la Régence 14', address_2: 'Boîte 3', postcode: '1000', city: 'Bruxelles' },
  { address_1: 'Chaussée de Liège 231', address_2: '', postcode: '4500', city: 'Huy' },
  { address_1: 'Vrijdagmarkt 8', address_2: '', postcode: '9000', city: 'Gand' },
]
const DOMAINS = ['example.org', 'example.com', 'example.net'] as const

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/œ/gi, 'oe')
    .replace(/ł/gi, 'l')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()

const phoneOf = (dice: Dice, country: 'FR' | 'BE') =>
  country === 'BE'
    ? `+32456${String(dice.int(0, 999_999)).padStart(6, '0')}`
    : `063998${String(dice.int(0, 9999)).padStart(4, '0')}`

/** Invents a customer; a company of France comes with a VAT number, and some have their parcels sent elsewhere. */
export function inventPerson(dice: Dice, country: 'FR' | 'BE'): Person {
  const [first_name, last_name] = [dice.pick(FIRST_NAMES), dice.pick(LAST_NAMES)]
  const places = country === 'BE' ? BELGIAN_PLACES : PLACES
  const business = country === 'FR' && dice.chance(0.25) ? dice.pick(COMPANIES) : null
  const email = `${plain(first_name)}.${plain(last_name)}@${dice.pick(DOMAINS)}`
  const phone = phoneOf(dice, country)
  const billing: Address = {
    first_name,
    last_name,
    company: business?.company ?? '',
    state: '',
    country,
    email,
    phone,
    ...dice.pick(places),
  }
  const { email: _, ...same } = billing
  const shipping = dice.chance(0.2) ? { ...same, company: '', ...dice.pick(places) } : same
  return { billing, shipping, vatNumber: business?.vat ?? null }
}

const NOTES = [
  'Merci de livrer le matin',
  "Le code de l'immeuble est 12B34, sonner chez « Lœuillet »",
  'C’est un cadeau 🎁 : ne pas joindre la facture, svp !',
  'Laisser chez la voisine du 2e si absent\nmerci',
] as const

/** What a customer writes with the order; most write nothing. */
export const inventNote = (dice: Dice): string => (dice.chance(0.4) ? dice.pick(NOTES) : '')

/** Pickup points that do not exist, in the shape of Colissimo: id of 6 digits. */
export const PICKUP_POINTS = [
  { id: '957280', label: 'Tabac de la Gare', address_1: '2 place de la Gare', postcode: '69003', city: 'Lyon' },
  { id: '031184', label: "L'Épi d'Or", address_1: '44 rue des Écoles', postcode: '35000', city: 'Rennes' },
  {
    id: '760412',
    label: 'Bureau de poste Saint-Sever',
    address_1: '19 rue Lafayette',
    postcode: '76100',
    city: 'Rouen',
  },
] as const
