import type { Hono } from 'hono'
import { type Carrier, findParcel } from './carrier.ts'
import { drawForm } from './label.ts'
import { allRight } from './messages.ts'
import { multipartOf } from './multipart.ts'
import { readBody, refuse } from './replies.ts'
import { slipRequest } from './schema.ts'

const MOST = 50

/** Adds the deposit slip: at most 50 parcels of this account; each call makes another slip. */
export function addSlipRoute(app: Hono, carrier: Carrier): void {
  app.post('/generateBordereauByParcelsNumbers', async (c) => {
    const read = await readBody(c, slipRequest)
    if (!read.isRight) return read.refusal
    const numbers = read.body.generateBordereauParcelNumberList.parcelsNumbers
    const refused = numbers.find((number) => !findParcel(carrier, number)) ?? numbers[MOST]
    if (refused !== undefined) return refuse(c, [{ id: '50031', detail: refused }])
    const bordereauNumber = carrier.store.data.nextSlip++
    carrier.ledger.count('slip', numbers.join(','))
    const bordereauHeader = {
      bordereauNumber,
      publishingDate: carrier.now().getTime(),
      numberOfParcels: numbers.length,
      codeSitePCH: '083500',
      nameSitePCH: 'LA SEYNE PPDC',
      clientNumber: '900000',
      Company: 'BOUTIQUE EXEMPLE',
      Address: '28 rue du Clair Bocage 83500 La Seyne-sur-Mer',
    }
    const bytes = await drawForm(`Bordereau ${bordereauNumber}`, numbers)
    return multipartOf({ messages: [allRight('SUCCESS')], bordereauHeader }, [{ id: 'deliveryPaper', bytes }])
  })
}
