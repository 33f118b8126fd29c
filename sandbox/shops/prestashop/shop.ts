import { type Ledger, openLedger, openStore, type Store } from '../../kit.ts'
import { gmtOf, localOf } from '../woocommerce/clock.ts'
import type { Associations, Row, ShopState, Value, Version } from './model.ts'
import { textOf } from './model.ts'
import { REFERENCE } from './schemas.ts'

/** The shop behind the web service. */
export interface Shop {
  store: Store<ShopState>
  ledger: Ledger
  now: () => Date
  /** Time zone of the shop, an IANA name. */
  zone: string
  version: Version
  /** The web service is switched on. */
  isOpen: boolean
}

/** A shop that never sold anything. */
export const emptyShop = (): ShopState => ({ tables: {}, next: {}, mails: [] })

const ENGLISH: Row = {
  id: 2,
  name: 'English',
  iso_code: 'en',
  locale: 'en-US',
  language_code: 'en-us',
  active: '1',
  is_rtl: '0',
  date_format_lite: 'm/d/Y',
  date_format_full: 'm/d/Y H:i:s',
}

/** Opens a shop on its file, or in memory. */
export function openShop(o: {
  file?: string
  now?: () => Date
  zone: string
  version: Version
  languages: 1 | 2
}): Shop {
  const store = openStore(o.file, emptyShop)
  if (o.languages === 2) store.data.tables.languages = [...(REFERENCE.languages ?? []), ENGLISH]
  const { zone, version } = o
  return { store, ledger: openLedger(store), now: o.now ?? (() => new Date()), zone, version, isOpen: true }
}

/** The shop's clock as it writes times: local, without a zone. */
export const timeOf = (shop: Shop): string => localOf(gmtOf(shop.now()), shop.zone).replace('T', ' ')

/** The rows of a resource, in the order of the table. */
export function rowsOf(shop: Shop, resource: string): Row[] {
  const { tables } = shop.store.data
  const own = Object.hasOwn(tables, resource) ? tables[resource] : undefined
  if (own) return own
  const fixed = Object.hasOwn(REFERENCE, resource) ? REFERENCE[resource] : undefined
  if (resource === 'configurations' && fixed) return fixed.map((row) => withZone(row, shop.zone))
  if (fixed) return fixed
  tables[resource] = []
  return tables[resource]
}

const withZone = (row: Row, zone: string): Row => (row.name === 'PS_TIMEZONE' ? { ...row, value: zone } : row)

/** One row by its id; undefined when there is none. */
export const findRow = (shop: Shop, resource: string, id: number): Row | undefined =>
  rowsOf(shop, resource).find((row) => row.id === id)

/** The rows whose field has this value. */
export const rowsWith = (shop: Shop, resource: string, field: string, value: string | number): Row[] =>
  rowsOf(shop, resource).filter((row) => textOf(row, field) === String(value))

/** Takes the next number of a counter; a table's counter starts after its last row. */
export function nextNumber(shop: Shop, name: string): number {
  const { next, tables } = shop.store.data
  const last = Math.max(0, ...(tables[name] ?? []).map((row) => row.id))
  const number = Math.max(next[name] ?? 1, last + 1)
  next[name] = number + 1
  return number
}

/** Writes one row down under a new id. */
export function insertRow(
  shop: Shop,
  resource: string,
  values: Record<string, Value>,
  associations?: Associations,
): Row {
  const row: Row = { id: nextNumber(shop, resource), ...values, ...(associations ? { associations } : {}) }
  rowsOf(shop, resource).push(row)
  shop.store.save()
  return row
}

/** Marks a row as changed now. */
export function touch(shop: Shop, row: Row): void {
  row.date_upd = timeOf(shop)
  shop.store.save()
}

/** The order with this id; an unknown one is a mistake of the caller. */
export function orderNamed(shop: Shop, id: string | number): Row {
  const order = findRow(shop, 'orders', Number(id))
  if (!order) throw new RangeError(`no order ${id}`)
  return order
}
