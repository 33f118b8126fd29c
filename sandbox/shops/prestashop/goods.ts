import { divide } from '../woocommerce/money.ts'
import type { Sold } from './catalogue.ts'
import type { Row } from './model.ts'
import { textOfCents, textOfMicro } from './money.ts'
import type { Amount, Priced, Voucher } from './pricing.ts'
import { insertRow, type Shop } from './shop.ts'

const ZERO = '0.000000'

/** The totals of an order as its fields. */
export function totalsOf({ discounts, paid, products, shipping, wrapping }: Omit<Priced, 'units' | 'lines'>) {
  const amount = (name: string, { net, gross }: Amount) => ({
    [name]: textOfCents(gross),
    [`${name}_tax_incl`]: textOfCents(gross),
    [`${name}_tax_excl`]: textOfCents(net),
  })
  return {
    ...amount('total_discounts', discounts),
    ...amount('total_paid', paid),
    total_products: textOfCents(products.net),
    total_products_wt: textOfCents(products.gross),
    ...amount('total_shipping', shipping),
    ...amount('total_wrapping', wrapping),
  }
}

/** Writes down the lines of an order. */
export function addDetails(shop: Shop, order: Row, o: { lines: Sold[]; priced: Priced }): void {
  for (const [index, sold] of o.lines.entries()) {
    const unit = o.priced.units[index] ?? { net: 0, gross: 0 }
    const line = o.priced.lines[index] ?? { net: 0, gross: 0 }
    const { taxId } = sold.rate
    const taxes = taxId === null ? [] : [{ id: String(taxId) }]
    insertRow(shop, 'order_details', { id_order: String(order.id), ...detailOf(sold, { unit, line }) }, { taxes })
  }
}

function detailOf(sold: Sold, { unit, line }: { unit: Amount; line: Amount }) {
  const { article, quantity, net, percent, rate } = sold
  return {
    ...headOf(sold),
    product_price: textOfMicro(net),
    reduction_percent: `${percent}.00`,
    reduction_amount: ZERO,
    reduction_amount_tax_incl: ZERO,
    reduction_amount_tax_excl: ZERO,
    product_quantity_discount: ZERO,
    product_ean13: article.ean,
    product_isbn: '',
    product_upc: '',
    product_mpn: '',
    product_reference: article.sku,
    product_supplier_reference: '',
    product_weight: textOfMicro(article.weight),
    tax_computation_method: '0',
    id_tax_rules_group: String(rate.group),
    ecotax: ZERO,
    ecotax_tax_rate: '0.000',
    download_nb: '0',
    unit_price_tax_incl: textOfMicro(unit.gross),
    unit_price_tax_excl: textOfMicro(unit.net),
    total_price_tax_incl: textOfCents(line.gross),
    total_price_tax_excl: textOfCents(line.net),
    total_shipping_price_tax_excl: ZERO,
    total_shipping_price_tax_incl: ZERO,
    purchase_supplier_price: ZERO,
    original_product_price: textOfMicro(divide(net * 100, 100 - percent)),
    original_wholesale_price: ZERO,
    total_refunded_tax_excl: ZERO,
    total_refunded_tax_incl: ZERO,
    product_quantity: String(quantity),
  }
}

const headOf = ({ article, quantity }: Sold) => ({
  product_id: String(article.id),
  product_attribute_id: '0',
  product_quantity_reinjected: '0',
  group_reduction: '0.00',
  discount_quantity_applied: '0',
  download_hash: '',
  download_deadline: '0000-00-00 00:00:00',
  id_order_invoice: '0',
  id_warehouse: '0',
  id_shop: '1',
  id_customization: '0',
  product_name: article.name,
  product_quantity_in_stock: String(quantity),
  product_quantity_return: '0',
  product_quantity_refunded: '0',
})

/** Writes down the vouchers that an order used. */
export function addVouchers(shop: Shop, order: Row, o: { vouchers: Voucher[]; priced: Priced }): void {
  for (const [index, voucher] of o.vouchers.entries()) {
    const value = o.priced.vouchers[index] ?? { net: 0, gross: 0 }
    insertRow(shop, 'order_cart_rules', {
      id_order: String(order.id),
      id_cart_rule: String(voucher.id),
      id_order_invoice: '0',
      name: voucher.name,
      value: textOfMicro(value.gross),
      value_tax_excl: textOfMicro(value.net),
      free_shipping: voucher.kind === 'shipping' ? '1' : '0',
      deleted: '0',
    })
  }
}
