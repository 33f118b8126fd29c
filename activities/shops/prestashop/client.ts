import type { ZodType, z } from 'zod'
import { Refused, Unavailable } from '../../../domain/failures.ts'
import { call, type HttpReply, type HttpRequest, readAs } from '../../wire/http.ts'
import { errorCodesIn, idIn, rowsIn } from './replies.ts'
import { type Fields, xmlOf } from './xml.ts'

/** Where the shop is and how we log in to it; `site` is our own name of it. */
export interface Access {
  site: string
  /** The shop's root, with or without /api. */
  url: string
  /** The web service key: the user of Basic auth, without password. */
  key: string
  /** The shop of a multi-shop; its orders alone are read. */
  idShop?: string
}

/** A question about a list; never about one object, whose JSON drops every falsy field (contract, 2.2). */
export interface ListQuery {
  /** "full" or "[id,reference]". */
  display: string
  /** Field -> "[v]", "[a|b]", "[from,to]", ">[v]". */
  filter?: Record<string, string>
  sort?: string
  limit?: string
  /** Needed to filter or sort on dates. */
  date?: '1'
}

/** A write of one resource; `resource` is its plural in the address, `entity` its name in the XML. */
export interface Write {
  method: 'POST' | 'PUT' | 'PATCH'
  resource: string
  entity: string
  fields: Fields
  sendEmail?: boolean
}

/** One shop, as the adapter calls it. */
export type PsClient = ReturnType<typeof openClient>

/** Calls one shop: address, login, refusals; answers as the shop sent them. */
export function openClient(access: Access) {
  const who = `PrestaShop ${access.site}`
  const shop = { version: '', skew: 0 }
  const ofShop: Record<string, string> = access.idShop ? { id_shop: `[${access.idShop}]` } : {}
  const send = async (o: Omit<HttpRequest, 'who'>): Promise<HttpReply> => {
    const reply = await call({ who, ...o, headers: { ...loginOf(access), ...o.headers } })
    observe(shop, reply)
    return reply
  }
  const listRaw = async (resource: string, query: ListQuery): Promise<Record<string, unknown>[]> => {
    const reply = await send({ method: 'GET', url: addressOf(access, resource, listParameters(query)) })
    refuse(reply, { who, resource, method: 'GET' })
    return rowsIn(reply, who)
  }

  return {
    who,
    /** What keeps a list of orders to one shop of several. */
    ofShop,
    /** The program's version as it last said it; "" while unknown. */
    version: () => shop.version,
    /** Our best knowledge of the shop's clock, in milliseconds. */
    now: () => Date.now() + shop.skew,
    /** How far the shop's clock is ahead of ours, in milliseconds. */
    skew: () => shop.skew,
    listRaw,
    async list<S extends ZodType>(resource: string, schema: S, query: ListQuery): Promise<z.output<S>[]> {
      return (await listRaw(resource, query)).map((row) => readAs(schema, row, `${who}, ${resource}`))
    },
    /** The list of what the key may do, as XML. */
    async root(): Promise<HttpReply> {
      const reply = await send({ method: 'GET', url: addressOf(access, '', {}) })
      refuse(reply, { who, resource: 'api', method: 'GET' })
      return reply
    },
    /** Writes, and gives the id of what was written; an answer that does not tell it (a host's page) is in doubt. */
    async write({ method, resource, entity, fields, sendEmail }: Write): Promise<string> {
      const path = method === 'POST' ? resource : `${resource}/${fields.id}`
      const url = addressOf(access, path, sendEmail ? { sendemail: '1' } : {})
      const reply = await send({
        method,
        url,
        headers: { 'content-type': 'text/xml' },
        body: xmlOf(entity, fields),
      })
      refuse(reply, { who, resource, method })
      const id = idIn(reply, entity)
      if (!id) throw new Unavailable(`${who}: the answer does not say what was written`)
      return id
    },
  }
}

const loginOf = ({ key }: Access): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
})

function addressOf(access: Access, path: string, query: Record<string, string>): string {
  const root = access.url.replace(/\/+$/, '').replace(/\/api$/, '')
  const parameters = new URLSearchParams(query)
  if (access.idShop) parameters.set('id_shop', access.idShop)
  const text = parameters.toString()
  return `${root}/api/${path}${text ? `?${text}` : ''}`
}

function listParameters({ display, filter = {}, sort, limit, date }: ListQuery): Record<string, string> {
  const filters = Object.entries(filter).map(([field, value]) => [`filter[${field}]`, value])
  return {
    display,
    ...Object.fromEntries(filters),
    ...(date ? { date } : {}),
    ...(sort ? { sort } : {}),
    ...(limit ? { limit } : {}),
    output_format: 'JSON',
  }
}

function observe(shop: { version: string; skew: number }, { headers }: HttpReply): void {
  const version = headers.get('psws-version') ?? ''
  if (/^\d+\.\d/.test(version)) shop.version = version
  const said = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(said)) return
  const behind = Date.now() - said
  shop.skew = behind >= 0 && behind < 2000 ? 0 : -behind // the header is a whole second, and its way here takes time
}

/** What a reply below 500 means when it is no answer: the shop's own codes, never its messages (contract, 2.1 and 2.6). */
function refuse(reply: HttpReply, o: { who: string; resource: string; method: string }): void {
  const { status } = reply
  if (status < 300) return
  const { who, resource, method } = o
  const codes = status < 400 ? [] : errorCodesIn(reply, who)
  const said = codes.length > 0 ? `, code ${codes.join(', ')}` : ''
  const isRight = codes.some((code) => code === '25' || code === '26')
  const right = isRight ? ` : la clé n'a pas le droit ${method} sur ${resource}` : ''
  if (status === 401 || isRight || (status === 403 && said)) throw new Refused('login-refused', `${who}${said}${right}`)
  if (codes.includes('27')) throw new UnknownResource(`${who} ne connaît pas la ressource ${resource}`)
  const isAnswer = codes.length > 0 || (status === 404 && reply.bytes.length === 0)
  if (!isAnswer) throw new Unavailable(`${who}: HTTP ${status}`)
  throw new Refused('refused', `${who}, ${method} ${resource}, HTTP ${status}${said}`)
}

/** The program is too old, or too new, for a resource. */
export class UnknownResource extends Refused {
  constructor(detail: string) {
    super('refused', detail)
  }
}

/** True from a version on, compared number by number; an unknown version is an old one. */
export function isSince(version: string, wanted: string): boolean {
  const numbers = version.split('.').map(Number)
  for (const [i, need] of wanted.split('.').map(Number).entries()) {
    const have = numbers[i] || 0
    if (have !== need) return have > need
  }
  return version !== ''
}
