import { html, raw } from 'hono/html'

/** A piece of a page, its texts already escaped. */
export type Html = ReturnType<typeof html>

const STYLE = raw(`
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
.card { border: 1px solid #8888; border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; }
.card h2, .card h3 { margin: 0 0 .5rem; font-size: 1.1rem; }
.card p, .card ul { margin: .25rem 0; }
.status { border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; white-space: nowrap; }
button, select, input { font: inherit; padding: .4rem .8rem; max-width: 100%; }
:focus-visible { outline: 3px solid #2563eb; outline-offset: 2px; }
`)

/** A page of cards in one column, readable on a phone, as the shops and the carriers of the sandbox have it; `style` is what it adds to their common look. */
export function drawPage(o: { name: string; style: Html; main: Html }): Html {
  return html`<!DOCTYPE html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${o.name} (bac à sable)</title>
        <style>
          ${STYLE} ${o.style}
        </style>
      </head>
      <body>
        <main>
          <h1>${o.name}</h1>
          ${o.main}
        </main>
      </body>
    </html>`
}
