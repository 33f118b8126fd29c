import { findArticle } from './catalogue.ts'
import { centsOf, decimalOf, divideRounded, lineGross, quantityOf, sumOf, unitsOf } from './decimals.ts'
import type { CodialDeliveryNote, CodialOrder, DeliveredLine, OrderBody, Parcel } from './model.ts'
import { Problem } from './problems.ts'

/** A line of an order with the quantity that no delivery note has taken yet, in units of 10^-4. */
export interface OpenLine {
  line: OrderBody['lignes'][number]
  left: bigint
  leftGross: bigint
}

const WHOLE = 10_000n

/** What is still to be delivered of an order, given its delivery notes that are not cancelled. */
export function openLines(order: CodialOrder, notes: CodialDeliveryNote[]): OpenLine[] {
  const taken = notes.flatMap((note) => note.lignes)
  return order.lignes
    .map((line) => {
      const same = taken.filter(({ rang }) => rang === line.rang)
      const left = unitsOf(line.quantite, 4) - sumOf(same.map((l) => unitsOf(l.quantite, 4)))
      return { line, left, leftGross: lineGross(line) - sumOf(same.map((l) => centsOf(l.montant_ttc))) }
    })
    .filter(({ left }) => left > 0n)
}

/** What the next delivery note takes: everything, or with a back order the first half of the goods and all that is no goods. */
export function takeLines(open: OpenLine[], backOrder: boolean): DeliveredLine[] {
  if (!backOrder) return open.map((one) => delivered(one, one.left))
  const goods = open.filter(({ line }) => line.type === 'article')
  const [only] = goods
  if (goods.length === 1 && only && only.left >= 2n * WHOLE) {
    return open.map((one) => delivered(one, one === only ? (one.left / WHOLE / 2n) * WHOLE : one.left))
  }
  if (goods.length < 2) throw new Problem('etat_interdit', "rien ne peut rester en reliquat : il n'y a qu'un article")
  const later = goods.slice(Math.ceil(goods.length / 2))
  return open.filter((one) => !later.includes(one)).map((one) => delivered(one, one.left))
}

/** The last note of a line takes what is left of its amount, so that the sum is exact. */
function delivered({ line, left, leftGross }: OpenLine, taken: bigint): DeliveredLine {
  const share = taken === left ? leftGross : divideRounded(leftGross * taken, left)
  return { rang: line.rang, quantite: quantityOf(taken), montant_ttc: decimalOf(share) }
}

const PACKAGING_G = 60
const NO_TRACKING = { transporteur: null, numero_suivi: null, url_suivi: null, etiquette_le: null }

/** Puts the goods of a delivery note into one parcel or two. */
export function pack(order: CodialOrder, lines: DeliveredLine[], count: 1 | 2): Parcel[] {
  const boxes: Parcel['lignes'][] = Array.from({ length: count }, () => [])
  for (const { rang, quantite } of lines) {
    const line = order.lignes.find((l) => l.rang === rang)
    if (line?.type === 'article') spread(boxes, line.reference, unitsOf(quantite, 4))
  }
  return boxes.map((lignes, i) => ({ rang: i + 1, ...sizeOf(lignes), lignes, ...NO_TRACKING, evenements: [] }))
}

function spread(boxes: Parcel['lignes'][], reference: string, quantity: bigint): void {
  const [first = [], second] = boxes
  const add = (box: Parcel['lignes'], units: bigint) => void box.push({ reference, quantite: quantityOf(units) })
  const half = (quantity / WHOLE / 2n) * WHOLE
  if (!second || half === 0n) {
    add(second && second.length < first.length ? second : first, quantity)
    return
  }
  add(first, quantity - half)
  add(second, half)
}

function sizeOf(lignes: Parcel['lignes']): Pick<Parcel, 'poids_g' | 'longueur_mm' | 'largeur_mm' | 'hauteur_mm'> {
  const goods = lignes.map(({ reference, quantite }) => ({
    article: findArticle(reference),
    count: Math.ceil(Number(quantite)),
  }))
  const longest = (side: 'longueur_mm' | 'largeur_mm', least: number) =>
    Math.max(least, ...goods.map(({ article }) => (article?.[side] ?? 0) + 20))
  const height = goods.reduce((sum, { article, count }) => sum + (article?.hauteur_mm ?? 0) * count, 20)
  return {
    poids_g: goods.reduce((sum, { article, count }) => sum + (article?.poids_g ?? 0) * count, PACKAGING_G),
    longueur_mm: longest('longueur_mm', 200),
    largeur_mm: longest('largeur_mm', 150),
    hauteur_mm: Math.min(600, Math.max(100, height)),
  }
}
