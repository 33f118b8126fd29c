import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { type Access, isCustomer } from './access.ts'
import { type Carrier, findParcel } from './carrier.ts'

const TYPES = ['CERTIFICATE_OF_ORIGIN', 'EXPORT_LICENSE', 'COMMERCIAL_INVOICE', 'OTHER']

/** Papers that customs want to see with a parcel, sent as a form; each is counted by its parcel's number. */
export function openDocuments(carrier: Carrier, access: Access): Hono {
  const app = new Hono()
  app.post('/api-document/rest/storedocument', async (c) => {
    const [apiKey, login, password] = ['apikey', 'login', 'password'].map((name) => c.req.header(name))
    const who = { ...(apiKey === undefined ? {} : { apiKey }), login, password }
    if (!isCustomer(access, who)) return c.body(null, 401)
    const form = await readForm(c)
    const errors = errorsOf(carrier, form)
    if (errors.length) return c.json({ errorCode: '005', errorLabel: 'BODY INVALID', errors }, 400)
    carrier.ledger.count('document', String(form.parcelNumber))
    return c.json({ errorCode: '000', errorLabel: 'OK', documentId: `${randomUUID()}.pdf` })
  })
  return app
}

async function readForm(c: Context): Promise<Record<string, unknown>> {
  const isForm = (c.req.header('content-type') ?? '').startsWith('multipart/form-data')
  return isForm ? c.req.parseBody() : {}
}

/** The contract gives one code, 150 for the number; whatever else is wrong is named under the general one. */
function errorsOf(carrier: Carrier, form: Record<string, unknown>): { code: number; message: string }[] {
  const isStored = form.file instanceof File && form.file.size > 0 && typeof form.filename === 'string'
  const wrong: [isWrong: boolean, code: number, message: string][] = [
    [!findParcel(carrier, String(form.parcelNumber)), 150, 'Numéro de colis invalide'],
    [!/^\d{6,}$/.test(String(form.accountNumber)), 5, 'Numéro de compte invalide : accountNumber'],
    [!TYPES.includes(String(form.documentType)), 5, 'Type de document invalide : documentType'],
    [!isStored, 5, 'Fichier absent : file, filename'],
  ]
  return wrong.filter(([isWrong]) => isWrong).map(([, code, message]) => ({ code, message }))
}
