import { request } from 'node:http'

/** A reply as it came over the wire; `isCut` when the connection broke before its end. */
export interface RawReply {
  status: number
  headers: Record<string, string>
  text: string
  bytes: Buffer
  isCut: boolean
}

/** Sends one request as told, Host header included; `status` is 0 when no reply came at all. */
export function send(o: {
  url: string
  method?: string
  headers?: Record<string, string>
  body?: string | undefined
}): Promise<RawReply> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const reply = { status: 0, headers: {} as Record<string, string> }
    const finish = (isCut: boolean) => {
      const bytes = Buffer.concat(chunks)
      resolve({ ...reply, text: bytes.toString('utf8'), bytes, isCut })
    }
    const outgoing = request(
      o.url,
      { method: o.method ?? 'GET', agent: false, ...(o.headers ? { headers: o.headers } : {}) },
      (incoming) => {
        reply.status = incoming.statusCode ?? 0
        for (const [name, value] of Object.entries(incoming.headers)) reply.headers[name] = String(value)
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('end', () => finish(false))
        incoming.on('error', () => finish(true))
      },
    )
    outgoing.on('error', () => finish(true))
    outgoing.end(o.body)
  })
}

/** Reads a JSON reply. */
export const jsonOf = (reply: RawReply): unknown => JSON.parse(reply.text)
