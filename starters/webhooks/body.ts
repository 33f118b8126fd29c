import type { IncomingMessage } from 'node:http'

/** Bytes of the largest body that is read. */
export const BODY_LIMIT = 1_000_000

/** How the reading of a body ended: whole, longer than the limit (the rest stays unread), or cut before its end. */
export type Reading = 'whole' | 'too-large' | 'cut'

/** Passes a raw body on piece by piece, keeping none of it; the announced length is believed only when it is too long. */
export async function readBody(request: IncomingMessage, take: (piece: Buffer) => void): Promise<Reading> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return 'too-large'
  let bytes = 0
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += piece.length
      if (bytes > BODY_LIMIT) return 'too-large'
      take(piece)
    }
  } catch {
    return 'cut'
  }
  return request.complete ? 'whole' : 'cut'
}
