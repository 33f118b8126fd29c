import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Light } from '../../db/schema.ts'
import { pathWith } from '../kit.ts'
import type { ConsoleSite } from '../options.ts'

/** A piece of a page, escaped already. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const SHAPES: Record<Light, string> = {
  vert: '<circle cx="8" cy="8" r="6.5"/><path d="m5 8.2 2.1 2.1L11 6"/>',
  orange: '<path d="M8 1.8 15 14H1Z"/><path d="M8 6v4m0 1.8v.2"/>',
  rouge: '<path d="M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2Z"/><path d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6"/>',
  bleu: '<path d="M14.5 8A6.5 6.5 0 1 1 12 2.9M12.3.8v2.5H9.8"/><path d="M8 5v3.2l2 1.3"/>',
  gris: '<circle cx="8" cy="8" r="6.5"/><path d="M5 8h6"/>',
  violet:
    '<path d="M8 1 15 8l-7 7-7-7Z"/><path d="M6.4 6.6C6.4 5.6 7.1 5 8 5s1.6.6 1.6 1.5C9.6 7.6 8 7.7 8 9m0 1.8v.2"/>',
}

/** A status light: a shape of its own, a colour, and always a word. */
export const badge = (light: Light, word: string): Html =>
  html`<span class="badge ${light}"><svg viewBox="0 0 16 16" aria-hidden="true">${raw(SHAPES[light])}</svg>${word}</span>`

/** What a list says when it is empty: why, and what to do about it. */
export const empty = ({
  title,
  text,
  action,
}: {
  title: string
  text: string
  action?: { href: string; text: string }
}): Html => html`
  <div class="empty">
    <h2>${title}</h2>
    <p>${text}</p>
    ${action && html`<p><a class="button" href="${action.href}">${action.text}</a></p>`}
  </div>`

/** Said where pages are per site and none is connected. */
export const noSites = (): Html =>
  empty({
    title: 'Aucun site',
    text: 'Reliez une première boutique dans les réglages du connecteur, puis revenez ici.',
  })

/** Links to the same page of each site; a single site is only named. */
export function siteTabs({ path, sites, here }: { path: string; sites: ConsoleSite[]; here: string }): Html {
  if (sites.length === 1) return html`<p><strong>${sites[0]?.name}</strong></p>`
  return html`
    <nav class="chips" aria-label="Sites">
      ${sites.map(({ code, name }) => html`<a class="chip" href="${pathWith(path, { site: code })}" ${code === here ? html`aria-current="true"` : ''}>${name}</a>`)}
    </nav>`
}

interface Choice {
  name: string
  label: string
  all: string
  value: string
  options: [value: string, text: string][]
}

/** Choices of a filter, "tous" first; a value that is set is always among them. */
export function choice({ name, label, all, value, options }: Choice): Html {
  const known = value === '' || options.some(([one]) => one === value)
  const shown: Choice['options'] = known ? options : [...options, [value, value]]
  return html`
  <label class="field">${label}
    <select name="${name}">
      <option value="">${all}</option>
      ${shown.map(([one, text]) => html`<option value="${one}" ${one === value ? raw('selected') : ''}>${text}</option>`)}
    </select>
  </label>`
}

/** A list: a table on a desk, one card per row on a phone (the roles keep it a table for screen readers). */
export const listOf = (o: {
  style: string
  name: string
  headings: [text: string, style?: string][]
  rows: Html[]
  foot?: Html
}): Html => html`
  <table class="list ${o.style}" role="table" aria-label="${o.name}">
    <thead role="rowgroup"><tr role="row">${o.headings.map(([text, style = '']) => html`<th role="columnheader" scope="col" class="${style}">${text}</th>`)}</tr></thead>
    <tbody role="rowgroup">${o.rows}</tbody>
    ${o.foot}
  </table>`

/** A cell of a list, with the name it has on a phone; null is a dash, and is left out on a phone. */
export const cell = (name: string, content: Html | string | number | null, style = ''): Html =>
  html`<td role="cell" data-label="${name}" class="${content === null ? `${style} none` : style}">${content ?? html`<span class="muted">—</span>`}</td>`

/** Rows of one page of a list. */
export const PAGE_SIZE = 50

/** The number of a page from its address, 1 when there is none. */
export const pageOf = (text: string | undefined): number => (/^[1-9]\d{0,5}$/.test(text ?? '') ? Number(text) : 1)

/** Links to the pages before and after, with where one is. */
export function pager(o: {
  path: string
  params: Record<string, string | undefined>
  page: number
  total: number
}): Html {
  const pages = Math.max(1, Math.ceil(o.total / PAGE_SIZE))
  const to = (page: number): string => pathWith(o.path, { ...o.params, page: page > 1 ? page : undefined })
  const [first, last] = [Math.min(o.total, (o.page - 1) * PAGE_SIZE + 1), Math.min(o.total, o.page * PAGE_SIZE)]
  if (o.total === 0) return html``
  if (pages === 1 && o.page === 1) return html`<p class="pager">${count(o.total, 'ligne')}</p>`
  return html`
    <nav class="pager" aria-label="Pages">
      ${o.page > 1 ? html`<a class="button" rel="prev" href="${to(o.page - 1)}">← Plus récentes</a>` : html`<span></span>`}
      <span>Lignes ${first} à ${last} sur ${o.total}</span>
      ${o.page < pages ? html`<a class="button" rel="next" href="${to(o.page + 1)}">Plus anciennes →</a>` : html`<span></span>`}
    </nav>`
}

/** "1 ligne", "3 lignes". */
export const count = (n: number, one: string, many = `${one}s`): string => `${n}\u00a0${n > 1 ? many : one}`

/** Fields that a form carries unseen. */
export const hidden = (fields: Record<string, string>): Html[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
