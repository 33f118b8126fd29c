import { Refused, Unavailable } from '../../../domain/failures.ts'
import type { Finding } from '../shop.ts'
import { isSince, type PsClient } from './client.ts'
import { isoOf, localOf } from './clock.ts'
import { rightsIn } from './replies.ts'

/** What the connector does with each resource; PATCH and order_cart_rules depend on the version. */
const NEEDED: Record<string, string[]> = {
  orders: ['get'],
  order_details: ['get'],
  order_payments: ['get'],
  order_slip: ['get'],
  order_histories: ['get', 'post'],
  order_states: ['get'],
  order_carriers: ['get', 'post'],
  addresses: ['get'],
  customers: ['get'],
  countries: ['get'],
  carriers: ['get'],
  currencies: ['get'],
  taxes: ['get'],
  configurations: ['get'],
  messages: ['get', 'post'],
  customer_threads: ['get', 'post'],
  customer_messages: ['get', 'post'],
}

/** A clock further away than this makes dates hard to believe. */
const CLOCK_MS = 60_000

/** Looks at the program, the key and the clock; each trouble is a finding, never a failure. */
export async function checkShop(client: PsClient, zoneOf: () => Promise<string>): Promise<Finding[]> {
  try {
    const rights = rightsIn(await client.root(), client.who)
    return [versionFinding(client), rightsFinding(client, rights), await clockFinding(client, zoneOf)]
  } catch (error) {
    return [{ ok: false, sentence: sentenceOf(error) }]
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof Refused && error.code === 'login-refused') return `La clé est refusée (${error.message}).`
  if (error instanceof Refused) return `La boutique refuse la demande (${error.message}).`
  if (error instanceof Unavailable) return `La boutique ne répond pas comme un PrestaShop (${error.message}).`
  throw error
}

function versionFinding(client: PsClient): Finding {
  const version = client.version()
  if (!version) return { ok: false, sentence: 'La boutique ne dit pas sa version de PrestaShop.' }
  if (!isSince(version, '1.7.6'))
    return { ok: false, sentence: `PrestaShop ${version} est trop ancien : il faut 1.7.6 ou plus.` }
  return { ok: true, sentence: `La boutique est un PrestaShop ${version}.` }
}

function rightsFinding(client: PsClient, rights: Map<string, Set<string>>): Finding {
  const version = client.version()
  const needed = Object.entries(NEEDED).map(([resource, methods]): [string, string[]] => [resource, [...methods]])
  needed.find(([resource]) => resource === 'order_carriers')?.[1].push(isSince(version, '8.0.2') ? 'patch' : 'put')
  if (isSince(version, '1.7.8')) needed.push(['order_cart_rules', ['get']])
  const missing = needed
    .map(([resource, methods]) => ({ resource, lacks: methods.filter((method) => !rights.get(resource)?.has(method)) }))
    .filter(({ lacks }) => lacks.length > 0)
    .map(({ resource, lacks }) => `${lacks.join(' et ').toUpperCase()} sur ${resource}`)
  if (missing.length === 0) return { ok: true, sentence: 'La clé a tous les droits nécessaires.' }
  return { ok: false, sentence: `Il manque à la clé des droits : ${missing.join(', ')}.` }
}

async function clockFinding(client: PsClient, zoneOf: () => Promise<string>): Promise<Finding> {
  try {
    const zone = await zoneOf()
    const away = Math.abs(client.skew())
    const shown = `${localOf(client.now(), zone)} (${zone})`
    if (away <= CLOCK_MS) return { ok: true, sentence: `L'horloge de la boutique est juste : ${shown}.` }
    const seconds = Math.round(away / 1000)
    return {
      ok: false,
      sentence: `L'horloge de la boutique est décalée de ${seconds} secondes : elle montre ${shown}, il est ${isoOf(Date.now())}.`,
    }
  } catch (error) {
    return { ok: false, sentence: sentenceOf(error) }
  }
}
