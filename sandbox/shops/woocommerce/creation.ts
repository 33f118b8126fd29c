import { type Call, readBody, send } from './api.ts'
import { COUPONS } from './catalogue.ts'
import { gmtOf } from './clock.ts'
import { Refusal } from './replies.ts'
import { buildOrder } from './variations.ts'

/** Only what was recorded of creating orders: an unknown coupon is refused, and yet leaves a draft behind (since 10.0). */
export async function createOrder(c: Call): Promise<Response> {
  const { shop } = c.var.seen
  const body = await readBody(c)
  const lines: unknown[] = Array.isArray(body.coupon_lines) ? body.coupon_lines : []
  const codes = lines.map((line) =>
    String(typeof line === 'object' && line !== null && 'code' in line ? line.code : ''),
  )
  const unknown = codes.find((code) => !Object.hasOwn(COUPONS, code))
  if (unknown === undefined) return send(c, NOT_MODELLED.body, NOT_MODELLED.status)
  const id = shop.store.data.next.post++
  const draft = buildOrder({ template: 'paid-card', seed: 0, id, numbers: shop.numbers, now: shop.now() })
  const unpaid = {
    status: 'checkout-draft',
    date_paid_gmt: null,
    transaction_id: '',
    payment_method: '',
    payment_method_title: '',
  }
  shop.store.data.orders.push({ ...draft, ...unpaid, date_created_gmt: gmtOf(shop.now()) })
  shop.store.save()
  const message = `Coupon &quot;${unknown}&quot; cannot be applied because it does not exist.`
  throw new Refusal(400, 'woocommerce_rest_invalid_coupon', message, { status: 400, new_draft_order_id: id })
}

const NOT_MODELLED = new Refusal(
  501,
  'sandbox_not_modelled',
  'The sandbox takes orders on its own page, not through the API.',
)
