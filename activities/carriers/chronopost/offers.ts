import type { Contact } from '../../../domain/address.ts'
import { Refused, Unavailable } from '../../../domain/failures.ts'
import type { XmlFields } from '../../wire/soap.ts'
import type { LabelRequest, ServiceOffer } from '../carrier.ts'
import { plain } from './addresses.ts'
import type { ChronopostClient } from './client.ts'
import { answerOf, assertDone } from './errors.ts'
import { endsOf } from './mapping.ts'
import { kilos } from './parcels.ts'
import { countryOf, zipCodeOf } from './places.ts'
import { codeOf, nameOf } from './products.ts'
import { eachOf } from './side-by-side.ts'
import { Calculated } from './wire.ts'

interface Lane {
  client: ChronopostClient
  request: LabelRequest
  sender: Contact
}

/** The products of this account for all parcels of a request, each with what they cost together, VAT included. */
export async function offersFor(o: Lane): Promise<ServiceOffer[]> {
  const [first = [], ...others] = await eachOf(o.request.parcels, ({ weight }) => productsFor({ ...o, weight }))
  return first.flatMap(({ service, price }) => {
    const same = others.map((offers) => offers.find((offer) => offer.service === service))
    if (same.includes(undefined)) return []
    const prices = [price, ...same.map((offer) => offer?.price ?? null)]
    const total = prices.includes(null) ? null : prices.reduce<number>((sum, one) => sum + (one ?? 0), 0)
    return [{ service, name: nameOf(service), price: total, deliveredOn: null }]
  })
}

/**
 * Refuses a product that the account cannot have on this lane, and tells those it can. A part of a dry run only: an
 * answer that names no product says nothing, and neither does a service that does not answer.
 */
export async function assertOffered(o: Lane): Promise<void> {
  const weight = Math.max(...o.request.parcels.map((parcel) => parcel.weight))
  const offered = (await productsFor({ ...o, weight }).catch(nothingWhenAway)).map(({ service }) => service)
  const code = codeOf(o.request.service)
  if (offered.length > 0 && !offered.includes(code))
    throw new Refused('not-offered', `produit ${code} (productCode) : ce trajet se fait en ${offered.join(', ')}`)
}

function nothingWhenAway(error: unknown): [] {
  if (error instanceof Unavailable) return []
  throw error
}

async function productsFor(o: Lane & { weight: number }): Promise<{ service: string; price: number | null }[]> {
  const reply = answerOf(await o.client.calculateProducts(laneOf(o)), Calculated, { buys: false })
  assertDone(reply, { buys: false })
  return reply.productList.flatMap(({ productCode, amountTTC }) =>
    productCode ? [{ service: codeOf(productCode), price: priceOf(amountTTC) }] : [],
  )
}

function laneOf({ request, sender, weight }: Lane & { weight: number }): XmlFields {
  const { from, to } = endsOf(request, sender)
  return [
    ['depCountryCode', countryOf(from)],
    ['depZipCode', zipCodeOf(from)],
    ['arrCountryCode', countryOf(to)],
    ['arrZipCode', zipCodeOf(to)],
    ['arrCity', plain(to.city)],
    ['type', 'M'],
    ['weight', kilos(weight)],
  ]
}

/** A float of euros as cents; zero is no price. */
const priceOf = (amount = ''): number | null => Math.round(Number(amount) * 100) || null
