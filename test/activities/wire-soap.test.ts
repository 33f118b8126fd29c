import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { callSoap, envelopeOf, listOf, readSoap } from '../../activities/wire/soap.ts'
import { Refused, Unavailable } from '../../domain/failures.ts'
import { fixture } from './chronopost-samples.ts'

const replyOf = (body: string | Buffer, { status = 200, type = 'text/xml' } = {}) => ({
  status,
  headers: new Headers({ 'content-type': type }),
  bytes: new Uint8Array(Buffer.from(body)),
})
const asked = { who: 'Them', operation: 'op' }
const around = (inside: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${inside}</s:Body></s:Envelope>`
const answered = (inside: string): string =>
  around(`<n:opResponse xmlns:n="urn:n"><return>${inside}</return></n:opResponse>`)

test('an envelope keeps the order, escapes, and leaves out what is empty', () => {
  const xml = envelopeOf({
    namespace: 'urn:n',
    operation: 'op',
    fields: [
      ['b', 'R&D <b> "x" \u0000\ud800é'],
      ['a', 0],
      ['none', null],
      ['nothing', undefined],
      ['empty', ''],
      ['inside', [['hollow', '']]],
      ['many', [['one', 1]]],
      ['many', [['one', 2]]],
    ],
  })
  assert.equal(
    xml,
    '<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cxf="urn:n"><soapenv:Header/><soapenv:Body><cxf:op><b>R&amp;D &lt;b&gt; "x" é</b><a>0</a><many><one>1</one></many><many><one>2</one></many></cxf:op></soapenv:Body></soapenv:Envelope>',
  )
})

test('an answer is read whatever its prefixes, with its entities, its texts as they are', () => {
  const inside =
    '<code>007</code><t>&lt;&amp;amp;&#233;&#xE9;&quot;&unknown;</t><c><![CDATA[<raw>]]></c><n xsi:nil="true"/><x>1</x><x>2</x>'
  const expected = { code: '007', t: '<&amp;éé"&unknown;', c: '<raw>', n: '', x: ['1', '2'] }
  for (const body of [
    answered(inside),
    answered(inside).replaceAll('s:', 'soapenv:'),
    `\uFEFF \n${answered(inside)}\n`,
  ])
    assert.deepEqual(readSoap(replyOf(body), asked), { result: expected })
  assert.deepEqual(readSoap(replyOf(around('<n:opResponse xmlns:n="urn:n"><return/></n:opResponse>')), asked), {
    result: '',
  })
})

test('repeated elements are lists, also alone or absent', () => {
  assert.deepEqual([listOf(undefined), listOf(''), listOf('1'), listOf(['1', '', '2'])], [[], [], ['1'], ['1', '2']])
})

test('a fault is given back with whom it blames', () => {
  const text = 'Unmarshalling Error: unexpected element (uri:"", local:"recipentValue")'
  assert.deepEqual(readSoap(replyOf(fixture('soap-fault.xml'), { status: 500 }), asked), {
    fault: { blame: 'Client', text },
  })
  assert.deepEqual(readSoap(replyOf(around('<s:Fault/>')), asked), { fault: { blame: '', text: '' } })
})

test('the encoding is the one that the message says', () => {
  const latin = Buffer.from(`<?xml version='1.0' encoding='ISO-8859-1'?>${answered('<a>é</a>')}`, 'latin1')
  const plain = Buffer.from(answered('<a>é</a>'), 'latin1')
  for (const [body, type] of [
    [latin, 'text/xml'],
    [latin, 'text/xml; charset=UTF-8'],
    [plain, 'text/xml; charset="iso-8859-1"'],
    [Buffer.from(answered('<a>é</a>')), 'text/xml; charset=nonsense'],
  ] as const)
    assert.deepEqual(readSoap(replyOf(body, { type }), asked), { result: { a: 'é' } })
  assert.throws(() => readSoap(replyOf(plain), asked), Unavailable, 'bytes that are no UTF-8')
})

test('whatever else comes is unavailable, a refused login is refused', () => {
  const bombs = ['<!DOCTYPE x>', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '<!doctype html>']
  for (const body of [
    '',
    '<html><body>Maintenance</body></html>',
    '{"error":1}',
    around(''),
    around('<n:otherResponse xmlns:n="urn:n"/>'),
    around('<n:opResponse xmlns:n="urn:n"/>'),
    answered('<a>1</b>'),
    ...bombs.map((bomb) => bomb + answered('<a>&e;</a>')),
  ])
    assert.throws(() => readSoap(replyOf(body), asked), Unavailable, body)
  assert.throws(() => readSoap(replyOf(answered('<a/>'), { status: 201 }), asked), Unavailable)
  for (const status of [401, 403])
    assert.throws(
      () => readSoap(replyOf('<html>', { status }), asked),
      (error) => error instanceof Refused && error.code === 'login-refused',
    )
})

test('an answer cut short at any byte is never read as one', () => {
  const whole = Buffer.from(fixture('shippingMultiParcelV5-response.xml').trim())
  const sale = { who: 'Them', operation: 'shippingMultiParcelV5' }
  assert.ok('result' in readSoap(replyOf(whole), sale))
  for (let length = 0; length < whole.length; length += 1)
    assert.throws(() => readSoap(replyOf(whole.subarray(0, length)), sale), Unavailable, `at ${length}`)
})

const servers: { close(): unknown; closeAllConnections(): void }[] = []
after(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

async function ask(listener: RequestListener): Promise<unknown> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return callSoap({ who: 'Them', url, namespace: 'urn:n', operation: 'op', fields: [], timeout: 150 })
}

const doubtful = (error: unknown): boolean => error instanceof Unavailable && !error.nothingHappened

test('a fault in a reply of 500 is read; any other 5xx is unavailable, with what it says of waiting', async () => {
  const blamed = await ask((_, response) => response.writeHead(500).end(fixture('soap-fault.xml')))
  assert.ok(blamed && typeof blamed === 'object' && 'fault' in blamed)
  await assert.rejects(
    ask((_, response) => response.writeHead(503, { 'retry-after': '7' }).end('<html>')),
    (error) => error instanceof Unavailable && error.retryAfterMs === 7000,
  )
  await assert.rejects(
    ask((_, response) => response.writeHead(500).end(answered('<a/>'))),
    doubtful,
  )
})

test('silence after the message was sent is in doubt', async () => {
  await assert.rejects(
    ask(() => undefined),
    doubtful,
  )
  await assert.rejects(
    ask((_, response) => response.writeHead(200).write('<s:Envelope')),
    doubtful,
  )
  await assert.rejects(
    ask((request) => request.socket.destroy()),
    doubtful,
  )
})
