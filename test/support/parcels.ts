import PdfKit from 'pdfkit'
import type { Db } from '../../db/connect.ts'
import { storeDocument } from '../../db/documents.ts'
import { addParcel, addShipment } from '../../db/shipments.ts'
import type { TrackingStatus } from '../../domain/shipment.ts'

/** A labelled parcel that waits in a branch. */
export interface Waiting {
  note: string
  rank?: number
  carrier?: string
  branch?: string
  /** Grams. */
  weight?: number
  status?: TrackingStatus
  /** Points; a label of ten by fifteen centimetres unless told otherwise. */
  size?: [number, number]
  /** Text of a ZPL label instead of a PDF. */
  zpl?: string
  shipment?: 'ready' | 'cancelled'
}

/** Ten by fifteen centimetres, and A4, in points. */
export const SMALL: [number, number] = [283.46, 425.2]
export const A4: [number, number] = [595.28, 841.89]

/** Puts a labelled parcel with its note and its label; gives its tracking number and its label's document. */
export async function putParcel(db: Db, o: Waiting): Promise<{ reference: string; number: string; document: string }> {
  const { note, rank = 1, carrier = 'COLISSIMO', branch = 'LYON', weight = 1000, size = SMALL, zpl } = o
  const ref = { site: 'boutique-bio', webId: '1042' }
  const parcels = [1, 2, 3].map((one) => ({ rank: one, weight, length: null, width: null, height: null, lines: [] }))
  await addShipment(db, ref, { number: note, carrier, service: 'DOM', pickupPoint: null, parcels, backOrder: false })
  await db
    .updateTable('shipments')
    .set({ state: o.shipment ?? 'ready' })
    .where('delivery_note', '=', note)
    .execute()
  const reference = `${note}-${rank}`
  const number = `6A${note.replace(/\D/g, '')}${rank}`
  const document = `label-${reference}`
  const label = zpl ? new TextEncoder().encode(zpl) : await onePage(size, number)
  const name = `${number}.${zpl ? 'zpl' : 'pdf'}`
  const mediaType = zpl ? 'application/zpl' : 'application/pdf'
  await storeDocument(db, { id: document, ref, kind: 'label', name, mediaType, bytes: label })
  await addParcel(db, {
    reference,
    deliveryNote: note,
    ref,
    rank,
    carrier,
    service: 'DOM',
    branch,
    trackingNumber: number,
    pieceNumber: null,
    trackingUrl: `https://suivi.example/${number}`,
    price: null,
    document,
  })
  if (o.status) await db.updateTable('parcels').set({ status: o.status }).where('reference', '=', reference).execute()
  return { reference, number, document }
}

/** A PDF of one page of a size, with a text on it. */
export async function onePage(size: [number, number], text: string): Promise<Uint8Array> {
  const doc = new PdfKit({ size, margin: 20, compress: false })
  doc.text(text)
  doc.end()
  return new Uint8Array(Buffer.concat(await Array.fromAsync(doc as AsyncIterable<Buffer>)))
}
