import { html } from 'hono/html'
import { readSnapshot } from '../../db/orders.ts'
import { carrierFactsOf, chooseCarrier, NO_METHOD } from '../../domain/carrier-choice.ts'
import type { RuleEntry } from '../../domain/carrier-rule-entry.ts'
import { explainRule, kilograms, methodName } from '../../domain/carrier-rule-words.ts'
import { countryName } from '../../domain/countries.ts'
import { Refused } from '../../domain/failures.ts'
import { euros } from '../../domain/money.ts'
import type { WebOrder } from '../../domain/order.ts'
import { orderPath, type PageKit } from '../kit.ts'
import type { SiteDesk } from './carrier-rules-page.ts'
import type { Html } from './parts.ts'

/** The order that led to the page, with what today's rules make of it and the start of a rule for it; null without one. */
export async function askedOrder(
  { o }: PageKit,
  { site, today }: SiteDesk,
  webId: string,
): Promise<{ card: Html; entry: Partial<RuleEntry> } | null> {
  const order = webId ? await readSnapshot(o.db, { site: site.code, webId }).catch(noneIfRefused) : null
  if (!order) return null
  const facts = carrierFactsOf(order)
  const chosen = chooseCarrier(today, facts)
  const rule = chosen && today[chosen.index]
  const method = facts.method ?? NO_METHOD
  const isKnown = today.some(({ methods }) => methods === null || methods.includes(method))
  const card = html`
    <section class="card ${rule ? '' : 'waiting'}">
      <h2>Commande <a href="${orderPath(order)}">${order.number}</a></h2>
      <p>${factsWords(order)}</p>
      <p>${rule ? `La règle ${chosen.index + 1} la prend : ${explainRule(rule)}.` : html`<strong>Aucune règle ne la prend.</strong> <a href="#regle">Ajoutez-en une</a> : le formulaire est déjà rempli.`}</p>
    </section>`
  const country = isKnown ? { countries: countryName(facts.country) } : {}
  return { card, entry: rule ? {} : { methods: [method], ...country } }
}

function noneIfRefused(error: unknown): null {
  if (error instanceof Refused) return null
  throw error
}

function factsWords(order: WebOrder): string {
  const { method, country, weight, amount, pickup } = carrierFactsOf(order)
  return [
    method === null
      ? 'Sans mode de livraison'
      : `Mode ${methodName(method, { [method]: order.shippingMethod?.name ?? '' })}`,
    countryName(country),
    euros(amount, order.currency),
    weight === null ? 'poids inconnu' : kilograms(weight),
    pickup ? 'avec point relais' : 'sans point relais',
  ].join(', ')
}
