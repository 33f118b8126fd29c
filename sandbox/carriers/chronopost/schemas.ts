import { readFileSync } from 'node:fs'
import { XmlDocument, type XmlElement, XmlValidateError, XsdValidator } from 'libxml2-wasm'

const SERVICES = {
  shipping: 'ShippingServiceWS',
  tracking: 'TrackingServiceWS',
  quickcost: 'QuickcostServiceWS',
  rechercheBt: 'PointRelaisServiceWS',
} as const

/** A service of the carrier, by the word in its namespace. */
export type ServiceName = keyof typeof SERVICES

/** The schema of a service, ready to judge an operation. */
export interface Schema {
  /** The file as it is, for the WSDL. */
  text: string
  namespace: string
  /** Names of the elements that a body may hold. */
  operations: string[]
  /** What is wrong with an element in the schema's words; null when nothing is. */
  faultOf(element: XmlElement): string | null
}

const known = new Map<ServiceName, Schema>()

/** The schema of a service, read once in a process: the memory of the XML library is never given back. */
export function schemaOf(service: ServiceName): Schema {
  const schema = known.get(service) ?? readSchema(service)
  known.set(service, schema)
  return schema
}

function readSchema(service: ServiceName): Schema {
  const text = readFileSync(new URL(`../../data/chronopost/${SERVICES[service]}.xsd`, import.meta.url), 'utf8')
  const document = XmlDocument.fromString(text)
  const validator = XsdValidator.fromDoc(document)
  const elements = new Set(document.find('/*/*[local-name()="element"]/@name').map(({ content }) => content))
  document.dispose()
  return {
    text,
    namespace: `http://cxf.${service}.soap.chronopost.fr/`,
    operations: [...elements].filter((name) => elements.has(`${name}Response`)),
    faultOf: (element) => faultOf(validator, element),
  }
}

function faultOf(validator: XsdValidator, element: XmlElement): string | null {
  try {
    validator.validate(element)
    return null
  } catch (error) {
    if (error instanceof XmlValidateError) return error.message.trim()
    throw error
  }
}
