import agences from '../data/codial/agences.json' with { type: 'json' }
import articles from '../data/codial/articles.json' with { type: 'json' }
import familles from '../data/codial/familles.json' with { type: 'json' }
import modes from '../data/codial/modes-reglement.json' with { type: 'json' }
import remises from '../data/codial/remises.json' with { type: 'json' }
import societe from '../data/codial/societe.json' with { type: 'json' }
import stocks from '../data/codial/stocks.json' with { type: 'json' }
import transporteurs from '../data/codial/transporteurs.json' with { type: 'json' }

/** The lists that the read-only addresses serve, by address. */
export const LISTS: Record<string, object[]> = {
  articles,
  stocks,
  'modes-reglement': modes,
  transporteurs,
  agences,
  familles,
}

/** The rates that this company sells at. */
export const VAT_RATES = ['20.00', '10.00', '5.50', '2.10', '0.00']

/** The seller's identity and the wordings of its invoices. */
export const COMPANY = societe

/** One article with what a line of an order needs of it. */
export interface Article {
  reference: string
  type: string
  unite: string
  poids_g: number | null
  longueur_mm: number | null
  largeur_mm: number | null
  hauteur_mm: number | null
}

const NO_SIZE = { unite: 'PCE', poids_g: null, longueur_mm: null, largeur_mm: null, hauteur_mm: null }
const DISCOUNTS: Article[] = remises.map(({ reference }) => ({ reference, type: 'remise', ...NO_SIZE }))
const ARTICLES = new Map<string, Article>([...articles, ...DISCOUNTS].map((article) => [article.reference, article]))

/** Finds what an order line names: an article, a special article or a discount code. */
export const findArticle = (reference: string): Article | undefined => ARTICLES.get(reference)

/** Finds a carrier by its code. */
export const findCarrier = (code: string): { services: { code: string }[] } | undefined =>
  transporteurs.find((t) => t.code === code)

/** True when the company takes payments this way. */
export const isPaymentMode = (code: string): boolean => modes.some((mode) => mode.code === code)

/** True when the branch exists. */
export const isBranch = (code: string): boolean => agences.some((agence) => agence.code === code)
