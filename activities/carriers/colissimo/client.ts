import type { LoginOf } from '../../../domain/carrier.ts'
import { call, type HttpReply } from '../../wire/http.ts'
import { type SlsLabelOrder, WHO } from './wire.ts'
import type { PickupSearch } from './wire-pickup.ts'

/** The calls this adapter makes; replies as they were sent. */
export interface ColissimoClient {
  generateLabel(order: SlsLabelOrder): Promise<HttpReply>
  checkGenerateLabel(order: SlsLabelOrder): Promise<HttpReply>
  getLabel(body: { parcelNumber: string; outputPrintingType: string }): Promise<HttpReply>
  generateBordereau(parcelsNumbers: string[]): Promise<HttpReply>
  findPickupPoints(search: PickupSearch): Promise<HttpReply>
  idShips(numbers: string[]): Promise<HttpReply>
}

/** Opens the label service (SLS 3.1), the pickup points and the tracking service (Suivi v2); each wants its key in another place. */
export function openClient(login: LoginOf<'COLISSIMO'>): ColissimoClient {
  const { url, apiKey, trackingUrl, okapiKey, pickupUrl } = login
  const sls = (operation: string, body: object) => post(`${url}/${operation}`, body, { apiKey })
  return {
    generateLabel: (order) => sls('generateLabel', order),
    checkGenerateLabel: (order) => sls('checkGenerateLabel', order),
    getLabel: (body) => sls('getLabel', body),
    generateBordereau: (parcelsNumbers) =>
      sls('generateBordereauByParcelsNumbers', { generateBordereauParcelNumberList: { parcelsNumbers } }),
    findPickupPoints: (search) => post(`${pickupUrl}/findRDVPointRetraitAcheminement`, { apiKey, ...search }),
    idShips: (numbers) =>
      call({
        who: WHO,
        method: 'GET',
        url: `${trackingUrl}/idships/${numbers.map(encodeURIComponent).join(',')}?lang=fr_FR`,
        headers: { accept: 'application/json', 'x-okapi-key': okapiKey },
      }),
  }
}

const post = (url: string, body: object, headers: Record<string, string> = {}): Promise<HttpReply> =>
  call({
    who: WHO,
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
