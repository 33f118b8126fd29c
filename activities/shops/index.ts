import type { ShopLogin } from '../../domain/site.ts'
import { openMagento } from './magento/magento.ts'
import { openPrestaShop } from './prestashop/prestashop.ts'
import type { Shop } from './shop.ts'
import { openWooCommerce } from './woocommerce/woocommerce.ts'

/** Opens the shop of a site with the adapter of its platform; a new platform is one line here. */
export function openShop({ site, url, login }: { site: string; url: string; login: ShopLogin }): Shop {
  switch (login.platform) {
    case 'woocommerce':
      return openWooCommerce({ site, url, key: login.key, secret: login.secret })
    case 'prestashop':
      return openPrestaShop({ site, url, key: login.key, ...(login.idShop ? { idShop: login.idShop } : {}) })
    case 'magento':
      return openMagento({ site, url, login, ...(login.storeCode ? { storeCode: login.storeCode } : {}) })
  }
}
