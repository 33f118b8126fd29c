import { ParseOption, XmlDocument, XmlElement, XmlParseError } from 'libxml2-wasm'
import { copyElement, type Element } from './element.ts'
import type { Schema } from './schemas.ts'
import { escapeXml, writeXml, type Xml } from './xml.ts'

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/'
const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope'

/** A request that the service cannot take: the code and the words of its SOAP Fault. */
export class SoapFault extends Error {
  readonly code: 'Client' | 'Server' | 'VersionMismatch'
  constructor(code: SoapFault['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** Reads the operation out of an envelope, judged by the schema of its service; throws `SoapFault`. */
export function readOperation(text: string, schema: Schema): Element {
  if (/<!DOCTYPE/i.test(text)) throw new SoapFault('Client', 'Error reading XMLStreamReader: DTD is not allowed')
  const document = parse(text)
  try {
    return copyElement(judge(operationIn(document.root), schema))
  } finally {
    document.dispose()
  }
}

function parse(text: string): XmlDocument {
  try {
    const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NOCDATA
    return XmlDocument.fromString(text, { option, encoding: 'utf-8' })
  } catch (error) {
    if (error instanceof XmlParseError)
      throw new SoapFault('Client', `Error reading XMLStreamReader: ${error.message.trim()}`)
    throw error
  }
}

const elementsIn = (parent: XmlElement): XmlElement[] =>
  parent.find('*').filter((node): node is XmlElement => node instanceof XmlElement)

function operationIn(root: XmlElement): XmlElement {
  if (root.name !== 'Envelope' || root.namespaceUri !== SOAP) throw refuseEnvelope(root)
  const parts = elementsIn(root)
  const isSoap = parts.every(({ namespaceUri }) => namespaceUri === SOAP)
  const shape = parts.map(({ name }) => name).join()
  const body = parts.at(-1)
  if (!isSoap || !body || !['Body', 'Header,Body'].includes(shape))
    throw new SoapFault('Client', 'The envelope must hold one soap:Body, after one soap:Header or none')
  const [operation, ...others] = elementsIn(body)
  if (!operation || others.length > 0) throw new SoapFault('Client', 'The soap:Body must hold one operation')
  return operation
}

function refuseEnvelope({ namespaceUri }: XmlElement): SoapFault {
  return namespaceUri === SOAP_12
    ? new SoapFault('VersionMismatch', 'A SOAP 1.2 message is not valid when sent to a SOAP 1.1 only endpoint.')
    : new SoapFault('Client', 'Error reading XMLStreamReader: soap:Envelope expected')
}

function judge(operation: XmlElement, schema: Schema): XmlElement {
  const { name, namespaceUri } = operation
  if (namespaceUri !== schema.namespace || !schema.operations.includes(name))
    throw new SoapFault('Client', `Message part {${namespaceUri}}${name} was not recognized.`)
  const fault = schema.faultOf(operation)
  if (fault !== null) throw new SoapFault('Client', `Unmarshalling Error: ${fault}`)
  return operation
}

const wrap = (body: string) => `<soap:Envelope xmlns:soap="${SOAP}"><soap:Body>${body}</soap:Body></soap:Envelope>`

/** The envelope of an answer: `<operation>Response` with one `return`. */
export function writeReply(o: { operation: string; namespace: string; result: Xml }): string {
  const name = `ns1:${o.operation}Response`
  return wrap(`<${name} xmlns:ns1="${o.namespace}">${writeXml('return', o.result)}</${name}>`)
}

/** The envelope of a fault. */
export const writeFault = (fault: SoapFault): string =>
  wrap(
    `<soap:Fault><faultcode>soap:${fault.code}</faultcode><faultstring>${escapeXml(fault.message)}</faultstring></soap:Fault>`,
  )
