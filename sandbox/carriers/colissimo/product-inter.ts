import type { Hono } from 'hono'
import { isCountry, sideOf } from './countries.ts'
import { isProduct, productsOn, RETURNS, returnProductOn } from './lanes.ts'
import { allRight, type Fault, faults, messageOf } from './messages.ts'
import { faultOfPostcode } from './postcodes.ts'
import { readBody } from './replies.ts'
import { type ProductRequest, productRequest } from './schema.ts'

/** Adds the question which product and which return choice a destination outside France accepts. */
export function addProductRoute(app: Hono): void {
  app.post('/getProductInter', async (c) => {
    const read = await readBody(c, productRequest)
    if (!read.isRight) return read.refusal
    const found = faultsOf(read.body)
    const none = { product: [], partnerType: null, returnTypeChoice: [] }
    return found.length
      ? c.json({ messages: found.map(messageOf), ...none }, 400)
      : c.json({ messages: [allRight()], ...answerTo(read.body) })
  })
}

function faultsOf({ productCode: product, countryCode: country, zipCode }: ProductRequest): Fault[] {
  const isKnown = country !== undefined && isCountry(country)
  return faults([
    [product === undefined, '30014'],
    [product !== undefined && !isProduct(product), '30015', product],
    [country === undefined, '30206'],
    [country !== undefined && !isKnown, '30207', country],
    [isKnown && zipCode !== undefined && faultOfPostcode(country, zipCode) === 'shape', '30211', 'zipCode'],
    [isKnown && product !== undefined && isProduct(product) && !isTaken(product, country), '30213'],
  ])
}

function isTaken(product: string, country: string): boolean {
  if (RETURNS.includes(product)) return returnProductOn({ from: country, to: 'FR' }) === product
  return productsOn({ from: 'FR', to: country }).includes(product)
}

const answerTo = ({ productCode = '', countryCode = '' }: ProductRequest) => ({
  product: [productCode],
  partnerType: sideOf(countryCode) === 'abroad' ? 'PARTENAIRE' : 'LA_POSTE',
  returnTypeChoice: RETURNS.includes(productCode) ? [] : ['2', '3'],
})
