import type { Schema } from './schemas.ts'

/** A small WSDL rebuilt around the schema of a service: every pair of elements `<name>` and `<name>Response` is an operation. */
export function writeWsdl(o: { schema: Schema; service: string; address: string }): string {
  const { schema, service } = o
  const part = (name: string) =>
    `<wsdl:message name="${name}"><wsdl:part name="parameters" element="tns:${name}"/></wsdl:message>`
  const messages = schema.operations.flatMap((name) => [part(name), part(`${name}Response`)])
  return [
    `<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:tns="${schema.namespace}" name="${service}Service" targetNamespace="${schema.namespace}">`,
    `<wsdl:types>${schema.text}</wsdl:types>`,
    ...messages,
    `<wsdl:portType name="${service}">${schema.operations.map(portOperation).join('')}</wsdl:portType>`,
    `<wsdl:binding name="${service}ServiceSoapBinding" type="tns:${service}"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>${schema.operations.map(boundOperation).join('')}</wsdl:binding>`,
    `<wsdl:service name="${service}Service"><wsdl:port name="${service}Port" binding="tns:${service}ServiceSoapBinding"><soap:address location="${o.address}"/></wsdl:port></wsdl:service>`,
    '</wsdl:definitions>',
  ].join('\n')
}

const portOperation = (name: string) =>
  `<wsdl:operation name="${name}"><wsdl:input message="tns:${name}"/><wsdl:output message="tns:${name}Response"/></wsdl:operation>`

const boundOperation = (name: string) =>
  `<wsdl:operation name="${name}"><soap:operation soapAction="" style="document"/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>`
