/** A remedy as a sentence: its first plain word gets a capital, codes stay as they are. */
export const asSentence = (text: string): string =>
  text.replace(/^\p{Ll}+(?=[ '’])/u, (word) => word.charAt(0).toUpperCase() + word.slice(1))

const TAG = /(<[^>]*>)/
const KEPT_AS_IS = /^<(\/?)(code|pre|textarea|script|style)[\s>]/

/**
 * Sets the no-break spaces that French asks for in the texts of a finished page, wherever they come from: narrow ones
 * before ; ! ?, full ones before : » € % and after «. Tags, codes and entries of forms stay as they are.
 */
export function typeset(page: string): string {
  let kept = 0
  return page
    .split(TAG)
    .map((piece, i) => {
      if (i % 2 === 0) return kept > 0 ? piece : spaced(piece)
      const [, closing, name] = KEPT_AS_IS.exec(piece) ?? []
      if (name) kept += closing ? -1 : 1
      return piece
    })
    .join('')
}

function spaced(text: string): string {
  return text
    .replace(/ ([;!?])/g, '\u202f$1')
    .replace(/ ([:»€%])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0')
    .replace(/(?<![&#\w])([\p{L}\d]+);(?= )/gu, '$1\u202f;')
}
