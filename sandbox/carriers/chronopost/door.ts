import { type Context, Hono } from 'hono'
import type { Element } from './element.ts'
import { readOperation, SoapFault, writeFault, writeReply } from './envelope.ts'
import { type Schema, type ServiceName, schemaOf } from './schemas.ts'
import { writeWsdl } from './wsdl.ts'
import type { Xml } from './xml.ts'

/** What a service does for one operation; the request has passed its schema. */
export type Operation = (request: Element) => Xml | Promise<Xml>

interface Service {
  name: ServiceName
  /** Where it listens: "/tracking-cxf/TrackingServiceWS". */
  path: string
  operations: Record<string, Operation>
  /** Operations that answer a GET with query parameters too. */
  alsoByGet?: string[]
}

/** Opens one SOAP 1.1 service: POST of an envelope, GET of its WSDL and of some operations. */
export function openService(service: Service): Hono {
  const schema = schemaOf(service.name)
  const app = new Hono()
  app.post(service.path, (c) =>
    answer(c, async () => {
      checkHeaders(c)
      return run({ service, schema, request: readOperation(await c.req.text(), schema) })
    }),
  )
  app.get(service.path, (c) => (c.req.query('wsdl') === undefined ? c.text('', 404) : sendWsdl(c, service, schema)))
  for (const operation of service.alsoByGet ?? [])
    app.get(`${service.path}/${operation}`, (c) =>
      answer(c, () => run({ service, schema, request: fromQuery(operation, c) })),
    )
  return app
}

async function run(o: { service: Service; schema: Schema; request: Element }): Promise<string> {
  const { name } = o.request
  const operation = Object.hasOwn(o.service.operations, name) ? o.service.operations[name] : undefined
  if (!operation) throw new SoapFault('Server', `${name} is not part of the sandbox`)
  return writeReply({ operation: name, namespace: o.schema.namespace, result: await operation(o.request) })
}

async function answer(c: Context, work: () => Promise<string>): Promise<Response> {
  const type = { 'content-type': 'text/xml;charset=UTF-8' }
  try {
    return c.body(await work(), 200, type)
  } catch (error) {
    if (error instanceof SoapFault) return c.body(writeFault(error), 500, type)
    throw error
  }
}

function checkHeaders(c: Context): void {
  const type = c.req.header('content-type') ?? ''
  if (!/^text\/xml\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type))
    throw new SoapFault('Client', 'Content-Type must be text/xml; charset=utf-8')
  if (!['', '""'].includes(c.req.header('soapaction') ?? 'absent'))
    throw new SoapFault('Client', 'The given SOAPAction does not match an operation: it must be sent, and empty ("")')
}

function fromQuery(name: string, c: Context): Element {
  const children = Object.entries(c.req.query()).map(([key, text]) => ({ name: key, text, children: [] }))
  return { name, text: '', children }
}

function sendWsdl(c: Context, service: Service, schema: Schema): Response {
  const address = `${new URL(c.req.url).origin}${service.path}`
  const wsdl = writeWsdl({ schema, service: service.path.split('/').at(-1) ?? '', address })
  return c.body(wsdl, 200, { 'content-type': 'text/xml;charset=UTF-8' })
}
