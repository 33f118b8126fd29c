import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ColissimoSandbox, startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { askLabels, idsOf, namedParts, numberOf, partOf, readJson, requestWith } from './colissimo-desk.ts'
import { send } from './raw-http.ts'

let carrier: ColissimoSandbox
before(async () => {
  carrier = await startColissimo({ apiKey: 'key', okapiKey: 'okapi', now: () => new Date('2026-03-16T09:00:00Z') })
})
after(() => carrier.close())

const post = (operation: string, body: unknown) => askLabels(carrier.url, operation, body)
const has = (text: string, words: string[]) => {
  for (const word of words) assert.ok(text.includes(word), `${word} in ${text}`)
}

describe('getLabel', () => {
  const again = (body: object, headers: Record<string, string> = { apiKey: 'key' }) =>
    send({
      url: `${carrier.url}/sls-ws/SlsServiceWSRest/3.1/getLabel`,
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

  it('prints the same label in another format, to who has the key or the account', async () => {
    const parcelNumber = numberOf(await post('generateLabel', requestWith('COM-cn23')))
    const body = { parcelNumber, outputPrintingType: 'ZPL_10x15_203dpi' }
    const account = { login: '900000', password: 'mot-de-passe-bac-a-sable' }
    const everyone: Record<string, string>[] = [{ apiKey: 'key' }, account, { ...account, accountNumber: '900000' }]
    for (const headers of everyone) {
      const reply = await again(body, headers)
      assert.deepEqual(
        namedParts(reply).map(({ name }) => name),
        ['jsonInfos', 'label'],
      )
      has(partOf(reply, 'label').toString('utf8'), [`^FD${parcelNumber}^FS`])
    }
  })

  it('refuses strangers, other accounts and unknown numbers', async () => {
    const parcelNumber = numberOf(await post('generateLabel', requestWith('DOS')))
    const body = { ...readJson('getLabel-request.json'), parcelNumber }
    assert.deepEqual(idsOf(await again(body, {})), ['30000'])
    assert.deepEqual(idsOf(await again(body, { login: '900000', password: 'autre' })), ['30000'])
    assert.deepEqual(idsOf(await again(body, { apiKey: 'key', accountNumber: '900001' })), ['30321'])
    assert.deepEqual(idsOf(await again({ ...body, parcelNumber: undefined })), ['30327'])
    assert.deepEqual(idsOf(await again({ ...body, parcelNumber: '6A07905668182' })), ['30321'])
    assert.deepEqual(idsOf(await again({ ...body, outputPrintingType: 'PDF' })), ['30026'])
  })
})

describe('papers for customs', () => {
  const store = async (changes: Record<string, string | Blob>, apiKey = 'key') => {
    const form = new FormData()
    const all = {
      accountNumber: '900000',
      documentType: 'COMMERCIAL_INVOICE',
      file: new Blob(['%PDF-1.4']),
      filename: 'facture.pdf',
      ...changes,
    }
    for (const [name, value] of Object.entries(all)) form.set(name, value)
    return fetch(`${carrier.url}/api-document/rest/storedocument`, { method: 'POST', headers: { apiKey }, body: form })
  }

  it('are kept for a parcel of ours, of a known kind', async () => {
    const parcelNumber = numberOf(await post('generateLabel', requestWith('COM-cn23')))
    const kept = (await (await store({ parcelNumber })).json()) as { errorCode: string; documentId: string }
    assert.equal(kept.errorCode, '000')
    assert.match(kept.documentId, /^[0-9a-f-]{36}\.pdf$/)
    assert.equal(carrier.counters().document?.[parcelNumber], 1)
    const unknown = await store({ parcelNumber: '6A07905668182' })
    assert.deepEqual(await unknown.json(), readJson('documents-store-error.json'))
    assert.equal((await store({ parcelNumber, documentType: 'LETTER' })).status, 400)
    assert.equal((await store({ parcelNumber }, 'other')).status, 401)
  })
})
