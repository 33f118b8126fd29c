/** How many letters must change to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** The word of a list that is nearest to another one; of equals, the last. */
export function closest(word: string, list: string[]): string {
  let best = { name: '', away: Number.POSITIVE_INFINITY }
  for (const name of list) {
    const away = distance(word, name)
    if (away <= best.away) best = { name, away }
  }
  return best.name
}
