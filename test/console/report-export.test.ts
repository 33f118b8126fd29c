import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { openTestDatabase } from '../support/servers.ts'
import { openVisitor, testOptions } from './kit.ts'
import { emptyWorld, putOperation } from './world.ts'

let db: Db
let close: () => Promise<void>
let visitor: ReturnType<typeof openVisitor>

before(async () => {
  ;({ db, close } = await openTestDatabase())
  visitor = openVisitor(testOptions({ db }))
  await visitor.signIn()
})
after(() => close())

describe('the export', () => {
  it('is made for French spreadsheets, and no cell is ever a formula', async () => {
    await emptyWorld(db)
    for (const [i, message] of ['=1+1', '+33', '-2', '@SUM(A1)', '\tx', '\rx', 'a;"b"\nc', 'paisible'].entries()) {
      await putOperation(db, {
        id: String(i),
        message,
        operator: '=cmd',
        started_at: new Date(`2026-11-24T08:0${9 - i}:00Z`),
        ended_at: new Date(`2026-11-24T08:0${9 - i}:30Z`),
      })
    }
    const reply = await visitor.get('/rapport.csv')
    assert.match(reply.headers.get('content-type') ?? '', /text\/csv; charset=utf-8/)
    assert.match(
      reply.headers.get('content-disposition') ?? '',
      /^attachment; filename="rapport-\d{4}-\d\d-\d\d\.csv"$/,
    )
    const bytes = Buffer.from(await reply.arrayBuffer())
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
    const [heading = '', ...lines] = bytes.toString().slice(1).split('\r\n')
    assert.ok(heading.startsWith('Voyant;Début;Fin;Durée (s);Type;Sens;Site;N° web;N° Codial;Message;'))
    assert.ok(
      lines[0]?.startsWith("Réussite;24/11/2026 09:09:00;24/11/2026 09:09:30;30;Commande;site → Codial;;;;'=1+1;"),
    )
    const text = lines.join('\r\n')
    for (const cell of [
      ";'+33;",
      ";'-2;",
      ";'@SUM(A1);",
      ";'\tx;",
      `;"'\rx";`,
      `;"a;""b""\nc";`,
      ';paisible;',
      ";'=cmd;",
    ])
      assert.ok(text.includes(cell), cell)
  })

  it('holds each row once, however many there are', async () => {
    await emptyWorld(db)
    await sql`insert into operations (id, type, direction, light, message, trigger, started_at)
      select 'run-' || i, 'Import', 'site-codial', 'vert', 'ligne-' || i, 'planifié', timestamptz '2026-11-24' + (i / 1000) * interval '1 microsecond'
      from generate_series(1, 4500) i`.execute(db)
    const csv = await visitor.read('/rapport.csv')
    const seen = [...csv.matchAll(/;ligne-(\d+);/g)].map(([, n]) => Number(n))
    assert.equal(seen.length, 4500)
    assert.equal(new Set(seen).size, 4500)
    assert.equal(csv.trimEnd().split('\r\n').length, 4501)
  })
})
