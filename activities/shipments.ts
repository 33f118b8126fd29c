import { readDocument, storeDocument } from '../db/documents.ts'
import { performOnce, type Verdict } from '../db/effects.ts'
import { reportOperation } from '../db/operations.ts'
import { readSnapshot } from '../db/orders.ts'
import { addParcel, parcelOf, readParcel, readShipment, setShipmentState } from '../db/shipments.ts'
import type { ShipmentState } from '../domain/facts.ts'
import type { OrderRef } from '../domain/order.ts'
import { parcelReference, TRACKING_LABELS, type TrackingStatus } from '../domain/shipment.ts'
import type { Label, LabelRequest } from './carriers/carrier.ts'
import type { Deps } from './deps.ts'

interface ParcelStep {
  order: OrderRef
  deliveryNote: string
  rank: number
  verdict?: Verdict | undefined
}

/** The steps of parcels: label, announcement, shop, scans. */
export function shipmentActivities({ db, erp, shopOf, carrierOf }: Deps) {
  async function requestOf({
    order,
    deliveryNote,
    rank,
    generation,
  }: ParcelStep & { generation: number }): Promise<LabelRequest> {
    const [web, note] = await Promise.all([readSnapshot(db, order), readShipment(db, deliveryNote)])
    const reference = parcelReference({ ...order, deliveryNote, rank, generation })
    const { pickupPoint, shipping, customer } = web
    return {
      reference,
      service: note.service,
      recipient: { ...shipping, phone: shipping.phone ?? customer.phone, email: customer.email },
      pickupPoint: note.pickupPoint ? (pickupPoint ?? { id: note.pickupPoint, network: null, name: null }) : null,
      parcel: parcelOf(note, rank),
      value: web.total,
      shipOn: new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date()),
    }
  }

  return {
    /** Buys the label of one parcel, once; a purchase in doubt waits for a person where the carrier has no look-up. */
    async createLabel(o: ParcelStep & { carrier: string; generation: number }): Promise<{ trackingNumber: string }> {
      const { order, deliveryNote, rank, carrier: code, generation, verdict } = o
      const [carrier, request] = [carrierOf(code), await requestOf(o)]
      const keep = async ({ trackingNumber, trackingUrl, mediaType, bytes }: Label) => {
        const document = `label-${request.reference}`
        const name = `${trackingNumber}.${mediaType === 'application/pdf' ? 'pdf' : 'zpl'}`
        await storeDocument(db, { id: document, ref: order, kind: 'label', name, mediaType, bytes })
        await addParcel(db, {
          reference: request.reference,
          deliveryNote,
          ref: order,
          rank,
          carrier: code,
          trackingNumber,
          trackingUrl,
          document,
        })
        return { trackingNumber, document }
      }
      const { trackingNumber } = await performOnce(db, {
        ref: order,
        step: `label:${deliveryNote}:${rank}${generation ? `:${generation}` : ''}`,
        verdict,
        act: async ({ start }) => {
          await carrier.checkLabel(request)
          await start()
          return keep(await carrier.createLabel(request))
        },
        find: async () => {
          const found = await carrier.findLabel(request.reference)
          return typeof found === 'string' ? found : keep(found)
        },
        adopt: async (number) => keep(await carrier.reprintLabel(number)),
        numberOf: (answer) => answer.trackingNumber,
      })
      return { trackingNumber }
    },

    /** Tells the ERP the tracking number of one parcel. */
    async pushTrackingToErp({ order, deliveryNote, rank, verdict }: ParcelStep): Promise<void> {
      const parcel = await readParcel(db, deliveryNote, rank)
      const { carrier, tracking_number: trackingNumber, tracking_url: trackingUrl } = parcel
      const labelledAt = parcel.labelled_at.toISOString()
      await performOnce(db, {
        ref: order,
        step: `tracking-erp:${deliveryNote}:${rank}`,
        verdict,
        act: async ({ key, start }) => {
          await start()
          await erp.pushTracking({ deliveryNote, rank, carrier, trackingNumber, trackingUrl, labelledAt, key })
          return { trackingNumber }
        },
        find: 'repeat',
        numberOf: (answer) => answer.trackingNumber,
      })
    },

    /** Tells the ERP that the whole delivery note has left. */
    async shipDeliveryNote({ order, deliveryNote, verdict }: Omit<ParcelStep, 'rank'>): Promise<void> {
      await performOnce(db, {
        ref: order,
        step: `expedition:${deliveryNote}`,
        verdict,
        act: async ({ key, start }) => {
          await start()
          await erp.shipDeliveryNote({ deliveryNote, key })
          return { deliveryNote }
        },
        find: 'repeat',
        numberOf: () => deliveryNote,
      })
      await setShipmentState(db, deliveryNote, 'shipped', { ended: false })
    },

    /** Shows one parcel to the customer on the shop; a note in doubt is looked for by its tracking number. */
    async pushTrackingToShop({
      order,
      deliveryNote,
      rank,
      carrier,
      verdict,
    }: ParcelStep & { carrier: string }): Promise<void> {
      const { tracking_number: trackingNumber, tracking_url: trackingUrl } = await readParcel(db, deliveryNote, rank)
      const shop = shopOf(order.site)
      await performOnce(db, {
        ref: order,
        step: `tracking-shop:${deliveryNote}:${rank}`,
        verdict,
        act: async ({ start }) => {
          await start()
          await shop.pushTracking({ webId: order.webId, tracking: { carrier, trackingNumber, trackingUrl } })
          return { trackingNumber }
        },
        find: async () =>
          (await shop.showsTracking({ webId: order.webId, trackingNumber })) ? { trackingNumber } : 'absent',
        numberOf: (answer) => answer.trackingNumber,
      })
    },

    /** Shows a scan in the ERP. */
    async pushTrackingEvent(o: ParcelStep & { status: TrackingStatus; at: string }): Promise<void> {
      const { order, deliveryNote, rank, status, at, verdict } = o
      const { tracking_number: trackingNumber } = await readParcel(db, deliveryNote, rank)
      await performOnce(db, {
        ref: order,
        step: `scan-erp:${deliveryNote}:${rank}:${status}:${at}`,
        verdict,
        act: async ({ key, start }) => {
          await start()
          const event = { trackingNumber, status, label: TRACKING_LABELS[status], at }
          await erp.pushTrackingEvent({ deliveryNote, rank, event, key })
          return { status }
        },
        find: 'repeat',
        numberOf: () => TRACKING_LABELS[status],
      })
    },

    /** Ends a shipment: its parcels are not asked for any more. */
    async closeShipment({
      deliveryNote,
      state,
    }: {
      order: OrderRef
      deliveryNote: string
      state: ShipmentState
    }): Promise<void> {
      const kept = state === 'delivered' || state === 'returned' || state === 'cancelled' ? state : 'closed'
      await setShipmentState(db, deliveryNote, kept, { ended: true })
    },

    /** Gives the stored label again and writes down who asked. */
    async reprintLabel(o: {
      order: OrderRef
      deliveryNote: string
      rank: number
      operator: string
      branch: string | null
    }) {
      const { document } = await readParcel(db, o.deliveryNote, o.rank)
      const { name } = await readDocument(db, document)
      await reportOperation(db, {
        id: `reprint:${document}:${new Date().toISOString()}`,
        type: 'Réimpression étiquette',
        direction: 'interne',
        site: o.order.site,
        web_id: o.order.webId,
        light: 'vert',
        message: `Étiquette ${name} réimprimée.`,
        trigger: 'manuel',
        operator: o.operator,
        branch: o.branch,
        ended_at: new Date(),
      })
      return { document }
    },
  }
}
