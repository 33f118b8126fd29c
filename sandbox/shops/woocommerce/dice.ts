/** Chance that can be thrown again: the same seed gives the same throws. */
export interface Dice {
  /** A whole number between both, both included. */
  int(low: number, high: number): number
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  chance(probability: number): boolean
  /** Letters and digits. */
  word(length: number): string
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** Opens dice on a seed (a text, so that each use has its own throws). */
export function openDice(seed: string): Dice {
  let state = 0x811c9dc5
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    int,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return list[int(0, list.length - 1)] as T
    },
    chance: (probability) => next() < probability,
    word: (length) => Array.from({ length }, () => LETTERS[int(0, LETTERS.length - 1)]).join(''),
  }
}
