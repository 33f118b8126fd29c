import type { ZodType, z } from 'zod'
import { Refused } from '../../../domain/failures.ts'
import { readAs } from '../../wire/http.ts'
import type { Erp } from '../erp.ts'
import { type Access, type CodialReply, openClient, WHO } from './client.ts'
import { invoiceOf } from './invoice.ts'
import * as map from './mapping.ts'
import * as wire from './wire.ts'

/** Opens Codial's JSON bridge behind the port of the ERP; `url` ends with /v1. */
export function openCodialApi(settings: Access): Erp {
  const client = openClient(settings)

  return {
    async createOrder({ order, web, key }) {
      const made = await client.post('/commandes', map.orderBody(order, web), key)
      return { number: read(wire.createdOrder, made).numero }
    },
    async findOrder({ site, webId }) {
      const reply = await client.get('/commandes', { site, reference_web: webId })
      if ('problem' in reply && reply.problem.code === 'inconnu') return null
      const found = read(wire.orderList, reply).elements.find((o) => o.site === site && o.reference_web === webId)
      return found ? { number: found.numero } : null
    },
    async readOrder(number) {
      const order = read(wire.orderHeader, await client.get(`/commandes/${segment(number)}`))
      if (!order.site || !order.reference_web)
        throw new Refused('refused', `la commande ${number} ne vient pas d'une boutique`)
      return { ref: { site: order.site, webId: order.reference_web }, status: order.statut }
    },
    async cancelOrder({ number, reason, key }) {
      read(wire.accepted, await client.post(`/commandes/${segment(number)}/annulation`, { motif: reason }, key))
    },
    async recordPayment({ number, payment, key }) {
      const path = `/commandes/${segment(number)}/reglements`
      const answer = read(wire.paymentAnswer, await client.post(path, map.paymentBody(payment), key))
      return { state: map.PAYMENT_STATES[answer.statut], remaining: answer.reste_du }
    },
    async readDeliveryNote(number) {
      return map.deliveryNoteOf(read(wire.deliveryNote, await client.get(`/livraisons/${segment(number)}`)))
    },
    async pushTracking({ key, ...tracking }) {
      const path = `/livraisons/${segment(tracking.deliveryNote)}/suivi`
      read(wire.accepted, await client.post(path, map.trackingBody(tracking), key))
    },
    async shipDeliveryNote({ deliveryNote, key }) {
      read(wire.accepted, await client.post(`/livraisons/${segment(deliveryNote)}/expedition`, {}, key))
    },
    async pushTrackingEvent({ deliveryNote, rank, event, key }) {
      const path = `/livraisons/${segment(deliveryNote)}/evenements-suivi`
      read(wire.accepted, await client.post(path, map.trackingEventBody(rank, event), key))
    },
    async readInvoice(number) {
      return invoiceOf(read(wire.invoice, await client.get(`/factures/${segment(number)}`)))
    },
    async readEvents({ cursor }) {
      const query = { limite: '200', ...(cursor === null ? {} : { curseur: cursor }) }
      const page = read(wire.eventPage, await client.get('/evenements', query))
      const known = page.elements.filter((element) => wire.KNOWN_EVENTS.has(element.type))
      const events = known.map((element) => map.erpEventOf(readAs(wire.event, element, WHO), new Date().toISOString()))
      return {
        events: events.filter((event) => event !== null),
        cursor: page.curseur_suivant ?? cursor,
        done: page.termine,
      }
    },
  }
}

const segment = encodeURIComponent

function read<S extends ZodType>(schema: S, reply: CodialReply): z.output<S> {
  if ('problem' in reply) throw map.refusalOf(reply.problem)
  return readAs(schema, reply.json, WHO)
}
