import { destinationOf } from './countries.ts'
import { type Fault, faults } from './messages.ts'
import type { CheckRequest, CustomsArticle } from './schema.ts'

/** Whether a parcel needs the customs form: anywhere that the carrier's table says so. */
export const needsCustoms = ({ letter }: Pick<CheckRequest, 'letter'>): boolean =>
  destinationOf(letter.addressee.address.countryCode ?? '')?.needsCustoms ?? false

/** The customs form, asked for outside the Union and overseas; a form sent without need is checked all the same. */
export function rulesOfCustoms(request: CheckRequest): Fault[] {
  const { customsDeclarations: customs, parcel, service } = request.letter
  const isNeeded = needsCustoms(request)
  if (!customs?.contents) return faults([[isNeeded, '30500']])
  const { article: articles = [], category, original = [] } = customs.contents
  const grams = articles.map(({ weight = 0, quantity = 0 }) => Math.round(weight * 1000) * quantity)
  const total = grams.reduce((a, b) => a + b, 0)
  return [
    ...faults([
      [isNeeded && (service.totalAmount ?? 0) <= 0, '30020'],
      [isNeeded && customs.includeCustomsDeclarations !== true, '30500'],
      [category?.value === undefined, '30503'],
      [category?.value !== undefined && (category.value < 1 || category.value > 6), '30504'],
      [articles.length === 0, '30505'],
      [articles.length > 100, '30523'],
      [original.length > 5, '30531'],
      [total > Math.round(Number(parcel.weight) * 1000), '30507'],
      [new Set(articles.map((article) => article.currency ?? 'EUR')).size > 1, '30537'],
    ]),
    ...articles.slice(0, 100).flatMap((article) => rulesOfArticle(article, category?.value === 3)),
  ]
}

function rulesOfArticle(article: CustomsArticle, isCommercial: boolean): Fault[] {
  const { description, quantity, weight, value, hsCode, originCountry: origin } = article
  const isPlain = description !== undefined && description.length <= 64 && /^[\x20-\x7e]+$/.test(description)
  return faults([
    [description === undefined, '30510'],
    [description !== undefined && !isPlain, '30511', description],
    [quantity === undefined, '30512'],
    [quantity !== undefined && quantity < 1, '30513'],
    [weight === undefined, '30514'],
    [weight !== undefined && weight <= 0, '30515'],
    [value === undefined, '30516'],
    [value !== undefined && value <= 0, '30517'],
    [isCommercial && hsCode === undefined, '30518'],
    [hsCode !== undefined && !/^(\d{6}|\d{8}|\d{10})$/.test(hsCode), '30519', hsCode],
    [isCommercial && origin === undefined, '30520'],
    [origin !== undefined && !/^[A-Z]{2}$/.test(origin), '30521', origin],
  ])
}
