import { timingSafeEqual } from 'node:crypto'
import { Refusal, refuse } from './replies.ts'
import { ALL_RESOURCES, SCHEMAS } from './schemas.ts'
import type { Shop } from './shop.ts'
import { closest } from './words.ts'

/** What the key may do: methods by resource. */
export type Permissions = Record<string, string[]>

const READ = ['GET', 'HEAD']
const WRITABLE: Permissions = {
  orders: ['PUT', 'PATCH'],
  order_histories: ['POST'],
  order_carriers: ['POST', 'PUT', 'PATCH'],
  order_payments: ['POST'],
  messages: ['POST', 'PUT', 'PATCH', 'DELETE'],
  customer_threads: ['POST', 'PUT', 'PATCH'],
  customer_messages: ['POST', 'PUT', 'PATCH', 'DELETE'],
  addresses: ['POST', 'PUT', 'PATCH'],
}

/** Everything that this shop can grant. */
export const ALL_PERMISSIONS: Permissions = Object.fromEntries(
  Object.keys(SCHEMAS).map((name) => [name, [...READ, ...(WRITABLE[name] ?? [])]]),
)

/** What was granted, as far as this shop has it. */
export function permissionsOf(asked: Permissions | undefined): Permissions {
  if (!asked) return ALL_PERMISSIONS
  const granted = Object.entries(asked).map(([name, methods]) => [
    name,
    methods.filter((method) => ALL_PERMISSIONS[name]?.includes(method)),
  ])
  return Object.fromEntries(granted)
}

/** The key of a request: the user of Basic, or `ws_key`; undefined when there is none at all. */
export function presentedKey(authorization: string | undefined, query: URLSearchParams): string | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '') ?? []
  const [user] = encoded === undefined ? [] : Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return user || query.get('ws_key') || undefined
}

const isSame = (a: string, b: string) => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const SWITCHED_OFF = 'The PrestaShop webservice is disabled. Please activate it in the PrestaShop Back Office'

/** Lets the owner of the key in, to the one shop there is. */
export function enter(shop: Shop, o: { given: string; key: string }): void {
  if (!shop.isOpen) throw refuse(503, 22, SWITCHED_OFF)
  if (o.given.length !== 32) throw refuse(401, 18, 'Invalid authentication key format')
  if (!isSame(o.given, o.key)) {
    throw new Refusal(401, [
      { code: 20, message: 'Authentification key is not active' },
      { code: 21, message: 'No permission for this authentication key' },
    ])
  }
}

/** Refuses a shop that the key is not for. */
export function checkShop(query: URLSearchParams): void {
  const isForeign = ['id_shop', 'id_group_shop'].some((name) => !['', '1', 'all'].includes(query.get(name) ?? ''))
  if (isForeign) throw refuse(403, 132, 'No permission for this shop')
}

/** Refuses a resource that does not exist, or that the key was not given. */
export function checkResource(resource: string, permissions: Permissions): void {
  if (!ALL_RESOURCES.includes(resource)) {
    const list = ALL_RESOURCES.map((name) => `"${name}"`).join(', ')
    const near = closest(resource, ALL_RESOURCES)
    const message = `Resource of type "${resource}" does not exists. Did you mean: "${near}"? The full list is: ${list}`
    throw refuse(400, 27, message)
  }
  if (!permissions[resource]?.length) {
    throw refuse(401, 26, `Resource of type "${resource}" is not allowed with this authentication key`)
  }
}

/** Refuses a method that the program does not have, or that the key was not given; PATCH came with 8.0.2. */
export function checkMethod(shop: Shop, o: { method: string; resource: string; permissions: Permissions }): void {
  const { method, resource } = o
  const known = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', ...(shop.version === '8.2.1' ? ['PATCH'] : [])]
  if (!known.includes(method)) throw refuse(405, 23, `Method ${method} is not valid`)
  if (!o.permissions[resource]?.includes(method)) {
    const message = `Method ${method} is not allowed for the resource ${resource} with this authentication key`
    throw refuse(405, 25, message)
  }
}
