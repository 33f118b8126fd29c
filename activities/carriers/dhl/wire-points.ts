import { z } from 'zod'
import { type HttpReply, jsonOf, readAs } from '../../wire/http.ts'
import { WHO } from './wire.ts'

const text = z
  .string()
  .nullish()
  .transform((read) => read ?? '')
const address = z.object({
  addressLine1: text,
  addressLine2: text,
  addressLine3: text,
  city: text,
  zipCode: text,
  country: text,
})
const hours = z.object({ dayOfWeek: text, openingTime: text, closingTime: text })
const point = z.object({
  facilityId: z.string(),
  servicePointName: text,
  localName: text,
  address,
  distanceMetric: z.number().nullish(),
  openingHours: z.object({ openingHours: z.array(hours).nullish() }).nullish(),
  servicePointCapabilities: z
    .object({ shipmentCollection: z.boolean().nullish(), pieceWeightLimit: z.number().nullish() })
    .nullish(),
})
const points = z.object({
  status: z.object({ statusCode: z.number(), statusMessage: text }),
  servicePoints: z.array(point).nullish(),
})

/** A service point; distances are kilometres when they were asked for. */
export type DhlPoint = z.output<typeof point>
/** The reply of GET /servicepoints: its errors come with HTTP 200 and a code other than 1. */
export type DhlPoints = z.output<typeof points>

/** Reads service points. */
export const readPoints = (reply: HttpReply): DhlPoints => readAs(points, jsonOf(reply, WHO), WHO)
