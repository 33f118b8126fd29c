import { ANY_ORDER, type CarrierRule, NO_METHOD } from './carrier-choice.ts'
import { type CustomsGoods, customsGoodsOf } from './goods.ts'
import type { Decimal } from './money.ts'
import type { OrderState } from './order.ts'

/** What to do with an order of a given web status. */
export type AdmissionRule = 'import' | 'wait' | 'ignore'

/** The kinds of tables that operators keep per site: theirs on the left, Codial's on the right. */
export type MappingKind =
  | 'admission'
  | 'payment-method'
  | 'item'
  | 'vat-rate'
  | 'fee'
  | 'erp-status'
  | 'shop-status'
  | 'gap'
  | 'customs'

/** How one site is read and written: its tables, and the defaults that hold where a table is silent. */
export interface SiteRules {
  admission: Record<string, AdmissionRule>
  paymentMethods: Record<string, string>
  /** Which carrier and service an order goes by: the first rule that it meets. */
  carrierRules: CarrierRule[]
  items: Record<string, string>
  vatRates: Record<Decimal, Decimal>
  fees: Record<string, string>
  /** ERP reference -> what customs must know; "*" stands for every item without a row. */
  customs: Record<string, CustomsGoods>
  /** ERP status label -> canonical state. */
  erpStatuses: Record<string, OrderState>
  /** Canonical state -> status of the shop; null: nothing to show. */
  shopStatuses: Partial<Record<OrderState, string | null>>
  /** ERP references of the special lines. */
  special: { shipping: string; discount: string; fee: string }
  /** A negative fee whose name matches is a gift card, hence a payment. */
  giftCardNames: string
  giftCardMethod: string
  /** An unexplained gap of the totals is a payment by this method; null: the order waits for a person. */
  gapMethod: string | null
  /** Differences up to this many cents become one rounding line. */
  roundingCents: number
  branch: string
}

/** Known methods and orders without one go home; a pickup point that was chosen with a known method is served. */
function byColissimo(...methods: string[]): CarrierRule[] {
  const rule = (service: string, conditions: Partial<CarrierRule>): CarrierRule => ({
    ...ANY_ORDER,
    ...conditions,
    choice: { carrier: 'COLISSIMO', service },
  })
  return [rule('HD', { methods, pickup: true }), rule('DOM', { methods }), rule('DOM', { methods: [NO_METHOD] })]
}

/** Defaults for a WooCommerce site in front of a Codial with usual codes; every entry can be changed per site. */
export const WOOCOMMERCE_RULES: SiteRules = {
  admission: {
    pending: 'wait',
    'on-hold': 'wait',
    processing: 'import',
    completed: 'import',
    cancelled: 'ignore',
    refunded: 'ignore',
    failed: 'ignore',
    trash: 'ignore',
    'checkout-draft': 'ignore',
  },
  paymentMethods: { stripe: 'CB', paypal: 'PAYPAL', bacs: 'VIREMENT', cheque: 'CHEQUE', cod: 'CONTRE_REMBOURSEMENT' },
  carrierRules: byColissimo('flat_rate', 'free_shipping'),
  items: {},
  vatRates: {},
  fees: { 'Emballage cadeau': 'EMB' },
  customs: {},
  erpStatuses: {
    Enregistrée: 'registered',
    'En préparation': 'preparing',
    Expédiée: 'shipped',
    Facturée: 'invoiced',
    Annulée: 'cancelled',
  },
  shopStatuses: {
    registered: 'processing',
    preparing: 'processing',
    'partially-shipped': 'processing',
    shipped: 'completed',
    delivered: 'completed',
    cancelled: 'cancelled',
    refunded: 'refunded',
  },
  special: { shipping: 'PORT', discount: 'REMISE', fee: 'FRAIS' },
  giftCardNames: 'carte cadeau|ch[eè]que cadeau|gift ?card',
  giftCardMethod: 'CHEQUE_CADEAU',
  gapMethod: null,
  roundingCents: 2,
  branch: 'LYON',
}

/**
 * Defaults for a PrestaShop site. States are the ids of a new shop as text (`order_states`; a merchant may add more), payments are
 * keyed by the order's `module`, carriers by `id_reference`, which outlives the edits of a carrier. Cash on delivery travels unpaid.
 * No state is shown for a registered order: from "3" on, PrestaShop takes an order as paid and writes the payment by itself.
 */
