import type { ZodType, z } from 'zod'
import { isSince, type PsClient, UnknownResource } from './client.ts'
import {
  type PsAddress,
  type PsCarrier,
  type PsCartRule,
  type PsCustomer,
  type PsDetail,
  type PsOrder,
  type PsPayment,
  type PsSibling,
  type PsSlip,
  psAddress,
  psCarrier,
  psCartRule,
  psCountry,
  psCurrency,
  psCustomer,
  psDetail,
  psNote,
  psPayment,
  psSibling,
  psSlip,
  psTax,
} from './wire.ts'

/** All that orders of one page need beside themselves, by id. */
export interface Parts {
  details: Map<string, PsDetail[]>
  /** null: this program does not say which vouchers were used (before 1.7.8). */
  cartRules: Map<string, PsCartRule[]> | null
  slips: Map<string, PsSlip[]>
  /** By reference, oldest first. */
  payments: Map<string, PsPayment[]>
  /** By reference: the orders split from one cart, by id. */
  siblings: Map<string, PsSibling[]>
  notes: Map<string, string[]>
  addresses: Map<string, PsAddress>
  customers: Map<string, PsCustomer>
  carriers: Map<string, PsCarrier>
  countries: Map<string, string>
  currencies: Map<string, string>
  rates: Map<string, string>
  /** Rows that cannot be read, as "field value" -> "resource.field": the orders that they belong to are refused alone. */
  broken: Map<string, string>
}

/** Reads the parts of some orders in a fixed number of calls, whatever their number. */
export type Gather = (orders: PsOrder[]) => Promise<Parts>

/** Opens the gathering of one shop; carriers, countries, currencies and taxes are remembered, as an id never changes its meaning. */
export function openGather(client: PsClient): Gather {
  const carriers = remember(client, 'carriers', psCarrier, '[id,id_reference,name]')
  const countries = remember(client, 'countries', psCountry, '[id,iso_code]')
  const currencies = remember(client, 'currencies', psCurrency, '[id,iso_code]')
  const taxes = remember(client, 'taxes', psTax, '[id,rate]')

  return async (orders) => {
    const broken = new Map<string, string>()
    const [ids, references] = [orders.map((order) => order.id), orders.map((order) => order.reference)]
    const [details, slips, payments, siblings] = await Promise.all([
      by(client, 'order_details', psDetail, { display: 'full', field: 'id_order', values: ids, broken }),
      by(client, 'order_slip', psSlip, { display: 'full', field: 'id_order', values: ids, broken }),
      by(client, 'order_payments', psPayment, {
        display: PAYMENT,
        field: 'order_reference',
        values: references,
        broken,
      }),
      by(client, 'orders', psSibling, { display: SIBLING, field: 'reference', values: references, broken }),
    ])
    const customerIds = orders.map((order) => order.id_customer)
    const addressIds = orders.flatMap((order) => [order.id_address_delivery, order.id_address_invoice])
    const [addresses, customers, notes, cartRules] = await Promise.all([
      by(client, 'addresses', psAddress, { display: 'full', field: 'id', values: addressIds, broken }),
      by(client, 'customers', psCustomer, { display: CUSTOMER, field: 'id', values: customerIds, broken }),
      by(client, 'messages', psNote, { display: NOTE, field: 'id_order', values: ids, broken }),
      cartRulesOf(client, ids, broken),
    ])
    const taxIds = details.flatMap((detail) => detail.associations.taxes.map((tax) => tax.id))
    const [carrierRows, countryRows, currencyRows, taxRows] = await Promise.all([
      carriers(orders.map((order) => order.id_carrier).filter(Boolean)),
      countries(addresses.map((address) => address.id_country)),
      currencies(orders.map((order) => order.id_currency)),
      taxes(taxIds),
    ])
    return {
      ...{ notes: notesOf(notes), addresses: index(addresses), customers: index(customers), broken },
      carriers: carrierRows,
      details: groups(details, (row) => row.id_order),
      cartRules: cartRules && groups(cartRules, (row) => row.id_order),
      slips: groups(slips, (row) => row.id_order),
      payments: groups(payments, (row) => row.order_reference),
      siblings: groups(siblings, (row) => row.reference),
      countries: values(countryRows, (row) => row.iso_code.toUpperCase()),
      currencies: values(currencyRows, (row) => row.iso_code),
      rates: values(taxRows, (row) => row.rate),
    }
  }
}

const PAYMENT = '[id,order_reference,id_currency,amount,transaction_id,date_add]'
const SIBLING = '[id,reference,total_paid_tax_incl]'
/** Never `full`: it holds the password's hash and the customer's key. */
const CUSTOMER = '[id,lastname,firstname,email,company,siret,is_guest]'
const NOTE = '[id,id_order,id_customer,message]'

/** Reads every row whose field is one of the values, by id. */
async function by<S extends ZodType<{ id: string }>>(
  client: PsClient,
  resource: string,
  schema: S,
  o: { display: string; field: string; values: string[]; broken: Map<string, string> },
): Promise<z.output<S>[]> {
  const wanted = [...new Set(o.values)]
  if (wanted.length === 0) return []
  const query = { display: o.display, filter: { [o.field]: `[${wanted.join('|')}]` } }
  const rows = (await client.listRaw(resource, query)).flatMap((raw) => {
    const { success, data, error } = schema.safeParse(raw)
    if (success) return [data]
    o.broken.set(`${o.field} ${raw[o.field]}`, `${resource}.${error.issues[0]?.path.join('.')}`)
    return []
  })
  return rows.sort((a, b) => Number(a.id) - Number(b.id))
}

/** Vouchers are listed since 1.7.8; before, only the order's totals tell of them. */
async function cartRulesOf(client: PsClient, ids: string[], broken: Map<string, string>): Promise<PsCartRule[] | null> {
  const version = client.version()
  if (version && !isSince(version, '1.7.8')) return null
  try {
    return await by(client, 'order_cart_rules', psCartRule, { display: 'full', field: 'id_order', values: ids, broken })
  } catch (error) {
    if (error instanceof UnknownResource) return null
    throw error
  }
}

/** Reads only the rows that were never asked for. */
function remember<S extends ZodType<{ id: string }>>(client: PsClient, resource: string, schema: S, display: string) {
  const known = new Map<string, z.output<S>>()
  return async (ids: string[]): Promise<Map<string, z.output<S>>> => {
    const missing = ids.filter((id) => !known.has(id))
    for (const row of await by(client, resource, schema, {
      display,
      field: 'id',
      values: missing,
      broken: new Map(),
    })) {
      known.set(row.id, row)
    }
    return known
  }
}

/** The customer's own words; a note without a customer is the shop's, or ours. */
function notesOf(rows: z.output<typeof psNote>[]): Map<string, string[]> {
  const own = rows.filter((row) => row.id_customer !== '' && row.message !== '')
  return values(
    groups(own, (row) => row.id_order),
    (list) => list.map((row) => row.message),
  )
}

const groups = <Row>(rows: Row[], key: (row: Row) => string): Map<string, Row[]> => Map.groupBy(rows, key)
const index = <Row extends { id: string }>(rows: Row[]): Map<string, Row> => new Map(rows.map((row) => [row.id, row]))
const values = <Row, Value>(rows: Map<string, Row>, value: (row: Row) => Value): Map<string, Value> =>
  new Map([...rows].map(([id, row]) => [id, value(row)]))
