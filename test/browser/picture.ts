/** A page as a reader sees it; `scale` in dots per point. */
export interface Picture {
  name: string
  scale: number
  /** In dots. */
  width: number
  height: number
  /** One byte a dot, row by row: 0 black, 255 white. */
  gray: Uint8Array
  /** All that can be selected and copied. */
  said: string
  pieces: Piece[]
}

/** A piece of text and its box, in points from the upper left corner. */
export interface Piece {
  text: string
  /** False: it is turned, like a stamp across the page. */
  isLevel: boolean
  size: number
  left: number
  right: number
  top: number
  bottom: number
}

const DARK = 128
const INK = 250
const POINTS_PER_MM = 72 / 25.4

/** True when a dot is drawn black, or nearly. */
export const isDark = ({ gray, width }: Picture, x: number, y: number): boolean => (gray[y * width + x] ?? 255) < DARK

/** Dots of so many millimetres. */
export const dotsOf = ({ scale }: Picture, millimetres: number): number => millimetres * POINTS_PER_MM * scale

/** How much of the page is black, from 0 to 1. */
export function darkShare({ gray }: Picture): number {
  let dark = 0
  for (const dot of gray) if (dot < DARK) dark++
  return dark / gray.length
}

/** How many dots of any colour lie in the outer millimetre: what a printer cuts off. */
export function countCut(picture: Picture): number {
  const { gray, width, height } = picture
  const edge = Math.floor(dotsOf(picture, 1))
  let count = 0
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isOuter = x < edge || y < edge || x >= width - edge || y >= height - edge
      if (isOuter && (gray[y * width + x] ?? 255) < INK) count++
    }
  return count
}

/** A bar code: its rows in dots, and how often a row changes between black and white. */
export interface Bars {
  top: number
  bottom: number
  changes: number
}

const BARS_MM = 8
const CHANGES = 50

/** Finds bar codes: rows of many changes that stay the same over at least 8 mm. */
export function findBars(picture: Picture): Bars[] {
  const found: Bars[] = []
  let top = 0
  for (let y = 1; y <= picture.height; y++) {
    if (y < picture.height && differingDots(picture, y, y - 1) < 3) continue
    const changes = countChanges(picture, y - 1)
    if (y - top >= dotsOf(picture, BARS_MM) && changes >= CHANGES) found.push({ top, bottom: y, changes })
    top = y
  }
  return found
}

function countChanges(picture: Picture, y: number): number {
  let changes = 0
  for (let x = 1; x < picture.width; x++) if (isDark(picture, x, y) !== isDark(picture, x - 1, y)) changes++
  return changes
}

function differingDots(picture: Picture, y: number, other: number): number {
  let count = 0
  for (let x = 0; x < picture.width; x++) if (isDark(picture, x, y) !== isDark(picture, x, other)) count++
  return count
}
