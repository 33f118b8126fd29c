import { Refused } from '../../../domain/failures.ts'
import type { LabelRequest, ServiceOffer } from '../carrier.ts'
import { isMainland, isOverseas, type Lane } from './places.ts'

interface Product {
  name: string
  kind: 'home' | 'pickup' | 'return'
  serves(lane: Lane): boolean
  /** Still sold, but no longer proposed: HD replaces it. */
  isOld?: true
}

const PICKUP_ABROAD = 'BE DE LU NL AT ES IE IT PT CZ DK EE HU LT LV PL SE SI SK FI'
/** Where departments send to as "COLI". */
const EUROPE = 'BE DE LU NL AT ES GB IE IT PT CH CZ DK EE HU LI LT LV PL SE SI SK BG CY FI GR HR MT RO'.split(' ')
/** Where customers can send back to the mainland from. */
const RETURNING =
  'BE DE LU NL SX AT ES GB IE IT PT CZ DK EE HU LT PL SE SI SK FI AU CH GR HR MT RO NO BQ CW PR GF GP MQ RE YT'.split(
    ' ',
  )
/** Overseas places where departments send among themselves; the Pacific is not among them. */
const DEPARTMENTS = ['GP', 'MQ', 'GF', 'RE', 'PM', 'YT', 'BL', 'MF']

const fromMainlandTo =
  (countries: string) =>
  ({ from, to }: Lane): boolean =>
    !isOverseas(from) && countries.split(' ').includes(to)
const crossesTheSea = ({ from, to }: Lane): boolean =>
  from !== to && (isOverseas(to) || (isOverseas(from) && isMainland(to)))
const isWithinDepartment = ({ from, to }: Lane): boolean => from === to && DEPARTMENTS.includes(from)
const isWithinMainland = ({ from, to }: Lane): boolean => isMainland(from) && isMainland(to)
const goesElsewhere = ({ from, to }: Lane): boolean =>
  !isOverseas(to) && !(isOverseas(from) && (isMainland(to) || to === 'AD' || EUROPE.includes(to)))
const comesBackFromAfar = ({ from, to }: Lane): boolean =>
  isOverseas(to) ? from !== to && (isMainland(from) || DEPARTMENTS.includes(from)) : RETURNING.includes(from)

/** The carrier's products and where each goes (contract of carriers, 1.5: product-codes.csv and the two capabilitiesByCountry tables). */
const PRODUCTS: ReadonlyMap<string, Product> = new Map<string, Product>([
  ['DOM', { name: 'Domicile sans signature', kind: 'home', serves: fromMainlandTo('FR MC AD BE CH') }],
  ['DOS', { name: 'Domicile avec signature', kind: 'home', serves: goesElsewhere }],
  ['HD', { name: 'Point de retrait', kind: 'pickup', serves: fromMainlandTo(`FR MC ${PICKUP_ABROAD}`) }],
  ['BPR', { name: 'Bureau de poste', kind: 'pickup', serves: fromMainlandTo('FR'), isOld: true }],
  ['A2P', { name: 'Relais', kind: 'pickup', serves: fromMainlandTo('FR'), isOld: true }],
  ['CMT', { name: "Relais à l'étranger", kind: 'pickup', serves: fromMainlandTo(PICKUP_ABROAD), isOld: true }],
  ['PCS', { name: "Consigne à l'étranger", kind: 'pickup', serves: fromMainlandTo(PICKUP_ABROAD), isOld: true }],
  ['BDP', { name: 'Bureau de poste en Belgique', kind: 'pickup', serves: fromMainlandTo('BE'), isOld: true }],
  ['COM', { name: 'Outre-mer sans signature', kind: 'home', serves: crossesTheSea }],
  [
    'CDS',
    {
      name: 'Outre-mer avec signature',
      kind: 'home',
      serves: (lane) => crossesTheSea(lane) || (isOverseas(lane.from) && lane.to === 'AD'),
    },
  ],
  ['ECO', { name: 'Outre-mer économique', kind: 'home', serves: (lane) => crossesTheSea(lane) && isOverseas(lane.to) }],
  ['COLD', { name: 'Intra-département outre-mer sans signature', kind: 'home', serves: isWithinDepartment }],
  ['COL', { name: 'Intra-département outre-mer avec signature', kind: 'home', serves: isWithinDepartment }],
  [
    'COLI',
    {
      name: "De l'outre-mer vers l'Europe",
      kind: 'home',
      serves: ({ from, to }) => isOverseas(from) && EUROPE.includes(to),
    },
  ],
  [
    'CORE',
    { name: 'Retour France', kind: 'return', serves: (lane) => isWithinMainland(lane) || isWithinDepartment(lane) },
  ],
  ['CORI', { name: 'Retour international ou outre-mer', kind: 'return', serves: comesBackFromAfar }],
])

/** True when the parcel waits at a pickup point. */
export const isPickup = (product: string): boolean => PRODUCTS.get(product)?.kind === 'pickup'

/** The product to buy on this lane; a return without a return product gets the one that fits. Refused names the products that do serve it. */
export function productFor({ service, direction }: Pick<LabelRequest, 'service' | 'direction'>, lane: Lane): string {
  const isReturn = direction === 'return'
  const asked = PRODUCTS.get(service)
  const offers = offersOn(lane, direction)
  if (isReturn && asked?.kind !== 'return') {
    const [best] = offers
    if (best) return best.service
    throw refuse(`aucun retour Colissimo depuis ${lane.from}`)
  }
  if (!asked) throw refuse(`« ${service} » est inconnu${remedy(offers)}`)
  if (!isReturn && asked.kind === 'return') throw refuse(`${service} est un retour${remedy(offers)}`)
  if (asked.serves(lane)) return service
  throw refuse(
    isReturn
      ? `${service} ne part pas de ${lane.from}${remedy(offers)}`
      : `${service} ne dessert pas ${lane.to}${remedy(offers)}`,
  )
}

/** Nothing when this product takes parcels to pickup points on this lane; else the `Refused` that names what does. */
export function assertPickup(service: string, lane: Lane): void {
  productFor({ service, direction: 'outward' }, lane)
  if (!isPickup(service)) throw refuse(`${service} ne livre pas en point de retrait, utilisez HD`)
}

/** What may be bought on this lane; the carrier tells neither price nor day. */
export function offersOn(lane: Lane, direction: LabelRequest['direction']): ServiceOffer[] {
  return [...PRODUCTS]
    .filter(([, { kind, isOld, serves }]) => !isOld && (kind === 'return') === (direction === 'return') && serves(lane))
    .map(([service, { name }]) => ({ service, name, price: null, deliveredOn: null }))
}

const remedy = (offers: ServiceOffer[]): string =>
  offers.length > 0
    ? `, utilisez ${offers.map(({ service }) => service).join(' ou ')}`
    : ', Colissimo ne fait pas ce trajet'

const refuse = (why: string): Refused => new Refused('not-offered', `produit (productCode) : ${why}`)
