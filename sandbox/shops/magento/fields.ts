type Wanted = Map<string, Wanted | null>

/** Reads `a,b[c,d[e]]`; null when brackets do not match. */
function parseFields(text: string): Wanted | null {
  const root: Wanted = new Map()
  const stack: Wanted[] = [root]
  let last = ''
  for (const [token = ''] of text.matchAll(/[^,[\]]+|[,[\]]/g)) {
    const open = stack.at(-1)
    if (!open) return null
    if (token === '[') {
      const inner: Wanted = new Map()
      open.set(last, inner)
      stack.push(inner)
    } else if (token === ']') stack.pop()
    else if (token !== ',') {
      last = token.trim()
      open.set(last, null)
    }
  }
  return stack.length === 1 ? root : null
}

function keep(value: unknown, wanted: Wanted): unknown {
  if (Array.isArray(value)) return value.map((entry) => keep(entry, wanted))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => wanted.has(name))
  return Object.fromEntries(
    kept.map(([name, member]) => {
      const inner = wanted.get(name)
      return [name, inner ? keep(member, inner) : member]
    }),
  )
}

/** Trims a reply to the members asked for in `fields=`; unreadable fields leave nothing. */
export function trimTo(reply: unknown, fields: string | null): unknown {
  if (fields === null || fields === '' || typeof reply !== 'object' || reply === null) return reply
  const wanted = parseFields(fields)
  return wanted ? keep(reply, wanted) : []
}
