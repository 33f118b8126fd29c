import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { MockActivityEnvironment } from '@temporalio/testing'
import { openRawPrinter } from '../../activities/print/raw-printer.ts'
import { printActivities } from '../../activities/prints.ts'
import { ConfigProblem } from '../../config-parse.ts'
import { printersOf } from '../../config-printers.ts'
import type { Db } from '../../db/connect.ts'
import { storeDocument } from '../../db/documents.ts'
import { readOperation } from '../../db/operations.ts'
import { Refused, Unavailable } from '../../domain/failures.ts'
import { printRef } from '../../domain/manifest.ts'
import { openTestDatabase } from '../support/servers.ts'

/** A printer that keeps what it is sent; `manner` says how it treats the nth connection. */
interface Played {
  port: number
  labels: string[]
  /** "closes" after reading all, "holds" its side open, "cuts" in the middle, or "reads" nothing at all. */
  manner: (nth: number) => 'closes' | 'holds' | 'cuts' | 'stops'
  close(): Promise<void>
}

async function playPrinter(): Promise<Played> {
  const open = new Set<Socket>()
  let nth = 0
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    const manner = played.manner(nth++)
    if (manner === 'stops') return void socket.pause()
    let text = ''
    socket.on('data', (chunk) => {
      if (manner === 'cuts') return socket.resetAndDestroy()
      text += chunk.toString('latin1')
    })
    socket.on('end', () => {
      played.labels.push(text)
      if (manner === 'closes') socket.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const played: Played = {
    port: (server.address() as AddressInfo).port,
    labels: [],
    manner: () => 'closes',
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
  return played
}

let db: Db
let close: () => Promise<void>
let played: Played
before(async () => {
  ;({ db, close } = await openTestDatabase())
})
after(() => close())
beforeEach(async (t) => {
  played = await playPrinter()
  if ('after' in t) t.after(() => played.close())
})

const quick = { connect: 500, label: 400, goodbye: 100 }
const printer = (o: { takesPdf?: boolean } = {}) =>
  openRawPrinter({
    code: 'prepa',
    host: '127.0.0.1',
    port: played.port,
    takesPdf: o.takesPdf ?? false,
    patience: quick,
  })
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const unavailable = (pattern: RegExp) => (error: unknown) => error instanceof Unavailable && pattern.test(error.message)

test('a label arrives as it is, whether the printer closes its side or keeps it open', async () => {
  played.manner = (nth) => (nth === 0 ? 'closes' : 'holds')
  const long = `^XA${'^FDétiquette^FS'.repeat(20_000)}^XZ`
  await printer().send(bytes(long))
  await printer().send(bytes('^XA2^XZ'))
  assert.deepEqual(played.labels, [Buffer.from(long).toString('latin1'), '^XA2^XZ'])
})

test('a printer that cuts, stops reading or is not there is said to be out of reach', async () => {
  const heavy = new Uint8Array(20_000_000) // more than the kernels hold for a reader who does not read
  played.manner = (nth) => (nth === 0 ? 'cuts' : 'stops')
  await assert.rejects(printer().send(heavy), unavailable(/^imprimante « prepa » injoignable/))
  await assert.rejects(printer().send(heavy), unavailable(/ne prend plus rien/))
  await played.close()
  await assert.rejects(printer().send(bytes('^XA^XZ')), unavailable(/ECONNREFUSED/))
  assert.deepEqual(played.labels, [])
})

async function putLabel(id: string, text: string, mediaType = 'application/zpl'): Promise<string> {
  const name = `${id}.${mediaType.split('/')[1]}`
  return storeDocument(db, { id, ref: printRef(id), kind: 'label', name, mediaType, bytes: bytes(text) })
}

async function putBatch(print: string, o: { takesPdf?: boolean } = {}) {
  const activities = printActivities({ db, printerOf: () => printer(o) })
  await activities.beginPrint({ print, total: 3, operator: 'marie', branch: 'LYON' })
  return activities
}

test('after a cut the next try goes on after the last label that was sent, and the report knows how far it came', async () => {
  const documents = await Promise.all(['a', 'b', 'c'].map((id) => putLabel(`zpl-${id}`, `^XA${id}^XZ`)))
  const activities = await putBatch('print:1')
  const step = { print: 'print:1', printer: 'prepa', documents, from: 0 }
  played.manner = (nth) => (nth === 2 ? 'cuts' : 'closes')
  const first = new MockActivityEnvironment()
  const beats: unknown[] = []
  first.on('heartbeat', (details: unknown) => beats.push(details))
  await assert.rejects(first.run(activities.sendLabels, step), unavailable(/injoignable/))
  assert.deepEqual(beats, [{ sent: 1 }, { sent: 2 }])
  assert.equal((await readOperation(db, 'print:1'))?.handled, 2)

  const second = new MockActivityEnvironment({ heartbeatDetails: { sent: 2 } })
  assert.deepEqual(await second.run(activities.sendLabels, step), { sent: 3 })
  assert.deepEqual(played.labels, ['^XAa^XZ', '^XAb^XZ', '^XAc^XZ'])

  // a process that was killed leaves no heartbeat: the report's count stands for it
  assert.deepEqual(await new MockActivityEnvironment().run(activities.sendLabels, step), { sent: 3 })
  assert.equal(played.labels.length, 3)
})

test('a second slice counts from where the first one ended', async () => {
  const documents = await Promise.all(['d', 'e'].map((id) => putLabel(`zpl-${id}`, `^XA${id}^XZ`)))
  const activities = await putBatch('print:2')
  const send = (from: number) => {
    const step = { print: 'print:2', printer: 'prepa', documents: documents.slice(from, from + 1), from }
    return new MockActivityEnvironment().run(activities.sendLabels, step)
  }
  assert.deepEqual([await send(0), await send(1)], [{ sent: 1 }, { sent: 2 }])
  assert.deepEqual(played.labels, ['^XAd^XZ', '^XAe^XZ'])
})

test('a batch with a PDF is refused before anything is sent, unless the printer reads PDF', async () => {
  const documents = [await putLabel('zpl-f', '^XAf^XZ'), await putLabel('pdf-g', '%PDF-1.4', 'application/pdf')]
  const activities = await putBatch('print:3')
  const isNamed = (error: unknown) => error instanceof Refused && error.remedy.startsWith('pdf-g.pdf est un PDF')
  await assert.rejects(activities.checkPrint({ printer: 'prepa', documents }), isNamed)
  const reading = await putBatch('print:4', { takesPdf: true })
  await reading.checkPrint({ printer: 'prepa', documents })
  const step = { print: 'print:4', printer: 'prepa', documents, from: 0 }
  await new MockActivityEnvironment().run(reading.sendLabels, step)
  assert.deepEqual(played.labels, ['^XAf^XZ', '%PDF-1.4'])
})

test('a batch that ended badly says how far it came and which label is next', async () => {
  const documents = await Promise.all(['h', 'i'].map((id) => putLabel(`zpl-${id}`, id)))
  const activities = await putBatch('print:5')
  played.manner = (nth) => (nth === 1 ? 'cuts' : 'closes')
  const step = { print: 'print:5', printer: 'prepa', documents, from: 0 }
  await assert.rejects(new MockActivityEnvironment().run(activities.sendLabels, step))
  const trouble = { code: 'unavailable', remedy: 'Vérifiez qu’elle est allumée.' }
  await activities.endPrint({ print: 'print:5', documents, target: 'prepa', trouble })
  const row = await readOperation(db, 'print:5')
  assert.deepEqual(
    [row?.light, row?.message, row?.handled, row?.failed, row?.error_code, row?.operator, row?.branch],
    [
      'rouge',
      '1 étiquette envoyée sur 2 à « prepa », la suivante est zpl-i.zpl.',
      1,
      1,
      'unavailable',
      'marie',
      'LYON',
    ],
  )
})

test('printers are read from the settings, and what is wrong is named', () => {
  assert.deepEqual(printersOf(' prepa=192.168.1.50:9100, bureau=[fe80::1]:515/pdf,quai=quai.local'), [
    { code: 'prepa', host: '192.168.1.50', port: 9100, takesPdf: false },
    { code: 'bureau', host: 'fe80::1', port: 515, takesPdf: true },
    { code: 'quai', host: 'quai.local', port: 9100, takesPdf: false },
  ])
  assert.deepEqual(printersOf(''), [])
  const wrong: [text: string, names: RegExp][] = [
    ['Prépa=192.168.1.50:9100', /"Prépa=192\.168\.1\.50:9100" must look like/],
    ['prepa=192.168.1.50:70000', /must look like/],
    ['prepa', /must look like/],
    ['pdf=192.168.1.50:9100', /"pdf" stands for a file/],
    ['a=h1,b=h2,a=h3', /"a" is named twice/],
  ]
  for (const [text, names] of wrong)
    assert.throws(
      () => printersOf(text),
      (error) => error instanceof ConfigProblem && names.test(error.message),
    )
})
