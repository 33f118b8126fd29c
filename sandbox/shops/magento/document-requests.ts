import { z } from 'zod'
import type { Shipment } from './documents.ts'
import type { Json } from './door.ts'
import type { Wanted } from './quantities.ts'
import type { TrackWish } from './shipping.ts'

// Types and required members were checked against the published schema before: these shapes only pick and name.

const bodyShape = z.object({
  items: z.array(z.object({ order_item_id: z.int(), qty: z.number() })).nullish(),
  tracks: z
    .array(z.object({ track_number: z.string().nullish(), title: z.string(), carrier_code: z.string() }))
    .nullish(),
  appendComment: z.boolean().nullish(),
  comment: z.object({ comment: z.string(), is_visible_on_front: z.int() }).nullish(),
  arguments: z
    .object({
      shipping_amount: z.number().nullish(),
      adjustment_positive: z.number().nullish(),
      adjustment_negative: z.number().nullish(),
      extension_attributes: z.object({ source_code: z.string().nullish() }).nullish(),
    })
    .nullish(),
})

/** The lines that a document is asked for; quantities of goods sold by piece lose their decimals, as in the program. */
export const readDocumentItems = (body: Json): { order_item_id: number; qty: number }[] =>
  (bodyShape.parse(body).items ?? []).map(({ order_item_id, qty }) => ({ order_item_id, qty: Math.trunc(qty) }))

/** No line named means everything that is left. */
export const wantedOf = (items: ReturnType<typeof readDocumentItems>): Wanted =>
  items.length === 0 ? null : new Map(items.map(({ order_item_id, qty }) => [order_item_id, qty]))

/** The tracks of a new shipment; a missing number is empty. */
export const readTracks = (body: Json): TrackWish[] =>
  (bodyShape.parse(body).tracks ?? []).map((track) => ({ ...track, track_number: track.track_number ?? '' }))

/** The comment of a new shipment, kept only when it is to be appended, and the source it leaves from. */
export function readComment(body: Json): { comment: Shipment['comment']; source: string } {
  const { appendComment, comment, arguments: more } = bodyShape.parse(body)
  return {
    comment: appendComment && comment ? comment : null,
    source: more?.extension_attributes?.source_code ?? 'default',
  }
}

/** A number of `arguments`; null when it is not there. */
export const readNumber = (
  body: Json,
  name: 'shipping_amount' | 'adjustment_positive' | 'adjustment_negative',
): number | null => bodyShape.parse(body).arguments?.[name] ?? null
