import { type Integration, isSame, openOAuth, type Signed } from './oauth.ts'
import { notAuthorized } from './problems.ts'
import { HABITS, type Version } from './versions.ts'

/** How the one client of the shop proves who it is: an access token as Bearer, or an integration that signs. */
export type Login = { token: string } | Integration

/** What the gate is opened with. */
export interface GateSettings {
  login: Login
  version: Version
  now: () => Date
  /** The setting "allow OAuth access tokens to be used as standalone Bearer tokens"; off since 2.4.4. */
  bearerAllowed?: boolean
  /** Resources the client may use; default all. */
  rights?: readonly string[]
}

/** Opens the gate: it lets a request through to a resource, or refuses it. */
export function openGate(o: GateSettings): (request: Signed, resource: string) => void {
  const { takesBearer, signatures } = HABITS[o.version]
  const isOAuth = 'token' in o.login ? () => false : openOAuth({ integration: o.login, signatures, now: o.now })
  const token = 'token' in o.login ? o.login.token : o.login.accessToken
  const isBearer = ({ authorization = '' }: Signed) => {
    const [, given] = /^Bearer\s+(\S+)\s*$/i.exec(authorization) ?? []
    return given !== undefined && (o.bearerAllowed ?? takesBearer) && isSame(given, token)
  }
  return (request, resource) => {
    const isKnown = isOAuth(request) || isBearer(request)
    const hasRight = o.rights === undefined || o.rights.includes(resource)
    if (!isKnown || !hasRight) throw notAuthorized(resource)
  }
}
