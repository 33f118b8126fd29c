import type { Client, ScheduleSummary } from '@temporalio/client'
import { buildConsole } from '../../console/app.ts'
import type { ConsoleOptions } from '../../console/options.ts'
import { WOOCOMMERCE_RULES } from '../../domain/site.ts'

/** One call that reached the Temporal client. */
export interface Sent {
  what: string
  id: string
  args: unknown[]
  updateId?: string
}

/** What the stub does instead of answering. */
export type Reply = (sent: Sent) => Promise<unknown>

/**
 * A stand-in for the Temporal client: it proves which calls the console makes, with which ids and arguments, and how it
 * words each kind of answer. It proves nothing about Temporal itself (that one update id is taken once, deadlines):
 * engine.test.ts does, with a real server.
 */
export function stubClient(o: { reply?: Reply; tasks?: ScheduleSummary[] } = {}): { client: Client; sent: Sent[] } {
  const sent: Sent[] = []
  const note = async (one: Sent): Promise<unknown> => {
    sent.push(one)
    return o.reply?.(one)
  }
  type Start = { workflowId: string; args: unknown[] }
  const client = {
    withDeadline: <T>(_: number, ask: () => Promise<T>): Promise<T> => ask(),
    workflow: {
      getHandle: (id: string) => ({
        executeUpdate: ({ name }: { name: string }, { args, updateId }: { args: unknown[]; updateId: string }) =>
          note({ what: name, id, args, updateId }),
      }),
      start: (what: string, { workflowId, args }: Start) => note({ what, id: workflowId, args }),
      execute: (what: string, { workflowId, args }: Start) => note({ what, id: workflowId, args }),
    },
    schedule: {
      list: async function* () {
        await note({ what: 'list', id: '', args: [] })
        yield* o.tasks ?? []
      },
      getHandle: (id: string) => ({
        trigger: (...args: unknown[]) => note({ what: 'trigger', id, args }),
        pause: (...args: unknown[]) => note({ what: 'pause', id, args }),
        unpause: (...args: unknown[]) => note({ what: 'unpause', id, args }),
      }),
    },
  }
  return { client: client as unknown as Client, sent }
}

/** Options of a console with two sites, for tests. */
export function testOptions(o: Partial<ConsoleOptions> & Pick<ConsoleOptions, 'db'>): ConsoleOptions {
  return {
    port: 0,
    client: stubClient().client,
    namespace: 'default',
    temporalUi: 'http://127.0.0.1:8233',
    operator: { code: 'marie', name: 'Marie Dubois', password: 'correct horse battery', branch: 'LYON' },
    secret: 'a secret of at least thirty-two characters',
    sites: [
      { code: 'boutique-bio', name: 'Boutique Bio', url: 'https://bio.example', rules: WOOCOMMERCE_RULES },
      { code: 'atelier-bois', name: 'Atelier Bois', url: 'https://bois.example', rules: WOOCOMMERCE_RULES },
    ],
    carriers: ['COLISSIMO'],
    ...o,
  }
}

/** A browser without a browser: keeps cookies, and says where its forms come from. */
export function openVisitor(o: ConsoleOptions) {
  const app = buildConsole(o)
  const cookies = new Map<string, string>()

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('host', 'console.test')
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const reply = await app.request(`http://console.test${path}`, { ...init, headers })
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return reply
  }

  const get = (path: string): Promise<Response> => ask(path)
  const post = (
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
  ) => ask(path, { method: 'POST', body: new URLSearchParams(fields), headers })

  return {
    app,
    cookies,
    get,
    post,
    read: async (path: string): Promise<string> => (await get(path)).text(),
    signIn: () => post('/connexion', { code: o.operator.code, password: o.operator.password }),
  }
}

/** The value of a form's hidden field in a page. */
export const fieldIn = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''

/** The text of a page as people read it: no tags, plain spaces. */
export const textOf = (page: string): string =>
  page
    .replace(/<[^>]*>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
