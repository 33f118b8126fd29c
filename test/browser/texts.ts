import { dotsOf, isDark, type Picture, type Piece } from './picture.ts'

/** Points by which boxes of texts may meet. */
const TOLERANCE = 1

/** Pairs of texts that run into each other; stamps across the page stand behind them on purpose. */
export function findOverlaps({ pieces }: Picture): [string, string][] {
  const level = pieces.filter(({ isLevel }) => isLevel)
  return level.flatMap((one, i) =>
    level
      .slice(i + 1)
      .filter((other) => overlap(one, other))
      .map((other): [string, string] => [one.text, other.text]),
  )
}

const overlap = (one: Piece, other: Piece): boolean =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > TOLERANCE &&
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > TOLERANCE

/** Millimetres from which a thin line is a rule, a frame or a bar and no stroke of a letter. */
const RULE = { across: 30, down: 15, thin: 1.5 }

/** Texts that a rule, a frame or bars go through. */
export const findStruck = (picture: Picture): string[] =>
  picture.pieces.filter((piece) => piece.isLevel && isStruck(picture, piece)).map(({ text }) => text)

function isStruck(picture: Picture, piece: Piece): boolean {
  const [left = 0, right = 0, top = 0, bottom = 0] = [
    piece.left + TOLERANCE,
    piece.right - TOLERANCE,
    piece.top + TOLERANCE,
    piece.bottom - TOLERANCE,
  ].map((points) => Math.round(points * picture.scale))
  const across = Math.round((left + right) / 2)
  const down = Math.round((top + bottom) / 2)
  return (
    range(left, right).some((x) => isRule(picture, { x, y: down, isDown: true })) ||
    range(top, bottom).some((y) => isRule(picture, { x: across, y, isDown: false }))
  )
}

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)

function isRule(picture: Picture, o: { x: number; y: number; isDown: boolean }): boolean {
  if (!isDark(picture, o.x, o.y)) return false
  const [tall, wide] = [runOf(picture, o, { x: 0, y: 1 }), runOf(picture, o, { x: 1, y: 0 })]
  const [long, thick, least] = o.isDown ? [tall, wide, RULE.down] : [wide, tall, RULE.across]
  return long >= dotsOf(picture, least) && thick <= dotsOf(picture, RULE.thin)
}

/** How many dark dots follow each other through a place, both ways. */
function runOf(picture: Picture, at: { x: number; y: number }, step: { x: number; y: number }): number {
  let length = 1
  for (const way of [1, -1])
    for (let n = way; isDarkInside(picture, at.x + n * step.x, at.y + n * step.y); n += way) length++
  return length
}

const isDarkInside = (picture: Picture, x: number, y: number): boolean =>
  x >= 0 && y >= 0 && x < picture.width && y < picture.height && isDark(picture, x, y)
