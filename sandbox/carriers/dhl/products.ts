import { readFileSync } from 'node:fs'
import { isDomestic, isReachedByRoad, type Place, passesCustoms } from './places.ts'
import type { Package } from './request.ts'

/** A product of the official list, with its limits; `maxSizesCm` is sorted, longest first. */
export interface Product {
  code: string
  name: string
  content: string
  isDocument: boolean
  maxWeightKg: number
  maxSizesCm: [number, number, number]
  /** HH:MM, local. */
  deliveryTime: string
}

const file = new URL('../../data/dhl/products.json', import.meta.url)

/** The official list. */
export const PRODUCTS: Product[] = JSON.parse(readFileSync(file, 'utf8'))

/** The product of this code; undefined when there is none. */
export const findProduct = (code: string): Product | undefined => PRODUCTS.find((product) => product.code === code)

type Lane = { from: Place; to: Place }
const insideCountry = ({ from, to }: Lane) => isDomestic(from, to) && !passesCustoms(from, to)
const abroadWithoutCustoms = ({ from, to }: Lane) => !isDomestic(from, to) && !passesCustoms(from, to)
const roadWithoutCustoms = (lane: Lane) => abroadWithoutCustoms(lane) && isReachedByRoad(lane.to)
const withCustoms = ({ from, to }: Lane) => passesCustoms(from, to)
const roadWithCustoms = (lane: Lane) => withCustoms(lane) && isReachedByRoad(lane.from) && isReachedByRoad(lane.to)
const abroad = ({ from, to }: Lane) => !isDomestic(from, to)

// Which lanes the sandbox's account may use a product on; a product that is not here is not sold to it.
const LANES: Record<string, (lane: Lane) => boolean> = {
  N: insideCountry,
  I: insideCountry,
  O: insideCountry,
  1: insideCountry,
  U: abroadWithoutCustoms,
  W: roadWithoutCustoms,
  D: withCustoms,
  K: abroad,
  L: abroad,
  T: abroad,
  X: abroad,
  P: withCustoms,
  E: withCustoms,
  M: withCustoms,
  Y: withCustoms,
  H: roadWithCustoms,
}

/** Whether the account may use a product between two places. */
export const isSold = (code: string, lane: Lane): boolean => LANES[code]?.(lane) ?? false

/** The products for a lane: with customs papers the dutiable ones, without them the others. */
export const productsFor = (lane: Lane, isDeclarable: boolean): Product[] =>
  PRODUCTS.filter((product) => product.isDocument !== isDeclarable && isSold(product.code, lane))

const KILOGRAMS_PER_POUND = 0.45359237
const CENTIMETRES_PER_INCH = 2.54

/** A weight in kg, whatever the unit of the request. */
export const kilogramsOf = (weight: number, unit: string): number =>
  unit === 'imperial' ? weight * KILOGRAMS_PER_POUND : weight

/** All pieces together, in kg with three decimals. */
export const totalKilograms = (packages: Package[], unit: string): number =>
  Number(packages.reduce((sum, { weight }) => sum + kilogramsOf(weight, unit), 0).toFixed(3))

/** The sizes of a piece in cm, longest first; none when the request gave none. */
export function sizesOf({ dimensions }: Package, unit: string): number[] {
  if (!dimensions) return []
  const factor = unit === 'imperial' ? CENTIMETRES_PER_INCH : 1
  return [dimensions.length, dimensions.width, dimensions.height].map((size) => size * factor).sort((a, b) => b - a)
}

/** The volumetric weight of the pieces in kg: length x width x height in cm, divided by 5000. */
export const volumetricKilograms = (packages: Package[], unit: string): number => {
  const volumes = packages.map((piece) => sizesOf(piece, unit)).filter((sizes) => sizes.length === 3)
  return Number(volumes.reduce((sum, sizes) => sum + sizes.reduce((a, b) => a * b, 1) / 5000, 0).toFixed(3))
}
