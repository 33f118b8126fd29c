/** A refusal as WordPress writes it: `{code, message, data}` with a status. */
export class Refusal extends Error {
  readonly status: number
  readonly body: { code: string; message: string; data: unknown }

  constructor(status: number, code: string, message: string, data: unknown = { status }) {
    super(message)
    this.status = status
    this.body = { code, message, data }
  }
}

/** One parameter that WordPress does not accept. */
export interface BadParameter {
  name: string
  code: string
  message: string
}

/** Parameters of the wrong shape: 400 with `params` and `details`. */
export function invalidParameters(bad: BadParameter[]): Refusal {
  const params = Object.fromEntries(bad.map(({ name, message }) => [name, message]))
  const details = Object.fromEntries(bad.map(({ name, code, message }) => [name, { code, message, data: null }]))
  const message = `Invalid parameter(s): ${bad.map(({ name }) => name).join(', ')}`
  return new Refusal(400, 'rest_invalid_param', message, { status: 400, params, details })
}

/** Credentials that were read and refused. */
export const badCredentials = (message: string, code = 'woocommerce_rest_authentication_error'): Refusal =>
  new Refusal(401, code, message)

/** No such address, or no such method there. */
export const noRoute = (): Refusal =>
  new Refusal(404, 'rest_no_route', 'No route was found matching the URL and request method.')

const FORBIDDEN: Record<string, [code: string, message: string]> = {
  list: ['woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.'],
  GET: ['woocommerce_rest_cannot_view', 'Sorry, you cannot view this resource.'],
  create: ['woocommerce_rest_cannot_create', 'Sorry, you are not allowed to create resources.'],
  DELETE: ['woocommerce_rest_cannot_delete', 'Sorry, you are not allowed to delete this resource.'],
  batch: ['woocommerce_rest_cannot_batch', 'Sorry, you are not allowed to batch manipulate this resource.'],
  edit: ['woocommerce_rest_cannot_edit', 'Sorry, you are not allowed to edit this resource.'],
}

/** Nobody is logged in: 401 with the words of the kind of route. */
export function notLoggedIn(method: string, kind: 'collection' | 'item' | 'batch'): Refusal {
  const inCollection = method === 'GET' ? 'list' : 'create'
  const onItem = method === 'GET' || method === 'DELETE' ? method : 'edit'
  const [code, message] = FORBIDDEN[kind === 'batch' ? 'batch' : kind === 'collection' ? inCollection : onItem] ?? [
    '',
    '',
  ]
  return new Refusal(401, code, message)
}
