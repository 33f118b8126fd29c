import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { ChronopostSandbox } from '../../sandbox/carriers/chronopost/server.ts'
import { ask, fixture, open, PATHS, resultOf } from './chronopost-desk.ts'
import { send } from './raw-http.ts'

let carrier: ChronopostSandbox
before(async () => {
  carrier = await open()
})
after(() => carrier.close())

const RESERVATION = 'shippingMultiParcelWithReservationV3'
const post = (body: string, headers?: Record<string, string>) =>
  ask({ url: carrier.url, body, ...(headers ? { headers } : {}) })

describe('SOAP faults come in HTTP 500', () => {
  const faultOf = async (body: string, headers?: Record<string, string>) => {
    const reply = await post(body, headers)
    assert.equal(reply.status, 500)
    assert.equal(reply.headers['content-type'], 'text/xml;charset=UTF-8')
    const [, code, words] = /<faultcode>(.*)<\/faultcode><faultstring>(.*)<\/faultstring>/s.exec(reply.text) ?? []
    return [code ?? '', words ?? ''] as const
  }
  const swapped = (text: string) =>
    text.replace(/(<shipperAdress1>.*<\/shipperAdress1>)(\s*)(<shipperCity>.*<\/shipperCity>)/, '$3$2$1')
  const sample = fixture('shippingMultiParcelV5-request')
  const cases: [what: string, words: RegExp, body: string][] = [
    ['an element out of its order', /shipperAdress1.*not expected/, swapped(sample)],
    ['an unknown element', /recipentValue.*not expected/, sample.replaceAll('recipientValue', 'recipentValue')],
    ['a missing element', /numberOfParcel/, sample.replace(/<numberOfParcel>.*<\/numberOfParcel>/, '')],
    ['a missing dimension', /height/, sample.replace(/<height>.*<\/height>/, '')],
    ['an empty number', /codValue/, sample.replace('<evtCode>', '<codValue/><evtCode>')],
    ['a wrong number', /shipHour/, sample.replace('<shipHour>15<', '<shipHour>15.5<')],
    ['a wrong moment', /shipDate/, sample.replace('2026-03-16T15:00:00', '16/03/2026')],
    ['a qualified child', /not expected/, sample.replaceAll('modeRetour>', 'cxf:modeRetour>')],
    [
      'customs data in the reservation',
      /customsValue.*not expected/,
      fixture(`${RESERVATION}-request`).replace('</cxf:', '<customsValue/></cxf:'),
    ],
    ['the operation in the SOAP namespace', /not recognized/, sample.replaceAll('cxf:shipping', 'soapenv:shipping')],
    ['an unknown operation', /not recognized/, sample.replaceAll('shippingMultiParcelV5', 'shippingMultiParcelV9')],
    [
      'an answer as a question',
      /not recognized/,
      sample.replaceAll('shippingMultiParcelV5', 'shippingMultiParcelV5Response'),
    ],
    ['text that is no XML', /Error reading/, sample.slice(0, 500)],
    ['no envelope', /Envelope expected/, '<a xmlns="http://cxf.shipping.soap.chronopost.fr/"/>'],
    ['two operations', /one operation/, sample.replace(/<cxf:[\s\S]*<\/cxf:\w+>/, '$&$&')],
    ['a DTD', /DTD/, sample.replace('<soapenv:Envelope', '<!DOCTYPE x [<!ENTITY e "x">]><soapenv:Envelope')],
  ]
  for (const [what, words, body] of cases)
    it(what, async () => {
      const sold = carrier.labels().length
      const [code, said] = await faultOf(body)
      assert.equal(code, 'soap:Client')
      assert.match(said, words)
      assert.equal(carrier.labels().length, sold)
    })

  it('SOAP 1.2, an entity, an operation that is not played', async () => {
    const newer = sample.replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope')
    assert.equal((await faultOf(newer))[0], 'soap:VersionMismatch')
    assert.equal((await faultOf(sample.replace('Lucie', '&secret;')))[0], 'soap:Client')
    const pickup = sample.replace(/<cxf:[\s\S]*<\/cxf:\w+>/, '<cxf:creerEnlevementEurope/>')
    assert.deepEqual(await faultOf(pickup), ['soap:Server', 'creerEnlevementEurope is not part of the sandbox'])
  })

  it('another Content-Type, and another SOAPAction', async () => {
    for (const type of ['application/soap+xml; charset=utf-8', 'application/xml', 'text/xml; charset=iso-8859-1'])
      assert.match((await faultOf(sample, { 'Content-Type': type }))[1], /Content-Type/)
    assert.match((await faultOf(sample, { SOAPAction: '"shippingMultiParcelV5"' }))[1], /SOAPAction/)
    const silent = { url: `${carrier.url}${PATHS.shipping}`, method: 'POST', headers: { 'Content-Type': 'text/xml' } }
    assert.equal((await send({ ...silent, body: sample })).status, 500)
    const accepted = await post(sample, { 'Content-Type': 'text/xml;charset="UTF-8"', SOAPAction: '' })
    assert.equal(resultOf(accepted).errorCode, '0')
  })
})
