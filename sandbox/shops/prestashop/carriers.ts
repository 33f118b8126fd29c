import type { Row } from './model.ts'

const carrier = (o: {
  id: number
  reference: number
  name: string
  deleted?: boolean
  module?: string
  url?: string
}): Row => ({
  id: o.id,
  deleted: o.deleted ? '1' : '0',
  is_module: o.module ? '1' : '0',
  id_tax_rules_group: 1,
  id_reference: String(o.reference),
  name: o.name,
  active: o.deleted ? '0' : '1',
  is_free: '0',
  url: o.url ?? '',
  shipping_handling: '1',
  shipping_external: '0',
  range_behavior: '0',
  shipping_method: 1,
  max_width: '0',
  max_height: '0',
  max_depth: '0',
  max_weight: '0.000000',
  grade: '0',
  external_module_name: o.module ?? '',
  need_range: '0',
  position: String(o.id - 1),
  delay: 'Livraison en 48 h',
})

const url = 'https://www.laposte.fr/outils/suivre-vos-envois?code=@'

/** The carriers of this shop beside the demo ones; Colissimo was edited once: its `id` changed, its `id_reference` did not. */
export const OWN_CARRIERS: Row[] = [
  carrier({ id: 5, reference: 5, name: 'Colissimo', deleted: true }),
  carrier({ id: 6, reference: 6, name: 'Colissimo - Point de retrait', module: 'colissimo', url }),
  carrier({ id: 7, reference: 7, name: 'Mondial Relay', module: 'mondialrelay' }),
  carrier({ id: 8, reference: 5, name: 'Colissimo', url }),
]

/** The ids of the carriers that orders are placed with. */
export const CARRIER_IDS = { colissimo: 8, pickup: 6, unmapped: 7 } as const
