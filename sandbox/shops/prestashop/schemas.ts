import { readFileSync } from 'node:fs'
import { OWN_CARRIERS } from './carriers.ts'
import type { Row, Schema } from './model.ts'

const readData = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/prestashop/${name}.json`, import.meta.url), 'utf8'))

/** The resources that this shop has, by name. */
export const SCHEMAS = readData('schemas') as Record<string, Schema>

const FIXED = [
  'configurations',
  'countries',
  'currencies',
  'groups',
  'languages',
  'order_states',
  'shops',
  'tax_rule_groups',
  'tax_rules',
  'taxes',
]

/** Reference rows that no order changes, by resource. */
export const REFERENCE: Record<string, Row[]> = {
  ...Object.fromEntries(FIXED.map((name) => [name, readData(name) as Row[]])),
  carriers: [...(readData('carriers') as Row[]), ...OWN_CARRIERS],
}

const REST =
  'attachments cart_rules carts categories combinations contacts content_management_system customizations deliveries ' +
  'employees guests image_types images manufacturers price_ranges product_customization_fields product_feature_values ' +
  'product_features product_option_values product_options product_suppliers products search shop_groups shop_urls ' +
  'specific_price_rules specific_prices states stock_availables stock_movement_reasons stock_movements stocks stores ' +
  'suppliers supply_order_details supply_order_histories supply_order_receipt_histories supply_order_states ' +
  'supply_orders tags translated_configurations warehouse_product_locations warehouses weight_ranges zones'

/** Every resource that the program knows, those that this shop grants to nobody included. */
export const ALL_RESOURCES: string[] = [...Object.keys(SCHEMAS), ...REST.split(' ')].sort()

/** The class that the program names in its validation errors. */
export const classOf = (schema: Schema): string =>
  schema.one
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')

/** The schema of a resource that this shop has. */
export function schemaOf(resource: string): Schema {
  const schema = Object.hasOwn(SCHEMAS, resource) ? SCHEMAS[resource] : undefined
  if (!schema) throw new RangeError(`no resource ${resource}`)
  return schema
}
