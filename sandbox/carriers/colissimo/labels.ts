import { type Context, Hono } from 'hono'
import { announceParcel, type Carrier, findParcel } from './carrier.ts'
import { needsCustoms } from './customs-rules.ts'
import { drawForm, drawLabel } from './label.ts'
import { allRight } from './messages.ts'
import type { Parcel } from './model.ts'
import { multipartOf, type Part } from './multipart.ts'
import { infosOf, readBody, refuse } from './replies.ts'
import { faultsOf, isPrintable } from './rules.ts'
import { checkRequest, labelRequest, reprintRequest } from './schema.ts'
import { addSlipRoute } from './slip.ts'

/** The label service: dry run, label, reprint, deposit slip; versions 2.0 and 3.1 differ in the name of one member. */
export function openLabels(carrier: Carrier, apiKey: string): Hono {
  const app = new Hono().basePath('/sls-ws/SlsServiceWSRest/:version{2\\.0|3\\.1}')
  app.use('/*', async (c, next) => (c.req.header('apikey') === apiKey ? next() : refuse(c, [{ id: '30000' }])))
  app.post('/checkGenerateLabel', async (c) => {
    const read = await readBody(c, checkRequest)
    if (!read.isRight) return read.refusal
    const faults = faultsOf(read.body, carrier.now())
    return faults.length ? refuse(c, faults) : c.json({ ...infosOf(c, null), messages: [allRight()] })
  })
  app.post('/generateLabel', async (c) => {
    const read = await readBody(c, labelRequest)
    if (!read.isRight) return read.refusal
    const faults = faultsOf(read.body, carrier.now())
    return faults.length ? refuse(c, faults) : sendLabel(c, announceParcel(carrier, read.body))
  })
  app.post('/getLabel', (c) => reprint(c, carrier))
  addSlipRoute(app, carrier)
  return app
}

async function sendLabel(c: Context, parcel: Parcel, printingType?: string): Promise<Response> {
  const { parcelNumber, request } = parcel
  const zip = request.letter.addressee.address.zipCode ?? ''
  const field = ['NETWORK_NAME', 'PARTNER_NAME', 'PARTNER_CAB'].map((key) => ({ key, value: '' }))
  const label = {
    parcelNumber,
    parcelNumberPartner: `00${zip}11${parcelNumber.slice(0, -1)}801250L`,
    pdfUrl: null,
    fields: { field: [...field, { key: 'CN23_THERMIQUE', value: 'false' }], customField: [] },
  }
  const type = printingType ?? request.outputFormat.outputPrintingType ?? 'PDF_10x15_300dpi'
  const parts: Part[] = [{ id: 'label', bytes: await drawLabel(parcel, type) }]
  if (needsCustoms(request) && printingType === undefined) parts.push({ id: 'cn23', bytes: await drawCustoms(parcel) })
  return multipartOf(infosOf(c, label), parts)
}

function drawCustoms({ parcelNumber, request }: Parcel): Promise<Buffer> {
  const articles = request.letter.customsDeclarations?.contents?.article ?? []
  const lines = articles.map(
    ({ quantity, description, value, currency }) => `${quantity} x ${description} : ${value} ${currency ?? 'EUR'}`,
  )
  return drawForm(`CN23 ${parcelNumber}`, lines)
}

async function reprint(c: Context, carrier: Carrier): Promise<Response> {
  const read = await readBody(c, reprintRequest)
  if (!read.isRight) return read.refusal
  const { parcelNumber, outputPrintingType: type } = read.body
  const parcel = parcelNumber === undefined ? undefined : findParcel(carrier, parcelNumber)
  if (!parcel) return refuse(c, [{ id: parcelNumber === undefined ? '30327' : '30321' }])
  if (type === undefined || !isPrintable(type)) return refuse(c, [{ id: type === undefined ? '30025' : '30026' }])
  return sendLabel(c, parcel, type)
}
