import { readFileSync } from 'node:fs'
import type { Hono } from 'hono'
import { addRoute, type Call, type Env, send } from './api.ts'
import { gmtOf, instantOfGmt, localOf } from './clock.ts'
import { trimFields } from './query.ts'

const statuses: unknown = JSON.parse(
  readFileSync(new URL('../../data/woocommerce/order-statuses.json', import.meta.url), 'utf8'),
)

/** Puts in place what a connector looks at first: the index, the state of the system, the list of statuses. */
export function addSystemRoutes(app: Hono<Env>): void {
  app.get('/wp-json', showIndex)
  addRoute(app, '/system_status', { kind: 'collection', allow: 'GET', handlers: { GET: showSystem } })
  addRoute(app, '/orders/statuses', { kind: 'collection', allow: 'GET', handlers: { GET: (c) => send(c, statuses) } })
  for (const [group, settings] of Object.entries(SETTINGS)) {
    const handlers = {
      GET: (c: Call) =>
        send(
          c,
          settings.map((setting) => trimFields(setting, c.var.query)),
        ),
    }
    addRoute(app, `/settings/${group}`, { kind: 'collection', allow: 'GET', handlers })
  }
}

const SETTINGS = {
  general: [
    { id: 'woocommerce_calc_taxes', type: 'checkbox', default: 'no', value: 'yes' },
    { id: 'woocommerce_currency', type: 'select', default: 'USD', value: 'EUR' },
    { id: 'woocommerce_price_num_decimals', type: 'number', default: '2', value: '2' },
  ],
  tax: [
    { id: 'woocommerce_prices_include_tax', type: 'radio', default: 'no', value: 'no' },
    { id: 'woocommerce_tax_round_at_subtotal', type: 'checkbox', default: 'no', value: 'no' },
  ],
}

function showIndex(c: Call): Response {
  const { home, shop } = c.var.seen
  const gmt = gmtOf(shop.now())
  const offset = (instantOfGmt(localOf(gmt, shop.zone)) - instantOfGmt(gmt)) / 3_600_000
  const paths = ['/', '/wc/v3', '/wc/v3/orders', '/wc/v3/refunds', '/wc/v3/system_status']
  return send(c, {
    name: 'Boutique Bio',
    description: '',
    url: home,
    home,
    gmt_offset: offset,
    timezone_string: shop.zone,
    namespaces: ['oembed/1.0', 'wc/v1', 'wc/v2', 'wc/v3', 'wc/store', 'wp/v2'],
    authentication: {},
    routes: Object.fromEntries(
      paths.map((path) => [path, { namespace: path === '/' ? '' : 'wc/v3', methods: ['GET'] }]),
    ),
  })
}

/** The members that a connection check reads; the real answer has many more. */
function showSystem(c: Call): Response {
  const { home } = c.var.seen
  const environment = {
    home_url: home,
    site_url: home,
    version: '10.4.3',
    wp_version: '6.8.3',
    wp_multisite: false,
    language: 'fr_FR',
    php_version: '8.2.29',
    default_timezone: 'UTC',
  }
  const shown = {
    environment,
    active_plugins: [],
    settings: { api_enabled: false, currency: 'EUR', number_of_decimals: 2 },
  }
  return send(c, trimFields(shown, c.var.query))
}
