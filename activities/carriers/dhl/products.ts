import { Refused } from '../../../domain/failures.ts'
import type { Parcel } from '../../../domain/shipment.ts'

/** Where a shipment goes, as far as products differ: inside one country, to another, or through customs. */
export type Lane = 'domestic' | 'abroad' | 'customs'

interface Product {
  name: string
  lanes: readonly Lane[]
  /** Kilograms a shipment may weigh, and centimetres a piece may measure, longest side first; absent where DHL tells none. */
  limits?: readonly [kilos: number, ...sides: number[]]
}

const INSIDE = ['domestic'] as const
const ABROAD = ['abroad'] as const
const FREE = ['domestic', 'abroad'] as const
const CUSTOMS = ['customs'] as const
const ANY = ['domestic', 'abroad', 'customs'] as const

/** DHL's products by global code (its reference data and 3.4 of the contract of carriers). */
const PRODUCTS: ReadonlyMap<string, Product> = new Map(
  Object.entries<Product>({
    1: { name: 'EXPRESS DOMESTIC 12:00', lanes: INSIDE, limits: [1000, 300, 160, 120] },
    3: { name: 'EXPRESS CHOICE', lanes: ANY },
    5: { name: 'SAMEDAY SPRINTLINE', lanes: FREE, limits: [1000, 240, 183, 100] },
    7: { name: 'EXPRESS EASY', lanes: FREE, limits: [30, 57, 47, 43] },
    8: { name: 'EXPRESS EASY', lanes: CUSTOMS },
    9: { name: 'Parcel Product', lanes: FREE, limits: [2500, 300, 160, 120] },
    A: { name: 'ECONOMY BREAKBULK', lanes: FREE, limits: [3030, 303, 303, 183] },
    B: { name: 'EXPRESS BREAKBULK', lanes: FREE, limits: [1010, 303, 303, 163] },
    C: { name: 'MEDICAL EXPRESS', lanes: FREE, limits: [300, 303, 303, 183] },
    D: { name: 'EXPRESS WORLDWIDE', lanes: FREE, limits: [3030, 303, 303, 183] },
    E: { name: 'EXPRESS 9:00', lanes: CUSTOMS },
    F: { name: 'FREIGHT WORLDWIDE', lanes: CUSTOMS },
    G: { name: 'ECONOMY SELECT DOMESTIC', lanes: INSIDE, limits: [3000, 200, 120, 120] },
    H: { name: 'ECONOMY SELECT', lanes: CUSTOMS },
    I: { name: 'EXPRESS DOMESTIC 9:00', lanes: INSIDE, limits: [300, 120, 80, 80] },
    J: { name: 'DES', lanes: FREE, limits: [1010, 303, 303, 303] },
    K: { name: 'EXPRESS 9:00', lanes: FREE, limits: [250, 100, 80, 80] },
    L: { name: 'EXPRESS 10:30', lanes: FREE, limits: [250, 100, 80, 80] },
    M: { name: 'EXPRESS 10:30', lanes: CUSTOMS },
    N: { name: 'EXPRESS DOMESTIC', lanes: INSIDE, limits: [1010, 303, 303, 183] },
    O: { name: 'EXPRESS DOMESTIC 10:30', lanes: INSIDE, limits: [300, 120, 80, 80] },
    P: { name: 'EXPRESS WORLDWIDE', lanes: CUSTOMS },
    Q: { name: 'MEDICAL EXPRESS', lanes: CUSTOMS },
    R: { name: 'GLOBALMAIL', lanes: FREE, limits: [300, 90, 90, 90] },
    S: { name: 'SAME DAY', lanes: FREE, limits: [250, 100, 80, 80] },
    T: { name: 'EXPRESS 12:00', lanes: FREE, limits: [300, 120, 80, 80] },
    U: { name: 'EXPRESS WORLDWIDE', lanes: ABROAD, limits: [3030, 303, 303, 183] },
    V: { name: 'PARCEL PRODUCT', lanes: ANY },
    W: { name: 'ECONOMY SELECT', lanes: ABROAD, limits: [3030, 303, 303, 183] },
    X: { name: 'EXPRESS ENVELOPE', lanes: FREE, limits: [0.31, 32, 24, 1] },
    Y: { name: 'EXPRESS 12:00', lanes: CUSTOMS },
  }),
)

/** What is taken when nobody chose, which only a return leaves open. */
const USUAL: Record<Lane, string> = { domestic: 'N', abroad: 'U', customs: 'P' }
const PLACES: Record<Lane, string> = {
  domestic: 'dans un même pays',
  abroad: "d'un pays à l'autre sans douane",
  customs: 'avec une déclaration en douane',
}

/** The product to buy, once it is known to travel this lane with these parcels; `Refused` says why it does not. */
export function productFor({ service, lane, parcels }: { service: string; lane: Lane; parcels: Parcel[] }): string {
  const code = service || USUAL[lane]
  const product = PRODUCTS.get(code)
  if (!product) throw refuse(`« ${code.slice(0, 6)} » n'est pas un produit de DHL Express`)
  const name = `${code} (${product.name})`
  if (!product.lanes.includes(lane))
    throw refuse(`${name} ne s'envoie pas ${PLACES[lane]} : prenez par exemple ${USUAL[lane]}`)
  const [kilos = Number.POSITIVE_INFINITY, ...sides] = product.limits ?? []
  if (parcels.reduce((grams, { weight }) => grams + weight, 0) > kilos * 1000)
    throw refuse(`${name} : ${kilos} kg au plus pour l'envoi`)
  const large = parcels.find((parcel) => !fits(parcel, sides))
  if (large) throw refuse(`${name} : colis ${large.rank} trop grand, ${sides.join(' × ')} cm au plus`)
  return code
}

function fits({ length, width, height }: Parcel, limits: number[]): boolean {
  const sides = [length, width, height].map((side) => side ?? 0).sort((a, b) => b - a)
  return limits.every((limit, i) => (sides[i] ?? 0) <= limit * 10)
}

const refuse = (why: string): Refused => new Refused('not-offered', `service (productCode) : ${why}`)