export const PRESTASHOP_RULES: SiteRules = {
  ...WOOCOMMERCE_RULES,
  admission: {
    '1': 'wait', // awaiting cheque
    '2': 'import', // payment accepted
    '3': 'import', // processing in progress
    '4': 'import', // shipped
    '5': 'import', // delivered
    '6': 'ignore', // cancelled
    '7': 'ignore', // refunded
    '8': 'ignore', // payment error
    '9': 'import', // on backorder, paid
    '10': 'wait', // awaiting bank wire
    '11': 'import', // remote payment accepted
    '12': 'wait', // on backorder, not paid
    '13': 'import', // awaiting cash on delivery validation
  },
  paymentMethods: {
    ps_wirepayment: 'VIREMENT',
    ps_checkpayment: 'CHEQUE',
    ps_cashondelivery: 'CONTRE_REMBOURSEMENT',
    ps_checkout: 'CB',
    stripe_official: 'CB',
    payplug: 'CB',
    paypal: 'PAYPAL',
  },
  carrierRules: byColissimo('2', '5', '6'), // a new shop's own carrier, and the first that a merchant adds
  shopStatuses: {
    preparing: '3',
    'partially-shipped': '3',
    shipped: '4',
    delivered: '5',
    cancelled: '6',
    refunded: '7',
  },
}

/**
 * Defaults for a Magento site: statuses of a new shop (a merchant may add more), payments keyed by `payment.method`, carriers by
 * the shipping method "carrier_method". Store credit and reward points of the paid edition are money, as gift cards are.
 */
export const MAGENTO_RULES: SiteRules = {
  ...WOOCOMMERCE_RULES,
  admission: {
    pending: 'wait',
    pending_payment: 'wait',
    payment_review: 'wait',
    holded: 'wait',
    processing: 'import',
    complete: 'import',
    canceled: 'ignore',
    closed: 'ignore',
    fraud: 'ignore',
  },
  paymentMethods: {
    checkmo: 'CHEQUE',
    banktransfer: 'VIREMENT',
    cashondelivery: 'CONTRE_REMBOURSEMENT',
    purchaseorder: 'VIREMENT',
    stripe_payments: 'CB',
    braintree: 'CB',
    adyen_cc: 'CB',
    payflowpro: 'CB',
    payplug_payments_standard: 'CB',
    paypal_express: 'PAYPAL',
    braintree_paypal: 'PAYPAL',
  },
  carrierRules: byColissimo('flatrate_flatrate', 'freeshipping_freeshipping', 'tablerate_bestway'),
  shopStatuses: {
    registered: 'processing',
    preparing: 'processing',
    'partially-shipped': 'processing',
    shipped: 'complete',
    delivered: 'complete',
    cancelled: 'canceled',
    refunded: 'closed',
  },
  giftCardNames: `${WOOCOMMERCE_RULES.giftCardNames}|avoir client|points de fid[eé]lit[eé]`,
}

/** The shop programs that we speak to. */
export type Platform = 'woocommerce' | 'prestashop' | 'magento'

/** How we log in to a shop; each platform has its own way. */
export type ShopLogin =
  | { platform: 'woocommerce'; key: string; secret: string }
  | { platform: 'prestashop'; key: string; idShop?: string }
  | { platform: 'magento'; storeCode?: string; token: string }
  | {
      platform: 'magento'
      storeCode?: string
      consumerKey: string
      consumerSecret: string
      accessToken: string
      accessSecret: string
    }

/** One row of a site's tables as kept in the database; `target` is plain text. */
export interface Mapping {
  kind: MappingKind
  source: string
  target: string
}

const ADD: Record<MappingKind, (rules: SiteRules, source: string, target: string) => Partial<SiteRules>> = {
  admission: (r, s, t) => ({ admission: { ...r.admission, [s]: t as AdmissionRule } }),
  'shop-status': (r, s, t) => ({ shopStatuses: { ...r.shopStatuses, [s]: t || null } }),
  'payment-method': (r, s, t) => ({ paymentMethods: { ...r.paymentMethods, [s]: t } }),
  item: (r, s, t) => ({ items: { ...r.items, [s]: t } }),
  'vat-rate': (r, s, t) => ({ vatRates: { ...r.vatRates, [s]: t } }),
  fee: (r, s, t) => ({ fees: { ...r.fees, [s]: t } }),
  'erp-status': (r, s, t) => ({ erpStatuses: { ...r.erpStatuses, [s]: t as OrderState } }),
  customs: (r, s, t) => {
    const goods = customsGoodsOf(t)
    return goods ? { customs: { ...r.customs, [s]: goods } } : {}
  },
  gap: (_, __, t) => ({ gapMethod: t || null }),
}

/** Lays the rows that operators entered over the defaults of the site. */
export function withMappings(rules: SiteRules, mappings: Mapping[]): SiteRules {
  const laid = { ...rules }
  for (const { kind, source, target } of mappings) Object.assign(laid, ADD[kind](laid, source, target))
  return laid
}

/** The defaults of a site of this platform, for the branch of Codial that registers and hands over its orders. */
export const siteRules = ({ platform, branch }: { platform: Platform; branch: string }): SiteRules => ({
  ...PLATFORM_RULES[platform],
  branch,
})

/** The defaults by platform, for the branch of the sandbox. */
export const PLATFORM_RULES: Record<Platform, SiteRules> = {
  woocommerce: WOOCOMMERCE_RULES,
  prestashop: PRESTASHOP_RULES,
  magento: MAGENTO_RULES,
}
