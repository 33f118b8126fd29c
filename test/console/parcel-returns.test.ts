import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Db } from '../../db/connect.ts'
import { storeDocument } from '../../db/documents.ts'
import { putParcel } from '../support/parcels.ts'
import { openTestDatabase } from '../support/servers.ts'
import { fieldIn, textOf } from './kit.ts'
import { layDesk, ORDER, operator, PAGE, rowsOf, ship } from './parcel-desk.ts'

let db: Db
let close: () => Promise<void>
before(async () => {
  ;({ db, close } = await openTestDatabase())
})
after(() => close())
beforeEach(() => layDesk(db))

describe('a return', () => {
  const returned = (note: string, tail: string) =>
    storeDocument(db, {
      id: `return-label-boutique-bio-1042-${note}-${tail}`,
      ref: ORDER,
      kind: 'return-label',
      name: `${tail}.pdf`,
      mediaType: 'application/pdf',
      bytes: new Uint8Array([37]),
    })
  const input = (generation: number, mailed = false) => ({
    order: ORDER,
    deliveryNote: 'BL26-1',
    rank: 1,
    generation,
    carrier: 'COLISSIMO',
    mailed,
  })

  it('is offered once the note has left, and starts its life once per generation, however often its form is sent', async () => {
    const { read, post, sent, flash } = await operator(db)
    assert.doesNotMatch(await read(PAGE), /\/retour"/)
    await ship(db)
    const page = await read(PAGE)
    const form = page.slice(page.indexOf('/retour"'))
    const fields = {
      id: fieldIn(form, 'id'),
      colis: fieldIn(form, 'colis'),
      rang: fieldIn(form, 'rang'),
      envoyer: 'oui',
    }
    await post(`${PAGE}/retour`, fields)
    assert.match(await flash(), /L’étiquette de retour du colis 1 est en préparation/)
    await returned('BL261', 'R1')
    await post(`${PAGE}/retour`, fields)
    const started = { what: 'returnLifecycle', id: 'return:boutique-bio:1042:BL26-1:1:0', args: [input(0, true)] }
    assert.deepEqual(sent, [started, started])
    assert.deepEqual(
      (await rowsOf(db)).map(({ type, operator }) => [type, operator]),
      [['Étiquette de retour', 'marie']],
    )
  })

  it('asked for anew is another generation; other parcels and other notes do not count', async () => {
    await putParcel(db, { note: 'BL26-1', rank: 2 })
    await ship(db)
    await returned('BL261', 'R1')
    await returned('BL261', 'R10')
    await returned('BL262', 'R1')
    const { read, post, sent } = await operator(db)
    const page = await read(PAGE)
    assert.match(textOf(page), /Étiquette de retour : R1\.pdf/)
    assert.deepEqual(
      [...page.matchAll(/name="colis" value="(\d)"><input type="hidden" name="rang" value="(\d)"/g)].map(
        ([, rank, made]) => `${rank}:${made}`,
      ),
      ['1:1', '2:0'],
    )
    await post(`${PAGE}/retour`, { id: 'request-1', colis: '1', rang: '1' })
    await post(`${PAGE}/retour`, { id: 'request-2', colis: '1', rang: '7' })
    assert.deepEqual(
      sent.map(({ id, args }) => [id, args[0]]),
      [
        ['return:boutique-bio:1042:BL26-1:1:1', input(1)],
        ['return:boutique-bio:1042:BL26-1:1:1', input(1)],
      ],
    )
  })
})
