import { performOnce, type Verdict } from '../db/effects.ts'
import { readParcel, readParcels, setShipmentState } from '../db/shipments.ts'
import type { ShipmentState } from '../domain/facts.ts'
import type { OrderRef } from '../domain/order.ts'
import { TRACKING_LABELS, type TrackingStatus } from '../domain/shipment.ts'
import type { Deps } from './deps.ts'

interface ParcelStep {
  order: OrderRef
  deliveryNote: string
  rank: number
  verdict?: Verdict | undefined
}

/** The steps of labelled parcels: announcement, shop, scans. */
export function shipmentActivities({ db, erp, shopOf }: Deps) {
  return {
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

    /** Shows one parcel to the customer on the shop, once for all pieces of one number; a note in doubt is looked for by it. */
    async pushTrackingToShop({
      order,
      deliveryNote,
      rank,
      carrier,
      verdict,
    }: ParcelStep & { carrier: string }): Promise<void> {
      const { tracking_number: trackingNumber, tracking_url: trackingUrl } = await readParcel(db, deliveryNote, rank)
      const all = await readParcels(db, deliveryNote)
      if (all.some((other) => other.rank < rank && other.tracking_number === trackingNumber)) return
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

    /** Tells the shop's people of an incident; a comment in doubt is looked for by its text. */
    async pushIncidentToShop({ order, deliveryNote, rank, at, verdict }: ParcelStep & { at: string }): Promise<void> {
      const { tracking_number: trackingNumber, carrier } = await readParcel(db, deliveryNote, rank)
      const text = `Incident de livraison signalé par ${carrier} sur le colis ${trackingNumber} (${at.slice(0, 10)}).`
      const shop = shopOf(order.site)
      await performOnce(db, {
        ref: order,
        step: `incident-shop:${deliveryNote}:${rank}:${at}`,
        verdict,
        act: async ({ start }) => {
          await start()
          await shop.pushComment({ webId: order.webId, text, forCustomer: false })
          return { trackingNumber }
        },
        find: async () => ((await shop.showsComment({ webId: order.webId, text })) ? { trackingNumber } : 'absent'),
        numberOf: (answer) => answer.trackingNumber,
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
  }
}
