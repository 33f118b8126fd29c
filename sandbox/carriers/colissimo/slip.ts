import type { Hono } from 'hono'
import { type Access, accountOf } from './access.ts'
import { type Carrier, findParcel } from './carrier.ts'
import { allRight, type Fault } from './messages.ts'
import type { Parcel } from './model.ts'
import { multipartOf } from './multipart.ts'
import { readBody, refuse } from './replies.ts'
import { slipRequest } from './schema.ts'
import { drawSlip } from './slip-paper.ts'

const MOST = 50
const SITE = { codeSitePCH: '083500', nameSitePCH: 'LA SEYNE PPDC' }
const COMPANY = { Company: 'BOUTIQUE EXEMPLE', Address: '28 rue du Clair Bocage 83500 La Seyne-sur-Mer' }

/** Adds the deposit slip: at most 50 parcels of one account, each once; every call makes another slip. */
export function addSlipRoute(app: Hono, { carrier, access }: { carrier: Carrier; access: Access }): void {
  app.post('/generateBordereauByParcelsNumbers', async (c) => {
    const read = await readBody(c, slipRequest)
    if (!read.isRight) return read.refusal
    const account = accountOf(access, read.body)
    const numbers = read.body.generateBordereauParcelNumberList.parcelsNumbers
    const chosen = numbers.map((number) => findParcel(carrier, number))
    const parcels = chosen.filter((parcel) => parcel !== undefined)
    const fault = faultOf({ numbers, parcels, account })
    if (fault) return refuse(c, [fault])
    const bordereauHeader = headOf(carrier, { account, parcels })
    const bytes = await drawSlip(bordereauHeader, parcels)
    return multipartOf({ messages: [allRight('SUCCESS')], bordereauHeader }, [{ id: 'deliveryPaper', bytes }])
  })
}

function faultOf({
  numbers,
  parcels,
  account,
}: {
  numbers: string[]
  parcels: Parcel[]
  account: string
}): Fault | null {
  const theirs = new Set(parcels.filter((parcel) => parcel.account === account).map((parcel) => parcel.parcelNumber))
  const stranger = numbers.find((number) => !theirs.has(number))
  const again = numbers.find((number, index) => numbers.indexOf(number) !== index)
  const detail = stranger ?? again ?? numbers[MOST]
  return detail === undefined ? null : { id: '50031', detail }
}

function headOf(carrier: Carrier, { account, parcels }: { account: string; parcels: Parcel[] }) {
  const bordereauNumber = carrier.store.data.nextSlip++
  for (const parcel of parcels) parcel.slip = bordereauNumber
  carrier.ledger.count('manifest', String(bordereauNumber))
  return {
    bordereauNumber,
    publishingDate: carrier.now().getTime(),
    numberOfParcels: parcels.length,
    ...SITE,
    clientNumber: account,
    ...COMPANY,
  }
}
