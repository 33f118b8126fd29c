import type { Hono } from 'hono'
import { html } from 'hono/html'
import { euros, type OrderCard, openShopPage } from '../page.ts'
import type { ShownOrder } from '../shop-sandbox.ts'
import type { Row } from './model.ts'
import { textOf } from './model.ts'
import { placeOrder } from './placing.ts'
import { refundOrder } from './refunds.ts'
import { findRow, rowsOf, rowsWith, type Shop } from './shop.ts'
import { isUnpaid, markPaid, moveState } from './states.ts'
import { TEMPLATES } from './templates.ts'
import { showOrder } from './view.ts'

/** The page of the shop. */
export const openPage = (shop: Shop): Hono =>
  openShopPage<Row>({
    name: 'Boutique Bio',
    platform: `PrestaShop ${shop.version}`,
    templates: Object.keys(TEMPLATES),
    placeOrder: (o) => placeOrder(shop, o),
    cards: () =>
      rowsOf(shop, 'orders')
        .toReversed()
        .map((order) => cardOf(shop, order)),
    find: (id) => findRow(shop, 'orders', id),
    acts: {
      pay: (order) => markPaid(shop, order),
      cancel: (order) => moveState(shop, order, 6, '1'),
      refund(order) {
        if (leftOf(showOrder(shop, order)) > 0) refundOrder(shop, order)
      },
    },
  })

const STATES: Record<string, string> = {
  2: 'Paiement accepté',
  3: 'En préparation',
  4: 'Expédiée',
  5: 'Livrée',
  6: 'Annulée',
  7: 'Remboursée',
  8: 'Erreur de paiement',
  10: 'Attente du virement',
}

function cardOf(shop: Shop, order: Row): OrderCard {
  const shown = showOrder(shop, order)
  const { id, number, status } = shown
  return {
    id,
    number,
    title: `Commande ${number} (n° ${id})`,
    status: STATES[status] ?? status,
    body: bodyOf(shop, order, shown),
    can: actsOf(shop, order, shown),
  }
}

function bodyOf(shop: Shop, order: Row, shown: ShownOrder) {
  const details = rowsWith(shop, 'order_details', 'id_order', order.id)
  const address = findRow(shop, 'addresses', Number(order.id_address_delivery))
  const buyer = address ? ['firstname', 'lastname', 'city'].map((name) => textOf(address, name)).join(' ') : ''
  return html`<p>
      ${textOf(order, 'date_add')} · ${buyer} · <strong>${euros(shown.total)}</strong> · ${textOf(order, 'payment')}
    </p>
    <ul>
      ${details.map((line) => html`<li>${textOf(line, 'product_quantity')} × ${textOf(line, 'product_name')} <small>(${textOf(line, 'product_reference')})</small></li>`)}
    </ul>
    ${shown.tracking.map((number) => html`<p>Suivi : <code>${number}</code></p>`)}
    ${shown.comments.map((comment) => html`<p>Message au client : ${comment}</p>`)}
    ${shown.refunds.map(({ id, amount }) => html`<p>Avoir n° ${id} : ${euros(amount)}</p>`)}`
}

const leftOf = ({ total, refunds }: ShownOrder): number => refunds.reduce((left, { amount }) => left - amount, total)

function actsOf(shop: Shop, order: Row, shown: ShownOrder): OrderCard['can'] {
  const isUnpaidNow = isUnpaid(shop, order)
  const isPaid = textOf(order, 'total_paid_real') !== '0.000000'
  return {
    pay: isUnpaidNow,
    cancel: !['6', '7'].includes(textOf(order, 'current_state')),
    refund: !isUnpaidNow && isPaid && leftOf(shown) > 0,
  }
}
