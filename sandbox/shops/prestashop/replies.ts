import { createHash } from 'node:crypto'
import type { Version } from './model.ts'
import { errorsXml } from './xml.ts'

/** One error as the web service lists it. */
export interface Problem {
  code: number
  message: string
}

/** A refusal of the web service; several errors may be listed. */
export class Refusal extends Error {
  readonly status: number
  readonly problems: Problem[]
  constructor(status: number, problems: Problem[]) {
    super(problems.map(({ code, message }) => `${code} ${message}`).join('; '))
    this.status = status
    this.problems = problems
  }
}

/** Refuses with one error. */
export const refuse = (status: number, code: number, message: string): Refusal =>
  new Refusal(status, [{ code, message }])

/** The program died: 500 with an empty body. */
export class Crash extends Error {}

const WARNING = 'Trying to access array offset on value of type bool (classes/webservice/WebserviceRequest.php, line'

/** A refused query: PHP 8 adds four warnings of its own and makes the status 500, older PHP does not. */
export function refuseQuery(version: Version, code: number, message: string): Refusal {
  if (version !== '8.2.1') return refuse(400, code, message)
  const warnings = [1333, 1334, 1335, 1336].map((line) => ({
    code: 3,
    message: `[PHP Warning #2] ${WARNING} ${line})`,
  }))
  return new Refusal(500, [{ code, message }, ...warnings])
}

const FULL_VERSION = { '1.7.8': '1.7.8.11', '8.2.1': '8.2.1' } as const
const WHO =
  'Basic realm="Welcome to PrestaShop Webservice, please enter the authentication key as the login. No password required."'

/** What goes back to the caller. */
export interface Answer {
  status: number
  body: string
  type: 'xml' | 'json' | 'none'
  /** Of a refused key: asks for one, and hides the version. */
  isStranger?: boolean
}

const TYPES = { xml: 'text/xml;charset=utf-8', json: 'application/json', none: '' } as const

/** Sends an answer with the headers of the web service; 304 when the caller has this body already. */
export function send(
  answer: Answer,
  o: { version: Version; startedAt: number; isHead: boolean; localSha1: string | undefined },
): Response {
  const sha1 = createHash('sha1').update(answer.body).digest('hex')
  const headers = new Headers({
    'X-Powered-By': 'PrestaShop Webservice',
    'PSWS-Version': answer.isStranger ? '0' : FULL_VERSION[o.version],
    'Execution-Time': ((performance.now() - o.startedAt) / 1000).toFixed(3),
    'Content-Sha1': sha1,
    'Content-Type': TYPES[answer.type],
    'Set-Cookie': 'PrestaShop-sandbox=def50200; path=/; HttpOnly; SameSite=Lax',
  })
  if (answer.isStranger && answer.status === 401) headers.set('WWW-Authenticate', WHO)
  if (answer.status === 200 && o.localSha1 === sha1) return new Response(null, { status: 304, headers })
  return new Response(o.isHead || answer.body === '' ? null : answer.body, { status: answer.status, headers })
}

/** The answer to a request without any key: it comes before the web service. */
export const sendUnauthorized = (): Response =>
  new Response('401 Unauthorized', {
    status: 401,
    headers: { 'X-Powered-By': 'PHP/8.2.36', 'WWW-Authenticate': WHO, 'Content-Type': 'text/html; charset=utf-8' },
  })

/** The answer of a program that died. */
export const sendCrash = (): Response =>
  new Response(null, {
    status: 500,
    headers: { 'X-Powered-By': 'PHP/8.2.36', 'Content-Type': 'text/html; charset=utf-8' },
  })

/** A refusal in the format asked for. */
export function answerOf(refusal: Refusal, o: { isJson: boolean; isStranger: boolean }): Answer {
  const { status, problems } = refusal
  const body = o.isJson ? JSON.stringify({ errors: problems }) : errorsXml(problems)
  return { status, body, type: o.isJson ? 'json' : 'xml', isStranger: o.isStranger }
}
