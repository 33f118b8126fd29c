import { z } from 'zod'
import { listOf } from '../../wire/soap.ts'

/** How the other side is called in messages. */
export const WHO = 'Chronopost'

const text = z.string().trim().optional()
const some = <S extends z.ZodType>(schema: S) => z.preprocess(listOf, z.array(schema))

const outcome = z.object({
  errorCode: z
    .string()
    .trim()
    .regex(/^-?\d{1,9}$/)
    .transform(Number),
  errorMessage: text,
})

/** What every answer says first; code 0 is success. */
export type Outcome = z.output<typeof outcome>

/** Answer of `cancelSkybill`. */
export const Cancelled = outcome

const skybill = z.object({ skybillNumber: text, reservationNumber: text, pdfEtiquette: text })

/** Answer of `shippingMultiParcelV5` (labels inside) and of `shippingMultiParcelWithReservationV3` (labels reserved). */
export const Sold = outcome.extend({
  reservationNumber: text,
  resultMultiParcelValue: some(skybill),
  resultParcelValue: some(skybill),
})

/** Answer of `getReservedSkybillWithTypeAndMode` and of its Auth variant; `skybill` in base64. */
export const Reserved = outcome.extend({ skybill: text })

const event = z.object({ code: text, eventDate: text, eventLabel: text })

/** One thing that was seen of a parcel; codes may have been padded, dates carry their offset. */
export type SkybillEvent = z.output<typeof event>

/** An optional element that may also be there and empty. */
const holder = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

/** Answer of `trackSkybillV2`: oldest event first. */
export const Tracked = outcome.extend({ listEventInfoComp: holder(z.object({ events: some(event) })) })

/** Answer of `trackWithSenderRef`. */
export const FoundByReference = outcome.extend({ listParcel: some(z.object({ skybillNumber: text })) })

/** Answer of `trackSearch`. */
export const Searched = outcome.extend({
  listInfosPOD: some(z.object({ skybillNumber: text, shipperRef: text })),
})

/** Answer of `calculateProducts`; amounts are xs:float. */
export const Calculated = outcome.extend({
  productList: some(z.object({ productCode: text, amountTTC: text })),
})

const point = z.object({
  identifiant: z.string().trim().min(1),
  nom: text,
  adresse1: text,
  adresse2: text,
  adresse3: text,
  codePostal: text,
  localite: text,
  codePays: text,
  distanceEnMetre: text,
  actif: text,
  listeHoraireOuverture: some(z.object({ jour: text, horairesAsString: text })),
})

/** A pickup point; `jour` 1 is Monday. */
export type Point = z.output<typeof point>

/** Answer of `recherchePointChronopost` and of its Inter variant. No schema is published: read as the service answers it. */
export const PointsFound = outcome.extend({ listePointRelais: some(point) })
