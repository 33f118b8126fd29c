import type { Selectable } from 'kysely'
import type { DocumentsTable } from '../../db/schema.ts'
import type { PageKit } from '../kit.ts'
import { isSignedLink } from '../links.ts'
import type { ConsoleApp, ConsoleOptions, Visit } from '../options.ts'
import { missing } from './troubles.ts'

/** Papers for whoever is signed in, opened in the browser. */
export function documentPages(app: ConsoleApp, kit: PageKit): void {
  app.get('/documents/:id', async (c) => {
    const row = await readPaper(kit.o, c.req.param('id'))
    return row ? serve(c, row, SHOWN_TYPES.has(row.media_type) ? 'inline' : 'attachment') : missing(kit, c)
  })
}

/** An invoice for whoever holds its signed link; everything else looks as if it did not exist. */
export function signedDocumentPage(app: ConsoleApp, { o }: PageKit): void {
  app.get('/f/:document', async (c) => {
    const [document, signature, expires] = [
      c.req.param('document'),
      c.req.query('s') ?? '',
      Number(c.req.query('e') ?? ''),
    ]
    const signed = isSignedLink({ document, expires, signature, secret: o.secret, now: (o.now ?? Date.now)() / 1000 })
    const row = signed ? await readPaper(o, document) : undefined
    if (row?.kind !== 'invoice') return c.text('Ce document n’est pas ou plus disponible.', 404)
    return serve(c, row, 'attachment')
  })
}

type Paper = Pick<Selectable<DocumentsTable>, 'kind' | 'name' | 'media_type' | 'bytes'>

const readPaper = ({ db }: ConsoleOptions, id: string): Promise<Paper | undefined> =>
  db.selectFrom('documents').select(['kind', 'name', 'media_type', 'bytes']).where('id', '=', id).executeTakeFirst()

/** Types that browsers show without running anything; all others are only saved. */
const SHOWN_TYPES = new Set(['application/pdf', 'image/png', 'image/jpeg', 'application/json', 'text/plain'])

function serve(c: Visit, { name, media_type, bytes }: Paper, disposition: 'inline' | 'attachment'): Response {
  const plain =
    name
      .normalize('NFD')
      .replace(/[^\w.\- ]/g, '')
      .replace(/^\.+/, '')
      .slice(0, 100) || 'document'
  const type = SHOWN_TYPES.has(media_type) ? media_type : 'application/octet-stream'
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': type === 'text/plain' || type === 'application/json' ? `${type}; charset=utf-8` : type,
    'content-disposition': `${disposition}; filename="${plain}"; filename*=UTF-8''${extended(name.slice(0, 100))}`,
  })
}

/** A name in the form of RFC 5987, which also escapes ' ( ) and *. */
const extended = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
