import { badRequest } from './problems.ts'

/** A query string as PHP reads it: `a[b][0]=c` makes trees. */
export type Tree = { [name: string]: Tree | string }

/** Reads the brackets of a query string; parts without a name get the next number. */
export function readTree(query: URLSearchParams): Tree {
  const root: Tree = {}
  for (const [name, value] of query) {
    const [, head = name, brackets = ''] = /^([^[]+)((?:\[[^\]]*\])*)$/.exec(name) ?? []
    const path = [head, ...[...brackets.matchAll(/\[([^\]]*)\]/g)].map(([, part = '']) => part)]
    put(root, path, value)
  }
  return root
}

function put(root: Tree, path: string[], value: string): void {
  let node = root
  for (const [index, part] of path.entries()) {
    const key = part === '' ? String(Object.keys(node).length) : part
    if (index === path.length - 1) Object.defineProperty(node, key, { value, enumerable: true, configurable: true })
    else node = branch(node, key)
  }
}

function branch(node: Tree, key: string): Tree {
  const known = Object.hasOwn(node, key) ? node[key] : undefined
  if (typeof known === 'object') return known
  const made: Tree = {}
  Object.defineProperty(node, key, { value: made, enumerable: true, configurable: true, writable: true })
  return made
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The members of a tree under their snake_case names; one that is not expected is refused, as the service does. */
export function membersOf(tree: Tree | string | undefined, known: readonly string[]): Tree {
  if (tree === undefined || typeof tree === 'string') return {}
  const members: Tree = {}
  for (const [name, value] of Object.entries(tree)) {
    if (!known.includes(snake(name))) {
      throw badRequest('Error occurred during "%fieldName" processing. %details', {
        fieldName: 'searchCriteria',
        details: `Property "${name}" does not have accessor method.`,
      })
    }
    members[snake(name)] = value
  }
  return members
}

/** The members of a list, by their numbers. */
export const listOf = (tree: Tree | string | undefined): (Tree | string)[] =>
  typeof tree === 'object'
    ? Object.entries(tree)
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([, value]) => value)
    : []

/** The text of a member; a tree where a text belongs is refused. */
export function textOf(value: Tree | string | undefined): string | undefined {
  if (typeof value !== 'object') return value
  throw badRequest('The "%value" value\'s type is invalid. The "%type" type was expected. Verify and try again.', {
    value: 'array',
    type: 'string',
  })
}

/** A whole number of a member. */
export function intOf(value: Tree | string | undefined): number | undefined {
  const text = textOf(value)
  if (text === undefined) return undefined
  if (/^-?\d+$/.test(text)) return Number(text)
  throw badRequest('The "%value" value\'s type is invalid. The "%type" type was expected. Verify and try again.', {
    value: text,
    type: 'int',
  })
}
