import { z } from 'zod'
import { type HttpReply, jsonOf, readAs } from '../../wire/http.ts'
import { WHO } from './wire.ts'

const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((read) => read ?? '')
const event = z.object({ date: text, time: text, GMTOffset: text, typeCode: text, description: text })
const events = z
  .array(event)
  .nullish()
  .transform((read) => read ?? [])
const shipment = z.object({
  shipmentTrackingNumber: text,
  shipperReferences: z
    .array(z.object({ value: text }))
    .nullish()
    .transform((read) => read ?? []),
  events,
  pieces: z
    .array(z.object({ trackingNumber: text, events }))
    .nullish()
    .transform((read) => read ?? []),
})
const tracking = z.object({ shipments: z.array(shipment).nullish() })

/** One thing DHL saw; times are local, mostly without an offset. */
export type DhlEvent = z.output<typeof event>
/** A shipment with its pieces; people and places may be blank and are not read. */
export type DhlTracked = z.output<typeof shipment>

/** Reads a reply of GET /tracking. */
export const readTracking = (reply: HttpReply): DhlTracked[] =>
  readAs(tracking, jsonOf(reply, WHO), WHO).shipments ?? []
