import { Refused, Unavailable } from '../../../domain/failures.ts'
import { readAs } from '../../wire/http.ts'
import type { Finding } from '../shop.ts'
import type { Client } from './client.ts'
import { criteriaQuery } from './criteria.ts'
import { mgModules, mgPage, mgStores } from './replies.ts'

/** The version is not told to integrations: the youngest module that is there says which one it is at least. */
const SIGNS = [
  ['Magento_GraphQlResolverCache', '2.4.7'],
  ['Magento_AdminAdobeIms', '2.4.5'],
  ['Magento_JwtUserToken', '2.4.4'],
  ['Magento_LoginAsCustomer', '2.4.0'],
  ['Magento_InventoryApi', '2.3'],
] as const

const READ = { orders: 'commandes', invoices: 'factures', shipments: 'expéditions', creditmemos: 'avoirs' }

/** There is no order 0: whoever has the right is told so, whoever has not is refused first, and nothing is written. */
const WRITTEN = {
  'order/0/invoice': 'facturer',
  'order/0/ship': 'expédier',
  'orders/0/comments': 'commenter',
  'orders/0/cancel': 'annuler',
}

/** Beyond this signed calls may be refused and moments are hard to believe. */
const CLOCK_S = 60

/** Says in one sentence each what the shop is, what the login may do and whether the clocks agree. */
export async function checkConnection(client: Client, storeCode: string): Promise<Finding[]> {
  const store = await checkStore(client, storeCode).catch(notSeen)
  const rest = [checkVersion, checkReading, checkWriting].map((check) => check(client).catch(notSeen))
  return [...store, ...(await Promise.all(rest)).flat()]
}

async function checkStore(client: Client, storeCode: string): Promise<Finding[]> {
  const { json, headers } = await client.send({ method: 'GET', path: 'store/storeConfigs' })
  const stores = readAs(mgStores, json, client.who)
  const store = stores.find(({ code }) => code === storeCode) ?? (isAlias(storeCode) ? stores[0] : undefined)
  const sentence = store
    ? `La vue « ${store.code} » répond (${store.base_currency_code}, ${store.timezone}).`
    : `La vue « ${storeCode} » n'existe pas ; la boutique a : ${stores.map(({ code }) => code).join(', ')}.`
  return [{ ok: Boolean(store), sentence }, checkClock(headers)]
}

/** Addresses that every Magento has, whatever its views are called (contract, 4.1). */
const isAlias = (storeCode: string): boolean => storeCode === 'default' || storeCode === 'all'

function checkClock(headers: Headers): Finding {
  const seconds = Math.round((Date.parse(headers.get('date') ?? '') - Date.now()) / 1000)
  if (Number.isNaN(seconds)) return bad("La boutique ne dit pas l'heure : vérifiez celle de son serveur.")
  if (Math.abs(seconds) <= CLOCK_S) return good("L'horloge de la boutique est à l'heure.")
  const way = seconds > 0 ? 'avance' : 'retarde'
  return bad(`L'horloge de la boutique ${way} de ${Math.abs(seconds)} secondes sur la nôtre : réglez l'une ou l'autre.`)
}

async function checkVersion(client: Client): Promise<Finding[]> {
  const modules = readAs(mgModules, await client.get('modules'), client.who)
  const least = SIGNS.find(([module]) => modules.includes(module))?.[1]
  const edition = modules.includes('Magento_Enterprise') ? 'Adobe Commerce' : 'Magento Open Source'
  return [good(least ? `${edition}, version ${least} au moins.` : `${edition}, version inconnue.`)]
}

async function checkReading(client: Client): Promise<Finding[]> {
  const query = { ...criteriaQuery({ pageSize: 1 }), fields: 'total_count' }
  const missing = await missingOf(READ, async (path) => {
    readAs(mgPage, await client.get(path, query), client.who)
  })
  if (missing.length === 0)
    return [good('Les identifiants permettent de lire commandes, factures, expéditions et avoirs.')]
  return [bad(`Les identifiants ne permettent pas de lire : ${missing.join(', ')}.`)]
}

async function checkWriting(client: Client): Promise<Finding[]> {
  const missing = await missingOf(WRITTEN, async (path) => {
    const statusHistory = { comment: '', is_customer_notified: 0, is_visible_on_front: 0, parent_id: 0 }
    await client.post(path, path.endsWith('comments') ? { statusHistory } : {}).catch(unlessLogin)
  })
  if (missing.length === 0) return [good('Les identifiants permettent de facturer, expédier, commenter et annuler.')]
  return [bad(`Les identifiants ne permettent pas de : ${missing.join(', ')} ; donnez ces droits à l'intégration.`)]
}

/** Whatever else than "you may not" is said of an order 0 proves the right. */
function unlessLogin(error: unknown): void {
  if (error instanceof Unavailable || (error instanceof Refused && error.code !== 'login-refused')) return
  throw error
}

async function missingOf(what: Record<string, string>, look: (path: string) => Promise<void>): Promise<string[]> {
  const looks = Object.entries(what).map(async ([path, word]) => {
    try {
      await look(path)
      return []
    } catch (error) {
      if (error instanceof Refused && error.code === 'login-refused') return [word]
      throw error
    }
  })
  return (await Promise.all(looks)).flat()
}

const good = (sentence: string): Finding => ({ ok: true, sentence })
const bad = (sentence: string): Finding => ({ ok: false, sentence })

/** A look that failed is a finding too; anything but our two failures is a defect. */
function notSeen(error: unknown): Finding[] {
  if (error instanceof Refused && error.code === 'login-refused')
    return [bad(`La boutique refuse les identifiants ou un droit manque : ${error.remedy}`)]
  if (error instanceof Refused) return [bad(`La boutique refuse la demande : ${error.remedy}`)]
  if (error instanceof Unavailable) return [bad(`La boutique ne répond pas comme un Magento (${error.message}).`)]
  throw error
}
