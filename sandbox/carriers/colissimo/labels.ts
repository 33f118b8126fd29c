import { type Context, Hono } from 'hono'
import { type Access, accountOf, onlyCustomer } from './access.ts'
import { announceParcel, type Carrier, findParcel } from './carrier.ts'
import { drawCustomsForm } from './customs-form.ts'
import { bringsForm } from './customs-rules.ts'
import { drawLabel, isFormInside } from './label.ts'
import { allRight, type Fault } from './messages.ts'
import type { Parcel } from './model.ts'
import { multipartOf, type Part } from './multipart.ts'
import { networkOf } from './network.ts'
import { addProductRoute } from './product-inter.ts'
import { infosOf, readBody, refuse } from './replies.ts'
import { faultsOf, isPrintable } from './rules.ts'
import { type CheckRequest, checkRequest, customsRequest, labelRequest, reprintRequest } from './schema.ts'
import { addSlipRoute } from './slip.ts'

/** The label service: dry run, label, reprint, customs form, product by country, deposit slip; version 2.0 shows the same otherwise. */
export function openLabels(carrier: Carrier, access: Access): Hono {
  const app = new Hono().basePath('/sls-ws/SlsServiceWSRest/:version{2\\.0|3\\.1}')
  const check = (request: CheckRequest): Fault[] =>
    faultsOf(request, { now: carrier.now(), find: (number) => findParcel(carrier, number) })
  app.use('/*', onlyCustomer(access))
  app.post('/checkGenerateLabel', async (c) => {
    const read = await readBody(c, checkRequest)
    if (!read.isRight) return read.refusal
    const faults = check(read.body)
    return faults.length ? refuse(c, faults) : c.json({ ...infosOf(c, null), messages: [allRight()] })
  })
  app.post('/generateLabel', async (c) => {
    const read = await readBody(c, labelRequest)
    if (!read.isRight) return read.refusal
    const faults = check(read.body)
    if (faults.length) return refuse(c, faults)
    return sendLabel(c, announceParcel(carrier, read.body, accountOf(access, read.body)))
  })
  app.post('/getLabel', (c) => reprint(c, carrier))
  app.post('/generateCN23', (c) => sendCustomsForm(c, { carrier, check }))
  addProductRoute(app)
  addSlipRoute(app, { carrier, access })
  return app
}

async function sendLabel(c: Context, parcel: Parcel, printingType?: string): Promise<Response> {
  const { parcelNumber, request } = parcel
  const label = {
    parcelNumber,
    parcelNumberPartner: networkOf(parcel).number,
    pdfUrl: null,
    fields: { field: fieldsOf(parcel), customField: [] },
  }
  const type = printingType ?? request.outputFormat.outputPrintingType ?? 'PDF_10x15_300dpi'
  const parts: Part[] = [{ id: 'label', bytes: await drawLabel(parcel, type) }]
  const isApart = printingType === undefined && bringsForm(request) && !isFormInside(parcel)
  if (isApart) parts.push({ id: 'cn23', bytes: await drawCustomsForm(parcel) })
  return multipartOf(infosOf(c, label), parts)
}

function fieldsOf(parcel: Parcel): { key: string; value: string }[] {
  const { network, partner, barcode } = networkOf(parcel)
  return [
    { key: 'NETWORK_NAME', value: network },
    { key: 'PARTNER_NAME', value: partner },
    { key: 'PARTNER_CAB', value: barcode },
    { key: 'CN23_THERMIQUE', value: String(isFormInside(parcel)) },
  ]
}

/** Prints again, for any customer who knows the number; the customs form is not made anew. */
async function reprint(c: Context, carrier: Carrier): Promise<Response> {
  const read = await readBody(c, reprintRequest)
  if (!read.isRight) return read.refusal
  const { parcelNumber, outputPrintingType: type } = read.body
  const parcel = parcelNumber === undefined ? undefined : findParcel(carrier, parcelNumber)
  const account = c.req.header('accountnumber')
  const isTheirs = account === undefined || account === parcel?.account
  if (!parcel || !isTheirs) return refuse(c, [{ id: parcelNumber === undefined ? '30327' : '30321' }])
  if (type === undefined || !isPrintable(type)) return refuse(c, [{ id: type === undefined ? '30025' : '30026' }])
  return sendLabel(c, parcel, type)
}

/** The customs form alone; it names the parcel when the request does. */
async function sendCustomsForm(
  c: Context,
  { carrier, check }: { carrier: Carrier; check: (request: CheckRequest) => Fault[] },
): Promise<Response> {
  const read = await readBody(c, customsRequest)
  if (!read.isRight) return read.refusal
  const { letter, fields } = read.body
  const parcelNumber = letter.parcel.parcelNumber ?? ''
  if (parcelNumber !== '' && !findParcel(carrier, parcelNumber)) return refuse(c, [{ id: '30321' }])
  const faults = check(read.body)
  if (letter.customsDeclarations?.contents === undefined && !faults.some(({ id }) => id === '30500'))
    faults.push({ id: '30500' })
  if (faults.length) return refuse(c, faults)
  const request = { letter, outputFormat: { x: 0, y: 0 }, ...(fields ? { fields } : {}) }
  return multipartOf(infosOf(c, null), [{ id: 'cn23', bytes: await drawCustomsForm({ parcelNumber, request }) }])
}
