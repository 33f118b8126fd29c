import assert from 'node:assert/strict'
import { countCut, darkShare, dotsOf, findBars, type Picture } from './picture.ts'
import { findOverlaps, findStruck } from './texts.ts'

/** What a page must look like. */
export interface Look {
  /** Width and height in millimetres. */
  size: [width: number, height: number]
  /** The least and the most of it that is black: an empty page and a blackened one are both wrong. */
  dark: [least: number, most: number]
  /** How many bar codes it carries. */
  bars: number
  /** What a person reads on it, whatever the accents, capitals, and breaks of lines. */
  says: string[]
}

/** Says what is wrong with the picture of a page, if anything is. */
export function assertLooks(picture: Picture, { size, dark: [least, most], bars, says }: Look): void {
  const { name, width, height, said } = picture
  const wanted = size.map((millimetres) => dotsOf(picture, millimetres))
  const isSized = [width, height].every((dots, i) => Math.abs(dots - (wanted[i] ?? 0)) <= 2)
  assert.ok(isSized, `${name}: ${width} x ${height} dots instead of ${wanted.map(Math.round).join(' x ')}`)
  const dark = darkShare(picture)
  assert.ok(dark >= least && dark <= most, `${name}: ${dark} of it is black, not ${least} to ${most}`)
  assert.equal(countCut(picture), 0, `${name}: ink in the outer millimetre`)
  assert.equal(findBars(picture).length, bars, `${name}: bar codes`)
  assert.deepEqual(findOverlaps(picture), [], `${name}: texts run into each other`)
  assert.deepEqual(findStruck(picture), [], `${name}: lines go through texts`)
  assert.ok(!said.includes('…'), `${name}: a text is cut short: ${said}`)
  for (const text of says)
    assert.ok(lettersOf(said).includes(lettersOf(text)), `${name} does not say "${text}": ${said}`)
}

/** Letters and digits alone, without accents: "Bât. 12" -> "BAT12". */
const lettersOf = (text: string): string =>
  text
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
