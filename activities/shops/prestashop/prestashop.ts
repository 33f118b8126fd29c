import { Refused } from '../../../domain/failures.ts'
import type { Shop } from '../shop.ts'
import { checkShop } from './check.ts'
import { type Access, openClient, type PsClient } from './client.ts'
import { isZone } from './clock.ts'
import { invoiceMessage, readWritten, saysSame, showsInvoiceOf, writeMessage, writeNote } from './comments.ts'
import { openGather } from './gather.ts'
import type { OrderWords } from './mapping.ts'
import { DEFAULT_PICKUP, type PickupPattern } from './pickup.ts'
import { type Reading, readChanges, readOne } from './reading.ts'
import { pushState, readState, unknownOrder } from './status.ts'
import { addNumber, showsNumber } from './tracking.ts'
import { gramsPerUnit } from './weight.ts'
import { psSetting } from './wire.ts'

/** One PrestaShop shop: its address and key, and what its modules do otherwise than usual. */
export interface PrestaShopSettings extends Access {
  /** Where the delivery address tells of a pickup point. */
  pickup?: PickupPattern
  /** Names of vouchers that are gift cards, hence payments (a regular expression, to be kept equal to the site's rules); without it each is a discount. */
  giftCards?: string
  /** The employee who signs states and messages; "1" is the first one of every shop. */
  employee?: string
  /** How long a change rests before it is read, in milliseconds of the shop's clock. */
  settleMs?: number
}

/** Opens a PrestaShop shop (1.7.6 to 9, web service) behind the port of shops. */
export function openPrestaShop(settings: PrestaShopSettings): Shop {
  const client = openClient(settings)
  const employee = settings.employee ?? '1'
  const settingsOf = once(() => readSettings(client))
  const gather = openGather(client)
  const reading = async (): Promise<Reading> => ({
    client,
    gather,
    settle: settings.settleMs ?? 2000,
    words: {
      site: settings.site,
      ...(await settingsOf()),
      pickup: settings.pickup ?? DEFAULT_PICKUP,
      giftCards: settings.giftCards ? new RegExp(settings.giftCards, 'i') : null,
    },
  })

  return {
    abilities: { invoice: 'link', severalParcels: true },
    checkConnection: () => checkShop(client, async () => (await settingsOf()).zone),
    async readChangedOrders(o) {
      return readChanges(await reading(), o)
    },
    async readOrder(webId) {
      const isId = /^\d{1,10}$/.test(webId)
      const query = { display: 'full', filter: { id: `[${webId}]`, ...client.ofShop } }
      const [raw] = isId ? await client.listRaw('orders', query) : []
      if (!raw) throw unknownOrder(client.who, webId)
      return readOne(await reading(), raw)
    },
    readStatus: (webId) => readState(client, webId),
    pushStatus: ({ webId, status }) => pushState(client, { webId, state: status, employee }),
    showsTracking: ({ webId, trackingNumber }) => showsNumber(client, webId, trackingNumber),
    pushTracking: ({ webId, tracking }) => addNumber(client, webId, tracking.trackingNumber),
    async showsComment({ webId, text }) {
      const { notes, messages } = await readWritten(client, webId)
      return [...notes, ...messages].some((known) => saysSame(known, text))
    },
    async pushComment({ webId, text, forCustomer }) {
      if (forCustomer) await writeMessage(client, { webId, text, employee })
      else await writeNote(client, webId, text)
    },
    async showsInvoice({ webId, number }) {
      const { messages } = await readWritten(client, webId)
      return messages.some((message) => showsInvoiceOf(message, number))
    },
    publishInvoice: ({ webId, number, url }) =>
      writeMessage(client, { webId, text: invoiceMessage({ number, url }), employee }),
  }
}

/** The zone of the shop's clock, as its dates are written without one, and its unit of weight. */
async function readSettings(client: PsClient): Promise<Pick<OrderWords, 'zone' | 'weightUnit'>> {
  const query = { display: '[name,value]', filter: { name: '[PS_TIMEZONE|PS_WEIGHT_UNIT]' } }
  const settings = await client.list('configurations', psSetting, query)
  const settingOf = (name: string): string => settings.find((setting) => setting.name === name)?.value ?? ''
  const zone = settingOf('PS_TIMEZONE')
  if (!isZone(zone)) throw new Refused('refused', `${client.who} : le fuseau PS_TIMEZONE « ${zone} » est inconnu`)
  return { zone, weightUnit: gramsPerUnit(settingOf('PS_WEIGHT_UNIT')) }
}

/** Asks once and remembers the answer; a failure is asked again. */
function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let known: Promise<Value> | undefined
  return () => {
    known ??= read().catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
}
