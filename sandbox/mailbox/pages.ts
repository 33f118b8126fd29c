import { Hono } from 'hono'
import type { ReceivedAttachment, ReceivedMail } from './mails.ts'
import { listPage, mailPage, missingPage } from './view.ts'

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** The pages of the mailbox, and its mails as JSON. */
export function mailboxRoutes(mails: () => ReceivedMail[]): Hono {
  const pages = new Hono()
  const find = (id: string) => mails().find((mail) => mail.id === id)
  pages.use(async (c, next) => {
    await next()
    c.header('Content-Security-Policy', POLICY)
    c.header('X-Content-Type-Options', 'nosniff')
  })
  pages.get('/', (c) => c.html(listPage(mails().toReversed())))
  pages.get('/_mails', (c) => c.json(mails()))
  pages.get('/mails/:id', (c) => {
    const mail = find(c.req.param('id'))
    return mail ? c.html(mailPage(mail)) : c.html(missingPage(), 404)
  })
  pages.get('/mails/:id/pieces/:rang', (c) => {
    const attachment = find(c.req.param('id'))?.attachments[Number(c.req.param('rang')) - 1]
    return attachment ? download(attachment) : c.html(missingPage(), 404)
  })
  pages.notFound((c) => c.html(missingPage(), 404))
  return pages
}

function download({ name, type, bytes }: ReceivedAttachment): Response {
  const isPlainType = /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type)
  return new Response(Buffer.from(bytes, 'base64'), {
    headers: {
      'Content-Type': isPlainType ? type : 'application/octet-stream',
      'Content-Disposition': dispositionOf(name),
    },
  })
}

/** A name for every browser: plain letters first, then the true one as RFC 6266 writes it; never a folder. */
function dispositionOf(given: string): string {
  const name =
    given
      .toWellFormed()
      .replace(/^.*[/\\]/s, '')
      .replace(/\p{Cc}/gu, '')
      .slice(0, 120) || 'piece'
  const plain =
    name
      .normalize('NFD')
      .replace(/[^\w. -]/g, '')
      .trim() || 'piece'
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
