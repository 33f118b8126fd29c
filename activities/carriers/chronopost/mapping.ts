import type { Contact } from '../../../domain/address.ts'
import type { LoginOf } from '../../../domain/carrier.ts'
import { needsCustoms } from '../../../domain/customs.ts'
import { Refused } from '../../../domain/failures.ts'
import type { XmlFields } from '../../wire/soap.ts'
import type { LabelRequest } from '../carrier.ts'
import { partyOf } from './addresses.ts'
import type { SaleOrder } from './client.ts'
import { customsOf } from './customs.ts'
import { assertFits, kilos, sidesOf } from './parcels.ts'
import { countryOf, isInside } from './places.ts'
import { type Product, productOf, returnOf } from './products.ts'
import { serviceOf } from './services.ts'

/** What every label of this sender has in common; `mode` is one of the carrier's names, such as "THE". */
export interface LabelForm {
  login: LoginOf<'CHRONOPOST'>
  sender: Contact
  mode: string
}

/** How many parcels we put in one purchase; the carrier tells no limit. */
export const PARCELS_AT_MOST = 10

type Sold = Product & { code: string; service?: string }

/** The purchase that a request asks for, or the `Refused` that our own limits give without asking. */
export function saleOf(request: LabelRequest, form: LabelForm & { now: Date }): SaleOrder {
  if (request.parcels.length < 1 || request.parcels.length > PARCELS_AT_MOST)
    throw new Error(`Chronopost sells 1 to ${PARCELS_AT_MOST} labels at a time`)
  const { login, sender, mode } = form
  const { from, to } = endsOf(request, sender)
  const sold = soldFor(request)
  const customs = needsCustoms(from, to)
  return {
    operation: customs ? 'shippingMultiParcelV5' : 'shippingMultiParcelWithReservationV3',
    fields: [
      [
        'headerValue',
        [
          ['accountNumber', login.account],
          ['idEmit', 'CHRFR'],
          ['subAccount', Number(login.subAccount)],
        ],
      ],
      ['shipperValue', partyOf('shipper', from)],
      ['customerValue', partyOf('customer', sender)],
      ['recipientValue', partyOf('recipient', to)],
      ...request.parcels.map(({ reference }) => ['refValue', refOf({ request, sold, reference })] as const),
      ...skybillsOf({ request, sold, form }),
      ['skybillParamsValue', [['mode', mode], ...(customs ? [['withReservation', 0] as const] : [])]],
      ['password', login.password],
      ['modeRetour', customs ? 1 : 2],
      ['numberOfParcel', request.parcels.length],
      ['version', '2.0'],
      ['multiParcel', request.parcels.length > 1 ? 'Y' : 'N'],
      ...(customs ? [['customsValue', customsOf(request)] as const] : []),
    ],
  }
}

/** From where to where it travels: a return goes the other way. */
export function endsOf({ direction, recipient }: LabelRequest, sender: Contact): { from: Contact; to: Contact } {
  return direction === 'return' ? { from: recipient, to: sender } : { from: sender, to: recipient }
}

/** The product that is really sold, once we know that it serves this place and takes these parcels. */
function soldFor({ service, direction, recipient, parcels }: LabelRequest): Sold {
  const sold = direction === 'return' ? returnOf(service) : productOf(service)
  if (!isInside(sold.area, recipient))
    throw new Refused('not-offered', `produit ${sold.code} (productCode) : pas vers ce pays (${countryOf(recipient)})`)
  for (const parcel of parcels) assertFits(parcel, sold)
  return sold
}

function refOf(o: { request: LabelRequest; sold: Sold; reference: string }): XmlFields {
  const { request, sold, reference } = o
  return [
    ['recipientRef', sold.pickup ? pointIn(request) : request.reference],
    ['shipperRef', reference],
  ]
}

function pointIn({ pickupPoint }: LabelRequest): string {
  if (!pickupPoint || !/^[A-Z0-9]{5}$/i.test(pickupPoint.id))
    throw new Refused('address-refused', 'point de retrait (recipientRef) : 5 caractères obligatoires')
  return pickupPoint.id
}

function skybillsOf(o: { request: LabelRequest; sold: Sold; form: LabelForm & { now: Date } }): XmlFields {
  const { request, sold, form } = o
  const { saturday } = form.login
  const leaves = handOver(request.shipOn, form.now)
  return request.parcels.map((parcel, i) => {
    const { length, width, height } = sidesOf(parcel)
    const facts = { day: leaves.shipDate.slice(0, 10), weight: parcel.weight, saturday }
    return [
      'skybillValue',
      [
        ['bulkNumber', request.parcels.length],
        ['evtCode', 'DC'],
        ...insuranceOf(request),
        ['objectType', 'MAR'],
        ['productCode', sold.code],
        ['service', sold.service ?? serviceOf(sold.rule, facts)],
        ['shipDate', leaves.shipDate],
        ['shipHour', leaves.shipHour],
        ['skybillRank', i + 1],
        ['weight', kilos(parcel.weight)],
        ['weightUnit', 'KGM'],
        ['height', height],
        ['length', length],
        ['width', width],
      ],
    ] as const
  })
}

/** The official plugin sends the value times 100 and never above 20000. */
const INSURED_AT_MOST = 20_000

/**
 * Each parcel's share of what is insured. IN DOUBT (contract of carriers, 2.3): whether the unit is cents, so that the
 * most is 200 euros, or euros, so that it is 20 000; to be asked of Chronopost before insuring is relied upon.
 */
function insuranceOf({ insured, currency, parcels }: LabelRequest): XmlFields {
  if (!insured) return []
  return [
    ['insuredCurrency', currency],
    ['insuredValue', Math.min(Math.ceil(insured / parcels.length), INSURED_AT_MOST)],
  ]
}

const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' })

/** When the parcels leave, Paris time: 3 p.m. of a day to come, else now. */
function handOver(shipOn: string, now: Date): { shipDate: string; shipHour: number } {
  const local = PARIS.format(now).replace(' ', 'T')
  const shipDate = shipOn > local.slice(0, 10) ? `${shipOn}T15:00:00` : local
  return { shipDate, shipHour: Number(shipDate.slice(11, 13)) }
}
