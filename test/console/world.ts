import type { Insertable } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { EffectsTable, OperationsTable, OrdersTable, ParkedStepsTable } from '../../db/schema.ts'
import type { Address } from '../../domain/address.ts'
import type { WebOrder } from '../../domain/order.ts'

const address: Address = {
  company: null,
  lastName: "D'Arcy-Éluard",
  firstName: 'Jeanne',
  lines: ['Zone artisanale & commerciale', 'Quai n°2'],
  postalCode: '13009',
  city: 'Marseille',
  country: 'FR',
  phone: '0612345678',
}

/** A web order, invented. */
export function webOrder(o: Partial<WebOrder> = {}): WebOrder {
  return {
    site: 'boutique-bio',
    webId: '1042',
    number: '1042',
    webStatus: 'processing',
    currency: 'EUR',
    placedAt: '2026-11-24T08:12:00Z',
    modifiedAt: '2026-11-24T08:12:00Z',
    customer: {
      webCode: '2',
      company: null,
      lastName: "D'Arcy-Éluard",
      firstName: 'Jeanne',
      email: 'jeanne@client.example',
      phone: '0612345678',
      siren: null,
      vatNumber: null,
    },
    billing: address,
    shipping: address,
    pickupPoint: null,
    lines: [
      {
        kind: 'item',
        code: 'SAV-LAV-100',
        name: 'Savon à la lavande 100 g',
        quantity: 3,
        gross: 2370,
        vat: 395,
        discount: 237,
        discountVat: 40,
        vatRate: '20.00',
      },
      {
        kind: 'item',
        code: 'MIEL-500',
        name: 'Miel de châtaignier 500 g',
        quantity: 2,
        gross: 2580,
        vat: 135,
        discount: 0,
        discountVat: 0,
        vatRate: '5.50',
      },
      {
        kind: 'shipping',
        code: 'flat_rate',
        name: 'Livraison à domicile',
        quantity: 1,
        gross: 690,
        vat: 115,
        discount: 0,
        discountVat: 0,
        vatRate: '20.00',
      },
    ],
    coupons: ['NOEL10'],
    shippingMethod: { code: 'flat_rate', name: 'Livraison à domicile' },
    paymentMethod: { code: 'stripe', name: 'Carte bancaire' },
    payments: [
      { id: 'ch_0001', method: 'stripe', amount: 5403, transactionId: 'ch_0001', paidAt: '2026-11-24T08:12:00Z' },
    ],
    refunds: [],
    total: 5403,
    weight: null,
    note: '',
    ...o,
  }
}

/** Puts an order into the database. */
export async function putOrder(db: Db, web: WebOrder, o: Partial<Insertable<OrdersTable>> = {}): Promise<void> {
  const row = {
    site: web.site,
    web_id: web.webId,
    number: web.number,
    web_status: web.webStatus,
    fingerprint: web.webId,
    currency: web.currency,
    total: web.total,
  }
  const moments = { modified_at: web.modifiedAt, placed_at: web.placedAt, imported_at: new Date(web.placedAt) }
  await db
    .insertInto('orders')
    .values({ ...row, ...moments, snapshot: JSON.stringify(web), life_started: true, ...o })
    .execute()
}

/** Puts a row into the report. */
export async function putOperation(db: Db, o: Partial<Insertable<OperationsTable>> & { id: string }): Promise<void> {
  const row = {
    type: 'Commande',
    direction: 'site-codial',
    light: 'vert',
    message: 'Commande livrée.',
    trigger: 'planifié',
  } as const
  await db
    .insertInto('operations')
    .values({ ...row, ...o })
    .execute()
}

/** Makes a step wait. */
export async function putParked(db: Db, o: Partial<Insertable<ParkedStepsTable>> = {}): Promise<void> {
  const [site, web_id] = [o.site ?? 'boutique-bio', o.web_id ?? '1042']
  const row = {
    site,
    web_id,
    workflow_id: `order:${site}:${web_id}`,
    step: 'admit',
    code: 'unknown-payment-method',
    may_skip: false,
    since: '2026-11-24T08:15:00Z',
  }
  const remedy =
    '« alma_3x » (Alma, 3 fois) — Faites correspondre ce mode de règlement à un mode de Codial, puis relancez.'
  await db
    .insertInto('parked_steps')
    .values({ ...row, remedy, ...o })
    .execute()
}

/** Puts an effect of an order. */
export async function putEffect(db: Db, step: string, o: Partial<Insertable<EffectsTable>> = {}): Promise<void> {
  const [site, web_id] = [o.site ?? 'boutique-bio', o.web_id ?? '1042']
  const row = {
    key: `${site}:${web_id}:${step}`,
    site,
    web_id,
    step,
    state: 'done',
    answer: '{}',
    started_at: new Date('2026-11-24T08:16:00Z'),
    done_at: '2026-11-24T08:16:01Z',
  } as const
  await db
    .insertInto('effects')
    .values({ ...row, ...o })
    .execute()
}

/** Empties what the console shows. */
export async function emptyWorld(db: Db): Promise<void> {
  for (const table of [
    'orders',
    'effects',
    'documents',
    'shipments',
    'parcels',
    'invoices',
    'payments',
    'mappings',
    'carrier_rules',
    'operations',
    'parked_steps',
  ] as const) {
    await db.deleteFrom(table).execute()
  }
}
