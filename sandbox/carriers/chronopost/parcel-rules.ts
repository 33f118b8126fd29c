import type { Party } from './model.ts'
import { parisDay, parisTime } from './paris.ts'
import { isPlain } from './party-rules.ts'
import { firstWrong, type Problem, wrong } from './problems.ts'
import { isServed, type Product, productOf } from './products.ts'
import type { ShippingRequest } from './shipping-request.ts'

type Fields = Record<string, string>

/** Each parcel: its product where it goes, its size and weight, its references and its day. */
export function checkParcels(request: ShippingRequest, now: Date): Problem | null {
  const { skybills, refs, shippers, recipients } = request
  for (const [index, skybill] of skybills.entries()) {
    const product = productOf(skybill.productCode ?? '')
    if (!product) return wrong('productCode est inconnu')
    const shipper = shippers[index] ?? shippers[0] ?? {}
    const recipient = recipients[index] ?? recipients[0] ?? {}
    const problem =
      checkLane(product, shipper, recipient) ??
      checkService(product, skybill) ??
      checkSize(product, skybill) ??
      checkReferences(product, refs[index] ?? {}) ??
      checkDetails(skybill, now)
    if (problem) return problem
  }
  return null
}

function checkLane(product: Product, shipper: Party, recipient: Party): Problem | null {
  const [here, there] = product.isReturn ? [recipient, shipper] : [shipper, recipient]
  return firstWrong([
    [!['FR', 'MC'].includes(here.Country ?? ''), `Le produit ${product.code} part de France ou y revient`],
    [!isServed(product, there.Country ?? ''), `Le produit ${product.code} ne dessert pas le pays ${there.Country}`],
  ])
}

function checkService(product: Product, { service = '', weight }: Fields): Problem | null {
  const isHeavy = Number(weight) > 3
  return firstWrong([
    [
      product.services !== 'any' && !product.services.includes(service),
      `service ne convient pas au produit ${product.code}`,
    ],
    [service === '337' && isHeavy, 'service 337 est limité à 3 kg'],
    [service === '338' && !isHeavy, 'service 338 commence au-dessus de 3 kg'],
  ])
}

function checkSize(product: Product, skybill: Fields): Problem | null {
  const [weight, height, length, width] = ['weight', 'height', 'length', 'width'].map((name) => Number(skybill[name]))
  const sides = [height ?? Number.NaN, length ?? Number.NaN, width ?? Number.NaN]
  const [longest, girth] = product.isPickup ? [100, 250] : [150, 300]
  const total = (length ?? 0) + 2 * (height ?? 0) + 2 * (width ?? 0)
  return firstWrong([
    [!(Number(weight) > 0), 'weight doit être positif'],
    [Number(weight) > product.maxKg, `weight dépasse ${product.maxKg} kg pour le produit ${product.code}`],
    [skybill.weightUnit !== 'KGM', 'weightUnit doit être KGM'],
    [!sides.every((side) => side > 0), 'height, length et width doivent être positifs'],
    [Math.max(...sides) > longest, `Le plus grand côté dépasse ${longest} cm`],
    [total > girth, `length + 2 height + 2 width dépasse ${girth} cm`],
  ])
}

function checkReferences(product: Product, { shipperRef = '', recipientRef = '' }: Fields): Problem | null {
  return firstWrong([
    [shipperRef.length > 35, 'shipperRef dépasse 35 caractères'],
    [!isPlain(shipperRef), 'shipperRef contient un caractère interdit'],
    [recipientRef.length > 35, 'recipientRef dépasse 35 caractères'],
    [!isPlain(recipientRef), 'recipientRef contient un caractère interdit'],
    [product.isPickup && !/^[A-Z0-9]{5}$/.test(recipientRef), 'recipientRef doit être un point relais de 5 caractères'],
  ])
}

function checkDetails(skybill: Fields, now: Date): Problem | null {
  const { evtCode, objectType = '', shipDate = '', shipHour, insuredValue = '0', insuredCurrency } = skybill
  const hour = Number(shipHour)
  const insured = Number(insuredValue)
  return firstWrong([
    [evtCode !== 'DC', 'evtCode doit être DC'],
    [!['MAR', 'DOC'].includes(objectType), 'objectType doit être MAR ou DOC'],
    [shipDate === '', 'shipDate est obligatoire'],
    [parisDay(shipDate) < parisTime(now).slice(0, 10), 'shipDate est antérieure à la date du jour'],
    [hour < 0 || hour > 23, 'shipHour doit être entre 0 et 23'],
    // The plug-in sends cents up to 20000; the loosest reading of that cap is 20 000 euros.
    [!(insured >= 0 && insured <= 2_000_000), 'insuredValue est hors limites'],
    [insured > 0 && insuredCurrency !== 'EUR', 'insuredCurrency doit être EUR'],
  ])
}
