import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Flash } from '../flash.ts'
import type { ConsoleOptions } from '../options.ts'
import { typeset } from '../typography.ts'
import { ASSETS } from './assets.ts'
import type { Html } from './parts.ts'

/** One page: what stands in its main part, and how the frame around it behaves. */
export interface Page {
  title: string
  main: Html
  status?: ContentfulStatusCode
  /** The main part is read anew every few seconds while nobody works in it. */
  refresh?: boolean
}

/** What the frame shows around a page. */
export interface Frame {
  o: ConsoleOptions
  path: string
  /** False on the pages that are seen without signing in. */
  signedIn: boolean
  flash: Flash | null
  /** How many steps wait for a person. */
  waiting: number
}

const PAGES: [path: string, name: string][] = [
  ['/', 'Rapport'],
  ['/commandes', 'Commandes'],
  ['/parcels', 'Expéditions'],
  ['/a-traiter', 'À traiter'],
  ['/correspondances', 'Correspondances'],
  ['/carrier-rules', 'Transport'],
  ['/taches', 'Tâches'],
]

/** A whole page as text. */
export async function layOut(page: Page, frame: Frame): Promise<string> {
  const { title, main, refresh = false } = page
  const { flash, signedIn } = frame
  const whole = html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Connecteur Codial</title>
<link rel="icon" href="${ASSETS['icon.svg'].href}" type="image/svg+xml">
<link rel="stylesheet" href="${ASSETS['console.css'].href}">
<script src="${ASSETS['console.js'].href}" defer></script>
</head>
<body>
<a class="skip" href="#contenu">Aller au contenu</a>
<header class="top">${signedIn ? navigation(frame) : html`<p class="brand">Connecteur Codial</p>`}</header>
${flash && html`<div class="flash ${flash.tone}" role="${flash.tone === 'done' ? 'status' : 'alert'}"><p>${flash.text}</p></div>`}
<main id="contenu" tabindex="-1" ${refresh ? html`data-refresh="5"` : ''}>${main}</main>
</body>
</html>`
  return typeset(String(await whole))
}

function navigation({ o, path, waiting }: Frame): Html {
  const isHere = (page: string): boolean => (page === '/' ? path === '/' : path === page || path.startsWith(`${page}/`))
  return html`
    <p class="brand"><a href="/">Connecteur Codial</a></p>
    <nav class="pages" aria-label="Pages du connecteur">
      <ul>
        ${PAGES.map(
          ([page, name]) =>
            html`<li><a href="${page}" ${isHere(page) ? html`aria-current="page"` : ''}>${name}${page === '/a-traiter' && waiting > 0 ? html` <span class="count">${waiting}</span>` : ''}</a></li>`,
        )}
      </ul>
    </nav>
    <form class="who" method="post" action="/deconnexion">
      <span>${o.operator.name}<small>Agence ${o.operator.branch}</small></span>
      <button class="quiet" type="submit">Se déconnecter</button>
    </form>`
}
