/** The letters that a site may want sent to its customers. */
export const LETTER_KINDS = ['registered', 'shipped', 'delivered', 'incident', 'invoice'] as const
export type LetterKind = (typeof LETTER_KINDS)[number]

/** Which letters are ours to send; the others are the shop's. */
export type Letters = Record<LetterKind, boolean>

/** The letters named, and no other. */
export const onlyLetters = (names: readonly string[]): Letters =>
  Object.fromEntries(LETTER_KINDS.map((kind) => [kind, names.includes(kind)])) as Letters
