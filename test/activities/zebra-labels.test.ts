import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { LabelRequest } from '../../activities/carriers/carrier.ts'
import { CARRIER_CODES } from '../../domain/carrier.ts'
import { type LabelDesk, openLabelDesk } from '../support/label-desks.ts'
import { findOverprinted, readZebra, type ZebraField, type ZebraLabel } from './zebra.ts'

/** 10 x 15 cm in dots, and the fewest dots of a bar that a scanner reads: a quarter of a millimetre (GS1 General Specifications). */
const PRINTERS = {
  'zpl-203': { width: 799, height: 1199, module: 2 },
  'zpl-300': { width: 1181, height: 1772, module: 3 },
}
type Printer = (typeof PRINTERS)['zpl-203']

/** What is outside the paper, or too close to its edge to be scanned. */
const outsideOf = ({ width, height }: Printer, { fields }: ZebraLabel): ZebraField[] =>
  fields.filter(({ left, top, right, bottom, module }) => {
    const quiet = 10 * module
    return left < Math.max(quiet, 1) || right > width - quiet || top < 1 || bottom > height
  })

function assertPrintable(label: ZebraLabel, printer: Printer): void {
  assert.deepEqual([label.width, label.height], [printer.width, printer.height])
  assert.deepEqual(outsideOf(printer, label), [], 'outside the label')
  assert.deepEqual(findOverprinted(label.fields), [], 'printed over each other')
  const bars = label.fields.filter(({ kind }) => kind === 'bars')
  assert.ok(bars.length > 0 && bars.every(({ module }) => module >= printer.module), 'bars that a scanner reads')
}

for (const code of CARRIER_CODES)
  describe(`${code} for label printers, with the longest names and addresses`, () => {
    let desk: LabelDesk
    before(async () => {
      desk = await openLabelDesk(code)
    })
    after(() => desk.close())

    async function print(request: LabelRequest, format: keyof typeof PRINTERS) {
      const [bought] = (await desk.carrier(format).createLabels(request)).labels
      assert.ok(bought)
      const files = [bought.label, ...bought.papers].filter(({ mediaType }) => mediaType === 'application/zpl')
      const labels = files.flatMap(({ bytes }) => readZebra(Buffer.from(bytes).toString('utf8')))
      return { number: bought.trackingNumber, labels, files }
    }

    for (const [format, printer] of Object.entries(PRINTERS) as [keyof typeof PRINTERS, Printer][])
      it(`${format}: every field lies on the paper, none over another, at home and abroad`, async () => {
        for (const request of [desk.home(), desk.world()]) {
          const { number, labels, files } = await print(request, format)
          assert.equal(labels.length, files.length)
          for (const label of labels) {
            assertPrintable(label, printer)
            assert.ok(label.fields.some(({ kind, text }) => kind === 'bars' && text === number))
            assert.ok(
              label.fields.some(({ text }) => text.includes('WOLLENSCHLAEGER-MONTMORENCY-LAVALLE')),
              'the whole name',
            )
          }
        }
      })
  })

it('a field beyond the edge, one over another and bars too thin are seen', () => {
  const [label] = readZebra(`^XA^PW799^LL1199
^FO40,40^A0N,30,30^FD${'M'.repeat(50)}^FS
^FO40,60^A0N,30,30^FDunder it^FS
^FO40,1100^BY1^BCN,120,Y,N,N^FDXP696982485FR^FS^XZ`)
  assert.ok(label)
  const outside = outsideOf(PRINTERS['zpl-203'], label).map(({ text }) => text)
  assert.deepEqual(outside, ['M'.repeat(50), 'XP696982485FR'])
  assert.deepEqual(findOverprinted(label.fields), [['M'.repeat(50), 'under it']])
  // 13 letters: (15 x 11 + 13) modules of 1 dot from 40
  assert.deepEqual([label.fields[2]?.right, label.fields[2]?.module], [218, 1])
})
