import { type Api, answer, readBody } from './api.ts'
import { badProof } from './problems.ts'
import { CURRENCY } from './view.ts'

const MODULES = [
  'Magento_Store',
  'Magento_Config',
  'Magento_Eav',
  'Magento_Customer',
  'Magento_Integration',
  'Magento_Catalog',
  'Magento_Quote',
  'Magento_SalesRule',
  'Magento_Payment',
  'Magento_Sales',
  'Magento_Bundle',
  'Magento_ConfigurableProduct',
  'Magento_Shipping',
  'Magento_Tax',
  'Magento_InventoryApi',
  'Magento_InventoryShipping',
  'Stripe_StripePayments',
]

const STORE_BACKEND = 'Magento_Backend::store'

/** What tells about the shop itself: store views, websites, modules; and the sign-in that is closed. */
export function addSystemRoutes({ v1, only }: Api): void {
  v1.get('/store/storeConfigs', only(STORE_BACKEND), (c) => {
    const home = `http://${c.req.header('host') ?? '127.0.0.1'}/`
    return answer(c, [storeConfig(home)])
  })
  v1.get('/store/websites', only(STORE_BACKEND), (c) =>
    answer(c, [
      { id: 0, code: 'admin', name: 'Admin', default_group_id: 0 },
      { id: 1, code: 'base', name: 'Site principal', default_group_id: 1 },
    ]),
  )
  v1.get('/store/storeGroups', only(STORE_BACKEND), (c) =>
    answer(c, [{ id: 1, website_id: 1, root_category_id: 2, default_store_id: 1, name: 'Boutique', code: 'main' }]),
  )
  v1.get('/store/storeViews', only(STORE_BACKEND), (c) =>
    answer(c, [{ id: 1, code: 'default', name: 'Français', website_id: 1, store_group_id: 1, is_active: 1 }]),
  )
  v1.get('/modules', only('Magento_Backend::admin'), (c) => answer(c, MODULES))
  v1.post('/integration/admin/token', async (c) => {
    await readBody(c)
    throw badProof(
      'The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later.',
    )
  })
}

const storeConfig = (home: string) => ({
  id: 1,
  code: 'default',
  website_id: 1,
  locale: 'fr_FR',
  base_currency_code: CURRENCY.base_currency_code,
  default_display_currency_code: CURRENCY.order_currency_code,
  timezone: 'Europe/Paris',
  weight_unit: 'kgs',
  base_url: home,
  base_link_url: home,
  base_static_url: `${home}static/`,
  base_media_url: `${home}media/`,
  secure_base_url: home,
  secure_base_link_url: home,
  secure_base_static_url: `${home}static/`,
  secure_base_media_url: `${home}media/`,
})
