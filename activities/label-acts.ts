import { readDocument } from '../db/documents.ts'
import { startedEffects } from '../db/effects.ts'
import { reportOperation } from '../db/operations.ts'
import { readSnapshot } from '../db/orders.ts'
import { changeShipment, readParcel } from '../db/shipments.ts'
import { findVoided, moveToVoided } from '../db/voided-labels.ts'
import { needsPickupPoint, servicesOf } from '../domain/carrier-services.ts'
import { needsCustoms } from '../domain/customs.ts'
import { Refused } from '../domain/failures.ts'
import type { OrderRef } from '../domain/order.ts'
import { type DeliveryNote, type Parcel, parcelReference } from '../domain/shipment.ts'
import type { Deps } from './deps.ts'
import { purchasesOf } from './label-request.ts'

interface Act {
  order: OrderRef
  deliveryNote: string
  operator: string
  branch: string | null
}

interface Generation {
  order: OrderRef
  deliveryNote: string
  rank: number
  generation: number
}

const referenceOf = ({ order, deliveryNote, rank, generation }: Generation): string =>
  parcelReference({ ...order, deliveryNote, rank, generation })

/** What persons do with labels and parcels before they leave; every act leaves its row in the report. */
export function labelActs({ db, carrierOf, sender }: Deps) {
  return {
    /** Takes a label off its parcel, so that another can be made; it is watched from now on. */
    setLabelAside: (o: Generation): Promise<void> => moveToVoided(db, referenceOf(o)),

    /** Gives up a label that was set aside: at the carrier where it can be, else on our side only. */
    async voidLabel(o: Act & Generation & { carrier: string }): Promise<void> {
      const { carrier: code } = o
      const reference = referenceOf(o)
      const known = await findVoided(db, reference)
      if (!known) return
      const carrier = carrierOf(code)
      if (carrier.abilities.voids) await carrier.voidLabel(known.tracking_number)
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
      const { shipping } = await readSnapshot(db, o.order)
      if (needsCustoms(sender, shipping))
        throw new Refused('not-offered', 'la douane veut le contenu de chaque colis : ajoutez-le dans Codial')
      await changeShipment(db, deliveryNote, ({ parcels }) => ({
        parcels: [...parcels.filter(({ rank }) => rank !== parcel.rank), parcel],
      }))
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
      const { deliveryNote, carrier, service } = o
      carrierOf(carrier)
      if ((await startedEffects(db, o.order, purchasesOf(deliveryNote))).length > 0)
        throw new Refused('in-doubt', 'un achat de ce bon est à vérifier : décidez-en d’abord')
      await changeShipment(db, deliveryNote, (note) => ({ carrier, service, pickupPoint: pointFor(o, note) }))
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

/** A point is kept where the service needs one; no service of DHL does, so that there only a newly entered one counts. */
function pointFor(
  o: { carrier: string; service: string; pickupPoint: string | null },
  note: DeliveryNote,
): string | null {
  if (needsPickupPoint(o)) return o.pickupPoint
  const isAnyService = servicesOf(o.carrier)?.atPickupPoint.length === 0
  return isAnyService && o.pickupPoint !== note.pickupPoint ? o.pickupPoint : null
}
