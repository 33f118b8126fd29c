import { linesOf } from './lines.ts'
import type { Parcel } from './model.ts'
import { productOf } from './products.ts'

/** The label of one parcel in the language of Zebra printers, from ^XA to ^XZ. */
export function zebraOf(parcel: Parcel): string {
  const { skybillNumber, productCode, shipperRef, rank, outOf, weightKg } = parcel
  const texts = [
    `CHRONOPOST ${productOf(productCode)?.name ?? productCode} SPECIMEN`,
    `De ${parcel.shipper.Name ?? ''}`,
    ...linesOf(parcel.recipient),
    `Ref. ${shipperRef} - ${rank}/${outOf} - ${weightKg} kg`,
  ]
  const fields = texts.map((text, index) => `^FO40,${60 + index * 48}^A0N,34,34^FD${text}^FS`)
  return ['^XA', '^CI28', ...fields, `^FO40,620^BY3^BCN,200,Y,N,N^FD${skybillNumber}^FS`, '^XZ', ''].join('\n')
}
