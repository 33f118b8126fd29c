import { startedEffects } from '../db/effects.ts'
import { reportOperation } from '../db/operations.ts'
import { addVoided } from '../db/voided-labels.ts'
import type { OrderRef } from '../domain/order.ts'
import type { Found, LabelRequest } from './carriers/carrier.ts'
import type { Deps } from './deps.ts'
import { labelRequest, purchasesOf } from './label-request.ts'

/** What a shipment that ends leaves behind at its carrier. */
export function labelDoubts(deps: Deps) {
  const { db, carrierOf } = deps
  return {
    /** True while a purchase of this delivery note was begun and is not known to be done. */
    async hasLabelDoubts({ order, deliveryNote }: { order: OrderRef; deliveryNote: string }): Promise<boolean> {
      return (await startedEffects(db, order, purchasesOf(deliveryNote))).length > 0
    },

    /** Gives up purchases that were begun and are in doubt when their shipment is cancelled; what cannot be looked up is reported. */
    async giveUpDoubts(o: { order: OrderRef; deliveryNote: string; carrier: string }): Promise<void> {
      const { order, deliveryNote, carrier: code } = o
      const begins = purchasesOf(deliveryNote)
      for (const { step } of await startedEffects(db, order, begins)) {
        const [rank = 1, generation = 0] = step.slice(begins.length).split(':').map(Number)
        const request = await labelRequest(deps, { ...o, ranks: [rank], generation, service: null })
        const found = await carrierOf(code).findLabels(request)
        if (typeof found === 'object') await giveUpFound({ ...o, rank, request, found })
        else
          await report({ ...o, request, text: `n'a pas pu être vérifié : cherchez ${request.reference} chez ${code}` })
      }
    },
  }

  async function giveUpFound(o: Doubt & { rank: number; found: Found }): Promise<void> {
    const { order, deliveryNote, carrier: code, rank, request, found } = o
    const { trackingNumber } = found
    const carrier = carrierOf(code)
    const { reference } = request
    await addVoided(db, {
      reference,
      carrier: code,
      tracking_number: trackingNumber,
      piece_number: null,
      site: order.site,
      web_id: order.webId,
      delivery_note: deliveryNote,
      rank,
    })
    if (carrier.abilities.voids) await carrier.voidLabel(trackingNumber)
    await report({ ...o, text: `avait été fait : l'étiquette ${trackingNumber} est abandonnée et reste surveillée` })
  }

  function report({ order, deliveryNote, request, text }: Doubt & { text: string }): Promise<void> {
    return reportOperation(db, {
      id: `doubt:${request.reference}`,
      type: 'Achat en doute',
      direction: 'interne',
      site: order.site,
      web_id: order.webId,
      light: 'violet',
      message: `Bon ${deliveryNote} annulé ; un achat d'étiquette ${text}.`,
      trigger: 'manuel',
      ended_at: new Date(),
    })
  }
}

interface Doubt {
  order: OrderRef
  deliveryNote: string
  carrier: string
  request: LabelRequest
}
