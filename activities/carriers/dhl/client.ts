import { randomUUID } from 'node:crypto'
import type { LoginOf } from '../../../domain/carrier.ts'
import { Unavailable } from '../../../domain/failures.ts'
import { call, type HttpReply } from '../../wire/http.ts'
import { type DhlPickupOrder, type DhlRateOrder, type DhlShipmentOrder, WHO } from './wire.ts'

/** The calls this adapter makes; replies as they were sent. */
export interface DhlClient {
  /** Without `buys` it is the dry run. */
  createShipment(order: DhlShipmentOrder, o: { buys: boolean }): Promise<HttpReply>
  track(numbers: string[]): Promise<HttpReply>
  /** Days are ISO; the account is added. */
  findByReference(o: { reference: string; from: string; until: string }): Promise<HttpReply>
  servicePoints(query: Record<string, string>): Promise<HttpReply>
  rates(order: DhlRateOrder): Promise<HttpReply>
  requestPickup(order: DhlPickupOrder): Promise<HttpReply>
}

/** Opens the MyDHL API 3.1. */
export function openClient(login: LoginOf<'DHL'>, timeout = 30_000): DhlClient {
  const get = (path: string, query: string): Promise<HttpReply> =>
    ask(login, { method: 'GET', path: `${path}?${query}`, timeout })
  const post = (path: string, body: object): Promise<HttpReply> =>
    ask(login, { method: 'POST', path, body: JSON.stringify(body), timeout })
  return {
    createShipment: (order, { buys }) => post(buys ? '/shipments' : '/shipments?validateDataOnly=true', order),
    track: (numbers) =>
      get(
        '/tracking',
        `shipmentTrackingNumber=${numbers.map(encodeURIComponent).join(',')}&trackingView=all-checkpoints&levelOfDetail=all`,
      ),
    findByReference: ({ reference, from, until }) =>
      get(
        '/tracking',
        `${new URLSearchParams({
          shipmentReference: reference,
          shipperAccountNumber: login.account,
          dateRangeFrom: from,
          dateRangeTo: until,
          trackingView: 'shipment-details-only',
          levelOfDetail: 'shipment',
        })}`,
      ),
    servicePoints: (query) => get('/servicepoints', `${new URLSearchParams(query)}`),
    rates: (order) => post('/rates', order),
    requestPickup: (order) => post('/pickups', order),
  }
}

/** Calls once under a new trace id, which an unknown outcome keeps so that DHL's support can find the call. */
async function ask(
  { url, user, password }: LoginOf<'DHL'>,
  { path, ...o }: { method: 'GET' | 'POST'; path: string; body?: string; timeout: number },
): Promise<HttpReply> {
  const trace = randomUUID()
  const headers = {
    accept: 'application/json',
    'accept-language': 'fra',
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    'x-version': '3.1.0',
    'message-reference': trace,
    ...(o.body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  try {
    return await call({ who: WHO, url: `${url}${path}`, headers, ...o })
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    const { nothingHappened, retryAfterMs } = error
    throw new Unavailable(`${error.message} (Message-Reference ${trace})`, {
      nothingHappened,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    })
  }
}
