import { childrenOf, textsOf } from './element.ts'
import { firstWrong, type Problem } from './problems.ts'
import { isCountry } from './products.ts'
import type { ShippingRequest } from './shipping-request.ts'

/** Customs data is never demanded (the official plug-ins send none), but what is sent must make sense. */
export function checkCustoms({ customs, numberOfParcel }: ShippingRequest): Problem | null {
  if (customs.length > numberOfParcel) return firstWrong([[true, 'customsValue : au plus un par colis']])
  for (const declaration of customs) {
    const { currency = '', value = '', description = '' } = textsOf(declaration)
    const articles = childrenOf(declaration, 'articlesValue').map(textsOf)
    const problem = firstWrong([
      [!/^[A-Z]{3}$/.test(currency), 'customsValue : currency est invalide'],
      [!(Number(value) > 0), 'customsValue : value doit être positif'],
      [description === '', 'customsValue : description est obligatoire'],
      [articles.length === 0, 'customsValue : articlesValue est obligatoire'],
      ...articles.flatMap(articleChecks),
    ])
    if (problem) return problem
  }
  return null
}

function articleChecks(article: Record<string, string>): (readonly [boolean, string])[] {
  const { content = '', hscode = '', origin = '', quantity, grossWeight, netWeight, value } = article
  return [
    [content === '', 'articlesValue : content est obligatoire'],
    [!/^\d{6,10}$/.test(hscode), 'articlesValue : hscode doit avoir 6 à 10 chiffres'],
    [!isCountry(origin), 'articlesValue : origin est inconnu'],
    [!(Number(quantity) >= 1), 'articlesValue : quantity doit être au moins 1'],
    [!(Number(value) >= 0), 'articlesValue : value est obligatoire'],
    [
      !(Number(netWeight ?? 0) <= Number(grossWeight ?? netWeight ?? 0)),
      'articlesValue : netWeight dépasse grossWeight',
    ],
  ]
}
