import type { Parcel } from './model.ts'
import { A4, drawPdf, stampSpecimen, writeLine } from './pdf.ts'

/** What a deposit slip says at its head. */
export interface SlipHead {
  bordereauNumber: number
  publishingDate: number
  numberOfParcels: number
  nameSitePCH: string
  clientNumber: string
  Company: string
  Address: string
}

const COLUMNS: { title: string; x: number; width: number; of: (parcel: Parcel) => string }[] = [
  { title: 'N° de colis', x: 40, width: 100, of: ({ parcelNumber }) => parcelNumber },
  { title: 'Produit', x: 145, width: 45, of: ({ request }) => request.letter.service.productCode ?? '' },
  { title: 'Poids (kg)', x: 195, width: 55, of: ({ request }) => String(request.letter.parcel.weight) },
  { title: 'Code postal', x: 255, width: 65, of: ({ request }) => request.letter.addressee.address.zipCode ?? '' },
  { title: 'Pays', x: 325, width: 35, of: ({ request }) => request.letter.addressee.address.countryCode ?? '' },
  { title: 'Destinataire', x: 365, width: 190, of: ({ request }) => nameOf(request.letter.addressee.address) },
]
const ROW = 11.4

const nameOf = ({ companyName, firstName, lastName }: { [part: string]: string | undefined }) =>
  companyName ?? [firstName, lastName].filter(Boolean).join(' ')

/** Draws the slip that goes with the parcels to the depot: at most 50, on one page, in the order asked for. */
export const drawSlip = (head: SlipHead, parcels: Parcel[]): Promise<Buffer> =>
  drawPdf({
    title: `Bordereau ${head.bordereauNumber}`,
    size: [A4.width, A4.height],
    draw(pdf) {
      stampSpecimen(pdf, A4)
      drawHead(pdf, head)
      drawRows(pdf, parcels)
      writeLine(pdf, 'Signature du client', { x: 40, y: 762, width: 200, size: 9 })
      writeLine(pdf, 'Visa de La Poste', { x: 315, y: 762, width: 200, size: 9 })
      pdf.rect(40, 775, 240, 44).rect(315, 775, 240, 44).lineWidth(0.5).stroke('black')
    },
  })

function drawHead(pdf: PDFKit.PDFDocument, head: SlipHead): void {
  writeLine(pdf, `Bordereau de dépôt n° ${head.bordereauNumber}`, { x: 40, y: 36, width: 400, size: 17, isBold: true })
  const day = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' })
  const lines = [
    `Édité le ${day.format(head.publishingDate)}`,
    `Client ${head.clientNumber} : ${head.Company}, ${head.Address}`,
    `Site de prise en charge : ${head.nameSitePCH}`,
    `Nombre de colis : ${head.numberOfParcels}`,
  ]
  for (const [index, line] of lines.entries()) writeLine(pdf, line, { x: 40, y: 64 + index * 15, width: 515, size: 10 })
}

function drawRows(pdf: PDFKit.PDFDocument, parcels: Parcel[]): void {
  for (const { title, x, width } of COLUMNS) writeLine(pdf, title, { x, y: 136, width, size: 8.5, isBold: true })
  pdf.moveTo(40, 149).lineTo(555, 149).lineWidth(0.8).stroke('black')
  for (const [index, parcel] of parcels.entries())
    for (const { x, width, of } of COLUMNS) writeLine(pdf, of(parcel), { x, y: 153 + index * ROW, width, size: 8.5 })
  const end = 153 + parcels.length * ROW
  pdf.moveTo(40, end).lineTo(555, end).stroke()
}
