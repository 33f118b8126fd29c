import { readFileSync } from 'node:fs'
import type { Json } from './door.ts'
import { badRequest, required } from './problems.ts'

interface Shape {
  type?: string
  $ref?: string
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
}

/** The calls whose body has a schema. */
export type BodyName = 'invoice' | 'ship' | 'refund' | 'comment' | 'track'

const schemas = JSON.parse(
  readFileSync(new URL('../../data/magento/request-schemas.json', import.meta.url), 'utf8'),
) as { bodies: Record<BodyName, Shape>; definitions: Record<string, Shape> }

/** Members that the schema asks for and the program does without: it has an answer of its own, or knows it from the path. */
const FORGIVEN = new Set(['tracks.track_number', 'statusHistory.parent_id'])

const resolve = (shape: Shape): Shape =>
  shape.$ref ? (schemas.definitions[shape.$ref.replace('#/definitions/', '')] ?? {}) : shape

/** Checks a body against the published schema of 2.4.8: types, required members, and no unknown member inside an object. */
export function checkBody(name: BodyName, body: Json): void {
  const { properties = {}, required: needed = [] } = schemas.bodies[name]
  for (const member of needed) if (body[member] == null) throw required(member)
  for (const [member, shape] of Object.entries(properties)) check(body[member], shape, member)
}

function check(value: unknown, reference: Shape, path: string): void {
  if (value === undefined || value === null) return
  const shape = resolve(reference)
  if (shape.type === 'array') {
    if (!Array.isArray(value)) throw wrongType(value, 'array')
    for (const entry of value) {
      if (entry === null) throw wrongType(entry, 'array')
      check(entry, shape.items ?? {}, path)
    }
  } else if (shape.type === 'object') checkObject(value, shape, path)
  else if (!isSimple(value, shape.type)) throw wrongType(value, PHP_NAMES[shape.type ?? ''] ?? 'string')
}

function checkObject(value: unknown, { properties = {}, required: needed = [] }: Shape, path: string): void {
  if (typeof value !== 'object' || Array.isArray(value)) throw wrongType(value, 'array')
  const members = value as Json
  for (const member of Object.keys(members)) if (!Object.hasOwn(properties, member)) throw unknownMember(path, member)
  for (const member of needed) {
    if (members[member] == null && !FORGIVEN.has(`${path}.${member}`)) throw required(member)
  }
  for (const [member, shape] of Object.entries(properties)) check(members[member], shape, `${path}.${member}`)
}

const PHP_NAMES: Record<string, string> = { integer: 'int', number: 'float', boolean: 'bool', string: 'string' }

function isSimple(value: unknown, type: string | undefined): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value)
  return typeof value === type
}

const wrongType = (value: unknown, type: string) =>
  badRequest('The "%value" value\'s type is invalid. The "%type" type was expected. Verify and try again.', {
    value: typeof value === 'object' ? 'array' : String(value),
    type,
  })

const camel = (name: string) => name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())

const unknownMember = (path: string, member: string) =>
  badRequest('Error occurred during "%fieldName" processing. %details', {
    fieldName: path.split('.')[0],
    details: `Property "${camel(member)}" does not have accessor method "get${camel(member)}".`,
  })
