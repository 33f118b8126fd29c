import type { Address } from '../../../domain/address.ts'
import { Refused } from '../../../domain/failures.ts'
import type { TrackingEvent } from '../../../domain/shipment.ts'
import type { Carrier, LabelRequest } from '../carrier.ts'
import { senderOf } from './addresses.ts'
import { type ColissimoAccess, type ColissimoClient, openClient } from './client.ts'
import { assertDone, labelOf, labelOrder, latestEvents } from './mapping.ts'
import { readSls, readSuivi } from './wire.ts'

/** Where Colissimo is, who sends, and which printer prints ("PDF_10x15_300dpi" when nothing is said). */
export interface ColissimoSettings extends ColissimoAccess {
  sender: Address & { email: string }
  /** What customers read in the carrier's own notifications. */
  commercialName: string
  labelFormat?: string
}

/** Opens Colissimo: labels by SLS 3.1, tracking by Suivi v2. */
export function openColissimo(settings: ColissimoSettings): Carrier {
  const { commercialName, labelFormat = 'PDF_10x15_300dpi' } = settings
  const client = openClient(settings)
  const form = { sender: senderOf(settings.sender), commercialName, labelFormat }
  const order = (request: LabelRequest) => labelOrder(request, form, parisDay())
  return {
    trackingBatch: 10,
    async checkLabel(request) {
      assertDone(readSls(await client.checkGenerateLabel(order(request))), { buys: false })
    },
    async createLabel(request) {
      return labelOf(readSls(await client.generateLabel(order(request))), { buys: true, labelFormat })
    },
    // No web service finds a parcel by its order number; a person can, in the carrier's portal.
    findLabel: async () => 'unknown',
    async reprintLabel(number) {
      const reply = await client.getLabel({ parcelNumber: number, outputPrintingType: labelFormat })
      return labelOf(readSls(reply), { buys: false, number, labelFormat })
    },
    trackParcels: (numbers) => trackParcels(numbers, client),
  }
}

const parisDay = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date())

async function trackParcels(numbers: string[], client: ColissimoClient): Promise<TrackingEvent[]> {
  if (numbers.length === 0) return []
  const reply = await client.idShips(numbers)
  if (reply.status === 401 || reply.status === 403) throw new Refused('login-refused', `HTTP ${reply.status}`)
  const entries = readSuivi(reply)
  // 400 blames one malformed number without telling which: each is asked for alone, and that one is left out.
  if (reply.status === 400 && numbers.length > 1) {
    return (await Promise.all(numbers.map((number) => trackParcels([number], client)))).flat()
  }
  return latestEvents(entries)
}
