import { Refused, Unavailable } from '../../../domain/failures.ts'
import type { PsClient } from './client.ts'
import { psName, psState } from './wire.ts'

/** The state that the shop shows now, as the id of its own table. */
export async function readState(client: PsClient, webId: string): Promise<string> {
  const [order] = /^\d{1,10}$/.test(webId)
    ? await client.list('orders', psState, { display: '[id,current_state]', filter: { id: `[${webId}]` } })
    : []
  if (!order) throw unknownOrder(client.who, webId)
  return order.current_state
}

/** What a missing order is, wherever it is asked for. */
export const unknownOrder = (who: string, webId: string): Refused =>
  new Refused('refused', `${who} ne connaît pas la commande ${webId}`)

/**
 * Writes one row of history, with the shop's own mail; a state with `paid` makes the payment by itself, so none is ever posted.
 * PrestaShop answers 500 without a word to a state that it does not know, and 1.7.6 and 1.7.7 also when only the mail failed
 * after the state was saved (contract, 2.5): what really happened is read back.
 */
export async function pushState(
  client: PsClient,
  { webId, state, employee }: { webId: string; state: string; employee: string },
): Promise<void> {
  if ((await readState(client, webId)) === state) return
  if (!/^[1-9]\d{0,9}$/.test(state)) throw unknownState(client.who, state)
  const fields = { id_order: webId, id_order_state: state, id_employee: employee }
  const write = { method: 'POST', resource: 'order_histories', entity: 'order_history', fields } as const
  try {
    await client.write({ ...write, sendEmail: true })
  } catch (error) {
    if (!(error instanceof Unavailable) || !error.message.endsWith('HTTP 500')) throw error
    if ((await readState(client, webId)) === state) return
    if (!(await knowsState(client, state))) throw unknownState(client.who, state)
    throw error
  }
}

async function knowsState(client: PsClient, state: string): Promise<boolean> {
  const states = await client.list('order_states', psName, { display: '[id]', filter: { id: `[${state}]` } })
  return states.length > 0
}

const unknownState = (who: string, state: string): Refused =>
  new Refused('refused', `${who} ne connaît pas l'état de commande « ${state} »`)
