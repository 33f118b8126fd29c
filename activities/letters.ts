import { readDocument } from '../db/documents.ts'
import { performOnce, type Verdict } from '../db/effects.ts'
import { readInvoiceRow } from '../db/invoices.ts'
import { readSnapshot } from '../db/orders.ts'
import { type ParcelRow, readParcels, readShipment } from '../db/shipments.ts'
import type { OrderRef, WebOrder } from '../domain/order.ts'
import type { Deps } from './deps.ts'
import { deliveredLetter } from './mail/letters/delivered.ts'
import { incidentLetter } from './mail/letters/incident.ts'
import { invoiceLetter } from './mail/letters/invoice.ts'
import { registeredLetter } from './mail/letters/registered.ts'
import { returnLabelLetter } from './mail/letters/return-label.ts'
import { type ShippedParcel, shippedLetter } from './mail/letters/shipped.ts'
import type { Letter, Mail } from './mail/mailer.ts'

interface LetterStep {
  order: OrderRef
  verdict?: Verdict | undefined
}

interface Envelope extends LetterStep {
  web: WebOrder
  /** Unique within the order: the mail's business key. */
  step: string
  letter: Letter
  /** ISO moment of the fact. */
  date: string
  attachments?: Mail['attachments']
}

/** The letters to customers: each at most once; one whose sending is in doubt waits for a person. */
export function letterActivities({ db, mailer, siteOf }: Deps) {
  async function sendOnce({ order, verdict, web, step, letter, date, attachments = [] }: Envelope): Promise<void> {
    const { from } = siteOf(order.site)
    const domain = from.address.split('@').at(-1)
    const idOf = (part: string): string => `<${part}.${order.webId}.${order.site}@${domain}>`.replace(/:/g, '-')
    const { customer } = web
    const mail: Mail = {
      ...letter,
      to: { name: customer.company ?? `${customer.firstName} ${customer.lastName}`.trim(), address: customer.email },
      from,
      replyTo: siteOf(order.site).identity.contactEmail,
      messageId: idOf(step),
      inReplyTo: step === 'mail:registered' ? null : idOf('mail:registered'),
      date,
      attachments,
    }
    await performOnce(db, {
      ref: order,
      step,
      verdict,
      act: async ({ start }) => {
        await mailer.send(mail, { beforeData: start })
        return { messageId: mail.messageId }
      },
      find: async () => 'unknown',
      numberOf: (answer) => answer.messageId,
    })
  }

  return {
    /** "Your order is registered." */
    async sendRegisteredEmail({ order, verdict }: LetterStep): Promise<void> {
      const web = await readSnapshot(db, order)
      const letter = registeredLetter({ order: web, site: siteOf(order.site).identity })
      await sendOnce({ order, verdict, web, step: 'mail:registered', letter, date: web.placedAt })
    },

    /** "Your parcels have left", with their tracking numbers. */
    async sendTrackingEmail({ order, deliveryNote, verdict }: LetterStep & { deliveryNote: string }): Promise<void> {
      const [web, note, rows] = await Promise.all([
        readSnapshot(db, order),
        readShipment(db, deliveryNote),
        readParcels(db, deliveryNote),
      ])
      const letter = shippedLetter({
        order: web,
        site: siteOf(order.site).identity,
        parcels: rows.map(followed),
        toPickupPoint: note.pickupPoint !== null,
      })
      const date = rows.at(-1)?.labelled_at.toISOString() ?? web.placedAt
      await sendOnce({ order, verdict, web, step: `mail:shipped:${deliveryNote}`, letter, date })
    },

    /** "Your parcels have arrived." */
    async sendDeliveredEmail({ order, deliveryNote, verdict }: LetterStep & { deliveryNote: string }): Promise<void> {
      const [web, rows] = await Promise.all([readSnapshot(db, order), readParcels(db, deliveryNote)])
      const moments = rows.map((row) => row.status_at.toISOString()).sort()
      const deliveredAt = moments.at(-1) ?? web.placedAt
      const letter = deliveredLetter({
        order: web,
        site: siteOf(order.site).identity,
        parcels: rows.map(followed),
        deliveredAt,
      })
      await sendOnce({ order, verdict, web, step: `mail:delivered:${deliveryNote}`, letter, date: deliveredAt })
    },

    /** "Your parcel is delayed." */
    async sendIncidentEmail(o: LetterStep & { deliveryNote: string; rank: number; at: string }): Promise<void> {
      const { order, deliveryNote, rank, at, verdict } = o
      const [web, rows] = await Promise.all([readSnapshot(db, order), readParcels(db, deliveryNote)])
      const parcel = rows.map(followed).find((one) => one.rank === rank)
      if (!parcel) return
      const letter = incidentLetter({ order: web, site: siteOf(order.site).identity, parcel, at })
      const step = `mail:incident:${deliveryNote}:${rank}:${at}`
      await sendOnce({ order, verdict, web, step, letter, date: at })
    },

    /** "Your return label is attached." */
    async sendReturnLabelEmail(o: LetterStep & { document: string; at: string }): Promise<void> {
      const { order, document, at, verdict } = o
      const [web, paper] = await Promise.all([readSnapshot(db, order), readDocument(db, document)])
      const letter = returnLabelLetter({ order: web, site: siteOf(order.site).identity })
      const attachments = [{ name: paper.name, mediaType: paper.media_type, bytes: new Uint8Array(paper.bytes) }]
      await sendOnce({ order, verdict, web, step: `mail:${document}`, letter, date: at, attachments })
    },

    /** "Your invoice is attached." */
    async sendInvoiceEmail({ order, invoice: number, verdict }: LetterStep & { invoice: string }): Promise<void> {
      const [web, row] = await Promise.all([readSnapshot(db, order), readInvoiceRow(db, order, number)])
      const paper = await readDocument(db, row.document ?? '')
      const issuedAt = row.created_at.toISOString()
      const letter = invoiceLetter({
        order: web,
        site: siteOf(order.site).identity,
        invoice: { number, issuedOn: issuedAt, gross: row.gross, kind: row.kind },
      })
      const attachments = [{ name: paper.name, mediaType: paper.media_type, bytes: new Uint8Array(paper.bytes) }]
      await sendOnce({ order, verdict, web, step: `mail:invoice:${number}`, letter, date: issuedAt, attachments })
    },
  }
}

function followed(row: ParcelRow, _: number, all: ParcelRow[]): ShippedParcel {
  const { rank, carrier, tracking_number: trackingNumber, tracking_url: trackingUrl } = row
  return { rank, count: all.length, carrier, trackingNumber, trackingUrl }
}
