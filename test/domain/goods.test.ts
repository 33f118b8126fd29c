import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { customsGoodsOf, customsLinesOf, worthOf } from '../../domain/goods.ts'
import type { WebOrderLine } from '../../domain/order.ts'
import type { Parcel } from '../../domain/shipment.ts'
import { webOrder } from '../console/world.ts'

const sold = (code: string, quantity: number, gross: number, over: Partial<WebOrderLine> = {}): WebOrderLine => ({
  kind: 'item',
  code,
  name: `Article ${code}`,
  quantity,
  gross,
  vat: Math.round(gross / 6),
  discount: 0,
  discountVat: 0,
  vatRate: '20.00',
  ...over,
})
const packed = (...lines: [string, number][]): Parcel[] => [
  {
    rank: 1,
    weight: 1000,
    length: null,
    width: null,
    height: null,
    lines: lines.map(([reference, quantity]) => ({ reference, quantity })),
  },
]
const order = (...lines: WebOrderLine[]) => ({ web: webOrder({ lines }), items: {} })

describe('the worth of the goods in a parcel', () => {
  // Worked out by hand: all that was paid for a reference, shared by its pieces.
  const cases: [name: string, lines: WebOrderLine[], parcel: Parcel[], cents: number][] = [
    ['two of one', [sold('A', 2, 4000)], packed(['A', 2]), 4000],
    ['one of two', [sold('A', 2, 4000)], packed(['A', 1]), 2000],
    ['two for 40 euros and one free', [sold('A', 2, 4000), sold('A', 1, 0)], packed(['A', 3]), 4000],
    ['one free, then two for 600 euros', [sold('A', 1, 0), sold('A', 2, 60_000)], packed(['A', 3]), 60_000],
    ['10 euros and 600 euros', [sold('A', 1, 1000), sold('A', 1, 60_000)], packed(['A', 2]), 61_000],
    ['less its coupon', [sold('A', 2, 4000, { discount: 1000, discountVat: 167 })], packed(['A', 2]), 3000],
    ['what the order does not know', [sold('A', 1, 1000)], packed(['CADEAU', 1]), 0],
  ]
  for (const [name, lines, parcel, cents] of cases)
    it(name, () => assert.equal(worthOf(parcel, order(...lines)), cents))

  it('goes by the reference of the ERP where it is another than the shop’s', () => {
    assert.equal(worthOf(packed(['ERP-1', 1]), { ...order(sold('A', 1, 1500)), items: { A: 'ERP-1' } }), 1500)
  })
})

describe('what customs are told', () => {
  const goods = { '*': { hsCode: '34011100', origin: 'FR', description: 'Savon' } }

  it('is each reference with its paid price without VAT, and a share of the weight', () => {
    const lines = customsLinesOf(packed(['A', 2]), { ...order(sold('A', 2, 1200)), goods })
    assert.deepEqual(lines, [{ reference: 'A', quantity: 2, unitValue: 500, unitWeight: 450, ...goods['*'] }])
  })

  it('a gift is worth a cent', () => {
    const [line] = customsLinesOf(packed(['A', 1]), { ...order(sold('A', 1, 0)), goods })
    assert.equal(line?.unitValue, 1)
  })

  it('an item that nobody described is named', () => {
    assert.throws(() => customsLinesOf(packed(['A', 1]), { ...order(sold('A', 1, 1000)), goods: {} }), /« A »/)
  })

  it('is read from a line of the table, or from none', () => {
    assert.deepEqual(customsGoodsOf("34011100/FR/Savon d'Alep"), {
      hsCode: '34011100',
      origin: 'FR',
      description: "Savon d'Alep",
    })
    for (const wrong of ['', '3401/FR/Savon', '34011100/France/Savon', '34011100/FR/', '34011100/FR'])
      assert.equal(customsGoodsOf(wrong), null, wrong)
  })
})
