import { type FailureCode, Refused, Unavailable } from '../../../domain/failures.ts'
import type { HttpReply } from '../../wire/http.ts'
import { readProblem, WHO } from './wire.ts'

/** What DHL's error codes mean (contract, 3.6); others are refused as they are said. */
const MEANINGS: ReadonlyMap<string, FailureCode> = new Map(
  Object.entries<FailureCode>({
    3501: 'not-offered',
    5032: 'not-offered',
    7008: 'not-offered',
    8003: 'not-offered',
    7099: 'customs-incomplete',
    7120: 'customs-incomplete',
    7127: 'address-refused',
    8007: 'login-refused',
  }),
)

/** What a field tells when the code does not: the first that matches holds. */
const FIELDS: [RegExp, FailureCode][] = [
  [/exportdeclaration/i, 'customs-incomplete'],
  [/customerDetails|postalAddress|contactInformation|cityName|postalCode/i, 'address-refused'],
  [/account number is not found or invalid/i, 'login-refused'],
]

/** Nothing when DHL did what it was asked; `Refused` with all its reasons, or `Unavailable` when no answer can be made out. */
export function assertDone(reply: HttpReply): void {
  if (reply.status >= 200 && reply.status < 300) return
  const texts = textsOf(reply)
  if (reply.status === 401 || reply.status === 403)
    throw new Refused('login-refused', spoken(texts.length > 0 ? texts : [`HTTP ${reply.status}`], reply))
  if (reply.status < 400 || texts.some((text) => codeOf(text) === '999'))
    throw new Unavailable(spoken([`${WHO}: HTTP ${reply.status}`, ...texts], reply))
  const told = texts.length > 0 ? texts : [`HTTP ${reply.status}`]
  throw new Refused(told.map(meaningOf).find((code) => code !== 'refused') ?? 'refused', spoken(told, reply))
}

/** True when DHL refuses paperless trade on this lane (7008), and so did nothing: the same may be asked without it. */
export function refusesPaperless(reply: HttpReply): boolean {
  if (reply.status !== 400 && reply.status !== 422) return false
  return textsOf(reply).some((text) => codeOf(text) === '7008' && text.includes("'WY'"))
}

/** True when DHL says that it knows no such shipment; any other 404, such as a gateway's, says nothing. */
export function isNothingFound(reply: HttpReply): boolean {
  if (reply.status !== 404) return false
  const { detail, title, message } = readProblem(reply)
  if (/no data found|no shipments? found|not data found/i.test(`${detail} ${title} ${message}`)) return true
  throw new Unavailable(`${WHO}: HTTP 404 without its "No data found"`, { nothingHappened: true })
}

/** DHL's reasons: the list that names the fields, else its one sentence (often only "Multiple problems found"). */
function textsOf(reply: HttpReply): string[] {
  try {
    const { additionalDetails, detail, message, title } = readProblem(reply)
    const texts = additionalDetails?.length ? additionalDetails : [detail || message || title]
    return texts.map((text) => text.trim()).filter(Boolean)
  } catch (error) {
    if (reply.status === 401 || reply.status === 403) return [] // a gateway's page says enough
    throw error
  }
}

const codeOf = (text: string): string => /^(\d+):/.exec(text)?.[1] ?? ''

const meaningOf = (text: string): FailureCode =>
  MEANINGS.get(codeOf(text)) ?? FIELDS.find(([field]) => field.test(text))?.[1] ?? 'refused'

/** First sentences, since what follows is general advice, and the id by which DHL's support finds the call. */
function spoken(texts: string[], { headers }: HttpReply): string {
  const id = headers.get('invocation-id')?.slice(0, 60)
  const said = texts.map((text) => text.replace(/\. (?=[A-Z]).*$/s, '')).join(' ; ')
  return id ? `${said.slice(0, 240)} (Invocation-Id ${id})` : said.slice(0, 240)
}
