import { Refused, Unavailable } from '../../../domain/failures.ts'
import { readAs } from '../../wire/http.ts'
import type { Finding } from '../shop.ts'
import type { Answer, Client } from './client.ts'
import { wcSettings, wcSystem } from './wire.ts'

/** The oldest WooCommerce that this adapter is written for. */
const OLDEST = 7
/** Beyond this a signed login may be refused and changes be missed. */
const CLOCK_LIMIT_S = 60

/** Says in one sentence each what a person must know before the shop is connected: version, rights of the key, clock, prices. */
export async function checkConnection(client: Client): Promise<Finding[]> {
  const { reading, findings } = await checkReading(client)
  if (!reading) return findings
  const rest = [checkVersion, checkWriting, checkTaxes].map((check) => check(client).catch(notSeen))
  return [...findings, checkClock(reading), ...(await Promise.all(rest)).flat()]
}

async function checkReading(client: Client): Promise<{ reading: Answer | null; findings: Finding[] }> {
  try {
    const reading = await client.send({ method: 'GET', path: 'orders', query: { per_page: '1', _fields: 'id' } })
    return { reading, findings: [good('La clé permet de lire les commandes.')] }
  } catch (error) {
    if (error instanceof Refused) return { reading: null, findings: [bad(refusedSentence(error))] }
    return { reading: null, findings: notSeen(error) }
  }
}

const refusedSentence = ({ code, remedy }: Refused): string =>
  code === 'login-refused'
    ? `La boutique refuse la clé ou son secret : ${remedy}`
    : `La clé ne permet pas de lire les commandes : ${remedy}`

async function checkVersion({ send, who }: Client): Promise<Finding[]> {
  const query = { _fields: 'environment,settings' }
  const { json } = await send({ method: 'GET', path: 'system_status', query })
  const { environment, settings } = readAs(wcSystem, json, who)
  const { version } = environment
  const isKnown = Number.parseInt(version, 10) >= OLDEST
  const decimals = settings?.number_of_decimals ?? 2
  return [
    {
      ok: isKnown,
      sentence: `WooCommerce ${version}${isKnown ? '.' : ` : la version ${OLDEST} au moins est nécessaire.`}`,
    },
    ...(decimals === 2 ? [] : [bad(`Les prix ont ${decimals} décimales : réglez la boutique sur 2 décimales.`)]),
    ...(settings?.currency ? [good(`La boutique vend en ${settings.currency}.`)] : []),
  ]
}

/** The order 0 does not exist: a key that may write is told so, another one is refused first; nothing is written. */
async function checkWriting({ send }: Client): Promise<Finding[]> {
  try {
    await send({ method: 'PUT', path: 'orders/0', body: {} })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.code === 'login-refused')
      return [bad('La clé ne permet que de lire : donnez-lui les droits « Lecture/Écriture » dans WooCommerce.')]
  }
  return [good("La clé permet d'écrire dans les commandes.")]
}

function checkClock({ headers }: Answer): Finding {
  const theirs = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(theirs)) return bad("La boutique ne dit pas l'heure : vérifiez celle de son serveur.")
  const seconds = Math.round((theirs - Date.now()) / 1000)
  if (Math.abs(seconds) <= CLOCK_LIMIT_S) return good("L'horloge de la boutique est à l'heure.")
  const way = seconds > 0 ? 'avance' : 'retarde'
  return bad(`L'horloge de la boutique ${way} de ${Math.abs(seconds)} secondes sur la nôtre : réglez l'une ou l'autre.`)
}

async function checkTaxes({ send, who }: Client): Promise<Finding[]> {
  const [general, tax] = await Promise.all(
    ['general', 'tax'].map(async (group) => {
      const { json } = await send({ method: 'GET', path: `settings/${group}`, query: { _fields: 'id,value' } })
      return new Map(readAs(wcSettings, json, who).map(({ id, value }) => [id, value]))
    }),
  )
  const isGross = tax?.get('woocommerce_prices_include_tax') === 'yes'
  const findings = [good(`Les prix de la boutique sont saisis ${isGross ? 'TTC' : 'HT'}.`)]
  if (general?.get('woocommerce_calc_taxes') === 'no')
    findings.push(bad('La boutique ne calcule pas la TVA : ses commandes arriveront sans taxe.'))
  if (tax?.get('woocommerce_tax_round_at_subtotal') === 'yes')
    findings.push(good("La TVA est arrondie au sous-total : un écart d'un centime ira sur une ligne d'arrondi."))
  return findings
}

const good = (sentence: string): Finding => ({ ok: true, sentence })
const bad = (sentence: string): Finding => ({ ok: false, sentence })

/** A look that failed is a finding too; anything but our two failures is a defect. */
function notSeen(error: unknown): Finding[] {
  if (error instanceof Refused) return [bad(`La clé ne permet pas de tout vérifier : ${error.remedy}`)]
  if (error instanceof Unavailable) return [bad(`La boutique ne répond pas comme attendu (${error.message}).`)]
  throw error
}
