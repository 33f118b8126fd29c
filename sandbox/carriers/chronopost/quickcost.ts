import type { Hono } from 'hono'
import type { Carrier } from './carrier.ts'
import { openService } from './door.ts'
import { type Element, textOf } from './element.ts'
import { ALL_RIGHT, checkLogin, firstWrong, type Problem, refuse } from './problems.ts'
import { hasVat, isCountry, isPostcode, isServed, PRODUCTS, type Product, productOf } from './products.ts'
import type { Xml } from './xml.ts'

/** The price service: what the account may send on a lane, and what one product costs. */
export function openQuickcost(carrier: Carrier): Hono {
  return openService({
    name: 'quickcost',
    path: '/quickcost-cxf/QuickcostServiceWS',
    operations: {
      calculateProducts(request) {
        const problem = checkLogin(carrier, request) ?? checkLane(request) ?? checkWeight(request)
        return problem ? refuse(problem) : { ...ALL_RIGHT, productList: productsFor(request) }
      },
      quickCost: (request) => quote(carrier, request),
    },
  })
}

function checkLane(request: Element): Problem | null {
  const [from, to] = [textOf(request, 'depCountryCode'), textOf(request, 'arrCountryCode')]
  return firstWrong([
    [!['FR', 'MC'].includes(from), 'depCountryCode doit être FR ou MC'],
    [!isPostcode(from, textOf(request, 'depZipCode')), 'depZipCode ne correspond pas au pays'],
    [!isCountry(to), 'arrCountryCode est inconnu'],
    [!isPostcode(to, textOf(request, 'arrZipCode')), 'arrZipCode ne correspond pas au pays'],
    [textOf(request, 'arrCity').trim() === '', 'arrCity est obligatoire'],
  ])
}

function checkWeight(request: Element): Problem | null {
  return firstWrong([
    [!['M', 'D'].includes(textOf(request, 'type')), 'type doit être M ou D'],
    [!(Number(textOf(request, 'weight')) > 0), 'weight doit être positif'],
  ])
}

/** Codes lose their leading zero in this service: "1" for Chrono 13. */
function productsFor(request: Element): Xml[] {
  const country = textOf(request, 'arrCountryCode')
  const weight = Number(textOf(request, 'weight'))
  return PRODUCTS.filter((each) => !each.isReturn && isServed(each, country) && weight <= each.maxKg).map((each) => ({
    ...amountsOf(each, { weight, isTaxed: hasVat(country) }),
    productCode: each.code.replace(/^0/, ''),
  }))
}

/** Invented prices: the product's own up to three kilograms, then fifty cents a kilogram more. */
function amountsOf({ price }: Product, o: { weight: number; isTaxed: boolean }) {
  const amount = price + 0.5 * Math.max(0, Math.ceil(o.weight - 3))
  const vat = o.isTaxed ? amount * 0.2 : 0
  return { amount: amount.toFixed(2), amountTTC: (amount + vat).toFixed(2), amountTVA: vat.toFixed(2) }
}

const NO_AMOUNTS = { amount: '0.0', amountTTC: '0.0', amountTVA: '0.0' }

function quote(carrier: Carrier, request: Element): Xml {
  const product = productOf(textOf(request, 'productCode'))
  const weight = Number(textOf(request, 'weight'))
  const to = textOf(request, 'arrCode')
  const country = isCountry(to) ? to : 'FR'
  const problem =
    checkLogin(carrier, request) ??
    checkWeight(request) ??
    firstWrong([
      [!product, 'productCode est inconnu'],
      [country === 'FR' && !isPostcode('FR', to), 'arrCode est inconnu'],
      [product !== undefined && !isServed(product, country), 'productCode ne dessert pas arrCode'],
      [product !== undefined && weight > product.maxKg, 'weight dépasse la limite du produit'],
    ])
  if (problem || !product) return { ...NO_AMOUNTS, ...problem }
  return { ...amountsOf(product, { weight, isTaxed: hasVat(country) }), ...ALL_RIGHT, zone: country }
}
