import { readDocument } from '../db/documents.ts'
import { reportOperation } from '../db/operations.ts'
import { changeShipment, readParcel, readShipment } from '../db/shipments.ts'
import { moveToVoided } from '../db/voided-labels.ts'
import type { OrderRef } from '../domain/order.ts'
import { type Parcel, parcelReference } from '../domain/shipment.ts'
import type { Deps } from './deps.ts'

interface Act {
  order: OrderRef
  deliveryNote: string
  operator: string
  branch: string | null
}

/** What persons do with labels and parcels before they leave; every act leaves its row in the report. */
export function labelActs({ db, carrierOf }: Deps) {
  return {
    /** Gives a label up: at the carrier where it can be, else on our side only; it stays watched. */
    async voidLabel(o: Act & { rank: number; generation: number; carrier: string }): Promise<void> {
      const { order, deliveryNote, rank, generation, carrier: code } = o
      const reference = parcelReference({ ...order, deliveryNote, rank, generation })
      const known = await db.selectFrom('parcels').selectAll().where('reference', '=', reference).executeTakeFirst()
      if (!known) return
      const carrier = carrierOf(code)
      if (carrier.abilities.voids) await carrier.voidLabel(known.tracking_number)
      await moveToVoided(db, reference)
      const how = carrier.abilities.voids
        ? `annulée chez ${code}`
        : `abandonnée : ${code} ne facture pas un colis jamais déposé`
      await reportOperation(db, {
        ...operationOf(o),
        id: `void:${reference}`,
        type: 'Annulation étiquette',
        message: `Étiquette ${known.tracking_number} ${how}.`,
      })
    },

    /** Gives the stored label again and writes down who asked. */
    async reprintLabel(o: Act & { rank: number }): Promise<{ document: string }> {
      const { document } = await readParcel(db, o.deliveryNote, o.rank)
      const { name } = await readDocument(db, document)
      await reportOperation(db, {
        ...operationOf(o),
        id: `reprint:${document}:${new Date().toISOString()}`,
        type: 'Réimpression étiquette',
        message: `Étiquette ${name} réimprimée.`,
      })
      return { document }
    },

    /** Writes down a parcel that the branch added to a delivery note here. */
    async noteAddedParcel(o: Act & { parcel: Parcel }): Promise<void> {
      const { deliveryNote, parcel } = o
      const { parcels } = await readShipment(db, deliveryNote)
      const others = parcels.filter(({ rank }) => rank !== parcel.rank)
      await changeShipment(db, deliveryNote, { parcels: [...others, parcel] })
      await reportOperation(db, {
        ...operationOf(o),
        id: `add-parcel:${deliveryNote}:${parcel.rank}`,
        type: 'Ajout de colis',
        message: `Colis ${parcel.rank} ajouté au bon ${deliveryNote}.`,
      })
    },

    /** Writes down another carrier or service for a delivery note. */
    async noteChangedService(
      o: Act & { id: string; carrier: string; service: string; pickupPoint: string | null },
    ): Promise<void> {
      const { deliveryNote, carrier, service, pickupPoint } = o
      carrierOf(carrier)
      await changeShipment(db, deliveryNote, { carrier, service, pickupPoint })
      await reportOperation(db, {
        ...operationOf(o),
        id: `change-service:${o.id}`,
        type: 'Changement de service',
        message: `Le bon ${deliveryNote} part avec ${carrier} ${service}.`,
      })
    },
  }
}

const operationOf = ({ order, operator, branch }: Act) => ({
  direction: 'interne' as const,
  site: order.site,
  web_id: order.webId,
  light: 'vert' as const,
  trigger: 'manuel' as const,
  operator,
  branch,
  ended_at: new Date(),
})
