import type { Engine } from './engine.ts'
import type { Flashes } from './flash.ts'
import type { ConsoleOptions, Visit } from './options.ts'
import type { Page } from './pages/layout.ts'

/** What every page is made with. */
export interface PageKit {
  o: ConsoleOptions
  engine: Engine
  flashes: Flashes
  render(c: Visit, page: Page): Promise<Response>
  /** Ends an action: back to a page of ours, which then says what became of it. */
  back(c: Visit, to: string, flash: { tone: 'done' | 'problem'; text: string }): Promise<Response>
}

/** A path of this console to return to; anything else is the report. */
export const ownPath = (path: unknown): string =>
  typeof path === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : '/'

/** A path with the parameters that are set. */
export function pathWith(path: string, params: Record<string, string | number | undefined>): string {
  const set = new URLSearchParams()
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== '') set.set(name, String(value))
  return set.size === 0 ? path : `${path}?${set}`
}

/** The page of one order. */
export const orderPath = ({ site, webId }: { site: string; webId: string }): string =>
  `/commandes/${encodeURIComponent(site)}/${encodeURIComponent(webId)}`

/** The Temporal UI's page of a workflow; null when there is no UI. */
export const temporalPath = ({ temporalUi, namespace }: ConsoleOptions, workflowId: string): string | null =>
  temporalUi &&
  `${temporalUi.replace(/\/+$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`

/** An outside address that may be put behind a link; null for anything that is not plain http(s). */
export const webAddress = (text: string): string | null =>
  /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null

/** The name of a site for people. */
export const siteName = ({ sites }: ConsoleOptions, code: string | null): string =>
  sites.find((site) => site.code === code)?.name ?? code ?? 'tous'

/** The name of an operator for people. */
export const operatorName = ({ operator }: ConsoleOptions, code: string): string =>
  code === operator.code ? operator.name : code
