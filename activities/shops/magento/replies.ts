import { z } from 'zod'
import { amount, flag, id, list, moment, orZero, status, text } from './parts.ts'

const paper = z.object({
  entity_id: id,
  increment_id: text,
  order_id: id,
  state: id.nullish(),
  grand_total: amount,
  created_at: moment,
  updated_at: moment,
  transaction_id: text,
})
/** An invoice: money asked for, and had when its state is 2. */
export type MgInvoice = z.output<typeof paper>
/** What credit memos have and invoices have not. */
export const mgMemo = paper.extend({ comments: list(z.object({ comment: text })) })
/** A credit memo: money given back. */
export type MgMemo = z.output<typeof mgMemo>
/** An invoice: money asked for, and had when its state is 2. */
export const mgInvoice = paper

/** A page of any list, its rows still unread: each is read alone. */
export const mgPage = z.object({ items: list(z.unknown()), total_count: z.int() })
/** What is enough to name a row of a list, and to go on behind it. */
export const mgName = z.object({ entity_id: id, updated_at: z.string().min(19), order_id: id.nullish() })
/** Where an order stands, and what was done to it. */
export const mgProgress = z.object({
  state: text,
  status,
  is_virtual: flag,
  grand_total: orZero,
  total_invoiced: orZero,
  total_canceled: orZero,
  status_histories: list(z.object({ comment: text, is_visible_on_front: flag })),
})
/** Where an order stands, and what was done to it. */
export type MgProgress = z.output<typeof mgProgress>
/** A shipment with the numbers that it shows. */
export const mgShipment = z.object({ entity_id: id, tracks: list(z.object({ track_number: text })) })
/** The id of a document that was made: a number or a text. */
export const mgMade = id
/** The answer to a comment or a cancellation. */
export const mgDone = z.boolean()
/** A shipment's new number. */
export const mgTrack = z.object({ entity_id: id })
/** The modules that are switched on. */
export const mgModules = z.array(z.string())
/** The shop's views: which code they have, and the currency, zone and unit of weight they use. */
export const mgStores = z.array(
  z.object({ id: id.nullish(), code: z.string(), base_currency_code: text, timezone: text, weight_unit: text }),
)

const parameters = z
  .union([
    z.array(text),
    z.record(z.string(), z.unknown()).transform((all) => z.record(z.string(), text.catch('')).parse(all)),
  ])
  .nullish()
  .catch(null)
/** The error body; `%name` in its message stands for a parameter. */
export const mgError = z.object({
  message: z.string(),
  parameters,
  errors: list(z.object({ message: z.string(), parameters })).catch([]),
})
