import type { Permissions } from './auth.ts'
import { textOf } from './model.ts'
import { SCHEMAS } from './schemas.ts'
import { rowsOf, type Shop } from './shop.ts'
import { documentXml } from './xml.ts'

const METHODS = ['get', 'put', 'post', 'patch', 'delete', 'head']

/** The root of the web service: what this key may do, and nothing else. */
export function rootXml(home: string, shop: Shop, permissions: Permissions): string {
  const methods = METHODS.filter((name) => name !== 'patch' || shop.version === '8.2.1')
  const each = Object.entries(SCHEMAS)
    .filter(([name]) => (permissions[name] ?? []).length > 0)
    .map(([name, { description }]) => {
      const rights = methods.map((m) => `${m}="${permissions[name]?.includes(m.toUpperCase()) ?? false}"`).join(' ')
      const href = `${home}/api/${name}`
      const schemas = ['blank', 'synopsis'].map(
        (type) => `<schema xlink:href="${href}?schema=${type}" type="${type}"/>\n`,
      )
      const head = `<description xlink:href="${href}" ${rights}>\n${description}</description>\n`
      return `<${name} xlink:href="${href}" ${rights}>\n${head}${schemas.join('')}</${name}>\n`
    })
  const [first] = rowsOf(shop, 'shops')
  const name = first ? textOf(first, 'name') : ''
  return documentXml(
    `<api shopName="${name.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">\n${each.join('')}</api>\n`,
  )
}
