import { rulesOfArticle } from './article-rules.ts'
import { OVERSEAS } from './countries.ts'
import { laneOf, needsCustoms, RETURNS } from './lanes.ts'
import { type Fault, faults } from './messages.ts'
import { rulesOfOriginals } from './original-rules.ts'
import type { CheckRequest, CustomsArticle } from './schema.ts'

const MOST = 100

/** Whether the reply holds a customs form: one was filled in, and not declined. */
export const bringsForm = ({ letter: { customsDeclarations: customs } }: Pick<CheckRequest, 'letter'>): boolean =>
  customs?.contents !== undefined && customs.includeCustomsDeclarations !== false

/** The customs form, asked for outside the Union and overseas; a form sent without need is checked all the same. */
export function rulesOfCustoms(request: CheckRequest, now: Date): Fault[] {
  const { customsDeclarations: customs, service } = request.letter
  const isNeeded = needsCustoms(request)
  if (!customs?.contents) return faults([[isNeeded, '30500', 'letter.customsDeclarations.contents']])
  const isReturn = RETURNS.includes(service.productCode ?? '')
  const { article: articles = [], category } = customs.contents
  const strict = { isCommercial: category?.value === 3, isReturn }
  return [
    ...rulesOfForm(request, isNeeded),
    ...rulesOfWeight(articles, Number(request.letter.parcel.weight)),
    ...articles.slice(0, MOST).flatMap((article) => rulesOfArticle(article, strict)),
    ...(isReturn && isNeeded ? rulesOfOriginals(customs.contents, now) : []),
  ]
}

function rulesOfForm(request: CheckRequest, isNeeded: boolean): Fault[] {
  const { customsDeclarations: customs, service, parcel } = request.letter
  const { category, article: articles = [], original = [] } = customs?.contents ?? {}
  const mustInclude = isNeeded && (parcel.ddp === true || OVERSEAS.includes(laneOf(request).to))
  const copies = customs?.numberOfCopies ?? 4
  return faults([
    [isNeeded && (service.totalAmount ?? 0) <= 0, '30020'],
    [mustInclude && !bringsForm(request), '30500', 'letter.customsDeclarations.includeCustomsDeclarations'],
    [copies < 1 || copies > 4, '30600', 'letter.customsDeclarations.numberOfCopies va de 1 à 4'],
    [category?.value === undefined, '30503'],
    [category?.value !== undefined && (category.value < 1 || category.value > 6), '30504', String(category?.value)],
    [articles.length === 0, '30505'],
    [articles.length > MOST, '30523'],
    [original.length > 5, '30531'],
    [new Set(articles.map((article) => article.currency ?? 'EUR')).size > 1, '30537'],
  ])
}

/** Articles heavier than the parcel: the carrier has two codes; here one is for a single line, the other for their sum. */
function rulesOfWeight(articles: CustomsArticle[], parcelKg: number): Fault[] {
  const grams = articles.map(({ weight = 0, quantity = 0 }) => Math.round(weight * 1000) * quantity)
  const limit = Math.round(parcelKg * 1000)
  const isOneTooHeavy = grams.some((line) => line > limit)
  const isTooHeavy = grams.reduce((a, b) => a + b, 0) > limit
  return faults([
    [isOneTooHeavy, '30507'],
    [isTooHeavy && !isOneTooHeavy, '30540'],
  ])
}
