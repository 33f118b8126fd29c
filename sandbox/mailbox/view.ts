import { html, raw } from 'hono/html'
import type { ReceivedMail } from './mails.ts'

type Html = ReturnType<typeof html>

const style = raw(`
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 20%, Canvas) }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; overflow-wrap: anywhere } h2 { font-size: 1.125rem; margin: 1.5rem 0 .5rem }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
ul { list-style: none; margin: 0; padding: 0 } li { border-top: 1px solid var(--line) }
.mail { display: block; padding: .75rem .25rem; color: inherit; text-decoration: none; overflow-wrap: anywhere }
.mail:hover strong { text-decoration: underline } .mail span { display: block; opacity: .8 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; margin: 0 } dt { opacity: .75 } dd { margin: 0; overflow-wrap: anywhere }
iframe { width: 100%; height: 70vh; border: 1px solid var(--line); border-radius: .25rem; background: #fff }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: .25rem; padding: .75rem; margin: 0 }
`)

function layout(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${style}</style>
</head>
<body><main>${content}</main></body></html>`
}

/** All mails, the newest first. */
export function listPage(mails: ReceivedMail[]): Html {
  const count = mails.length === 0 ? 'Aucun e-mail' : `${mails.length} e-mail${mails.length > 1 ? 's' : ''}`
  return layout(
    'Boîte aux lettres (bac à sable)',
    html`<h1>Boîte aux lettres, bac à sable</h1><p>${count}. <a href="/">Actualiser</a></p><ul>${mails.map(listItem)}</ul>`,
  )
}

function listItem({ id, subject, to, receivedAt, attachments }: ReceivedMail): Html {
  const files =
    attachments.length === 0 ? '' : `, ${attachments.length} pièce${attachments.length > 1 ? 's jointes' : ' jointe'}`
  return html`<li><a class="mail" href="/mails/${id}"><strong>${subject || '(sans objet)'}</strong>
<span>à ${to.join(', ')}, ${when(receivedAt)}${files}</span></a></li>`
}

const CLOCK = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long', timeStyle: 'medium' })

const when = (iso: string): Html => html`<time datetime="${iso}">${CLOCK.format(new Date(iso))}</time>`

/** One mail: its HTML locked in a frame without scripts, links or forms, its text, its files. */
export function mailPage(mail: ReceivedMail): Html {
  const files = mail.attachments.map(
    ({ name, type, size }, i) =>
      html`<li><p><a href="/mails/${mail.id}/pieces/${i + 1}">${name}</a> (${type}, ${size} o)</p></li>`,
  )
  return layout(
    mail.subject || '(sans objet)',
    html`<p><a href="/">← Tous les e-mails</a></p><h1>${mail.subject || '(sans objet)'}</h1>
<dl><dt>De</dt><dd>${mail.from}</dd><dt>À</dt><dd>${mail.to.join(', ')}</dd><dt>Reçu</dt><dd>${when(mail.receivedAt)}</dd>
<dt>Message-ID</dt><dd>${mail.messageId}</dd><dt>Taille</dt><dd>${mail.size} o</dd></dl>
${files.length > 0 ? html`<h2>Pièces jointes</h2><ul>${files}</ul>` : ''}
${mail.html ? html`<h2>Version HTML</h2><iframe sandbox title="Version HTML de l'e-mail" srcdoc="${mail.html}"></iframe>` : ''}
${mail.text ? html`<h2>Version texte</h2><pre>${mail.text}</pre>` : ''}`,
  )
}

/** What is not there. */
export const missingPage = (): Html =>
  layout('Introuvable', html`<h1>Introuvable</h1><p><a href="/">Tous les e-mails</a></p>`)
