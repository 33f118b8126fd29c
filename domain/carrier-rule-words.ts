import { type Bounds, type CarrierRule, NO_METHOD } from './carrier-choice.ts'
import { countryName } from './countries.ts'
import { euros } from './money.ts'

/** One French sentence for a rule: "Belgique, Allemagne, à partir de 5 kg → CHRONOPOST 44"; `names` are the shop's names of its methods. */
export function explainRule(rule: CarrierRule, names: Record<string, string> = {}): string {
  const { methods, countries, weight, amount, pickup, choice } = rule
  const parts = [
    methods && methodsWords(methods, names),
    countries?.map(countryName).join(', '),
    weight && boundsWords(weight, kilograms),
    amount && boundsWords(amount, euros),
    pickup === null ? null : pickup ? 'avec point relais' : 'sans point relais',
  ].filter((part) => part)
  const words = parts.length > 0 ? parts.join(', ') : 'toutes les commandes'
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} → ${choice.carrier} ${choice.service}`
}

function methodsWords(methods: string[], names: Record<string, string>): string {
  const named = methods.filter((code) => code !== NO_METHOD).map((code) => methodName(code, names))
  const known = named.length > 0 ? [`mode ${named.join(' ou ')}`] : []
  return [...known, ...(methods.includes(NO_METHOD) ? ['sans mode de livraison'] : [])].join(' ou ')
}

/** A delivery method as people know it: "Colissimo (flat_rate)", or its code where the shop gives no name. */
export const methodName = (code: string, names: Record<string, string>): string =>
  Object.hasOwn(names, code) && names[code] && names[code] !== code ? `${names[code]} (${code})` : code

function boundsWords({ from, to }: Bounds, say: (value: number) => string): string {
  if (to === null) return `à partir de ${say(from)}`
  return from === 0 ? `moins de ${say(to)}` : `de ${say(from)} à moins de ${say(to)}`
}

/** A weight as French readers expect it: 5 000 g are "5 kg", 250 g are "0,25 kg". */
export const kilograms = (grams: number): string =>
  `${(grams / 1000).toLocaleString('fr-FR', { maximumFractionDigits: 3 })}\u00a0kg`
