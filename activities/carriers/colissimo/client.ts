import { call, type HttpReply } from '../../wire/http.ts'
import { type SlsLabelOrder, WHO } from './wire.ts'

/** Where the services are and the keys that open them. */
export interface ColissimoAccess {
  /** Base of the label service, up to ".../SlsServiceWSRest/3.1". */
  url: string
  apiKey: string
  /** Base of the tracking service, up to ".../suivi/v2". */
  trackingUrl: string
  okapiKey: string
}

/** The calls this adapter makes; replies as they were sent. */
export interface ColissimoClient {
  generateLabel(order: SlsLabelOrder): Promise<HttpReply>
  checkGenerateLabel(order: SlsLabelOrder): Promise<HttpReply>
  getLabel(body: { parcelNumber: string; outputPrintingType: string }): Promise<HttpReply>
  idShips(numbers: string[]): Promise<HttpReply>
}

/** Opens the label service (SLS 3.1) and the tracking service (Suivi v2). */
export function openClient({ url, apiKey, trackingUrl, okapiKey }: ColissimoAccess): ColissimoClient {
  const post = (operation: string, body: object): Promise<HttpReply> =>
    call({
      who: WHO,
      method: 'POST',
      url: `${url}/${operation}`,
      headers: { 'content-type': 'application/json', apiKey },
      body: JSON.stringify(body),
    })
  return {
    generateLabel: (order) => post('generateLabel', order),
    checkGenerateLabel: (order) => post('checkGenerateLabel', order),
    getLabel: (body) => post('getLabel', body),
    idShips: (numbers) =>
      call({
        who: WHO,
        method: 'GET',
        url: `${trackingUrl}/idships/${numbers.map(encodeURIComponent).join(',')}?lang=fr_FR`,
        headers: { accept: 'application/json', 'x-okapi-key': okapiKey },
      }),
  }
}
