import type { Carrier } from './carrier.ts'
import { checkCustoms } from './customs-rules.ts'
import { isMode } from './modes.ts'
import { checkParcels } from './parcel-rules.ts'
import { checkParties } from './party-rules.ts'
import { checkAccount, firstWrong, type Problem } from './problems.ts'
import { productOf } from './products.ts'
import type { ShippingRequest } from './shipping-request.ts'

const SECTIONS = [
  'headerValue',
  'shipperValue',
  'customerValue',
  'recipientValue',
  'refValue',
  'skybillValue',
  'skybillParamsValue',
  'modeRetour',
  'version',
]

/** The first rule of the carrier that a purchase breaks, in the order the carrier looks; null: it can be sold. */
export function checkShipping(carrier: Carrier, request: ShippingRequest): Problem | null {
  const { header, password } = request
  return (
    checkAccount(carrier, { account: header.accountNumber ?? '', password }) ??
    checkForm(request) ??
    checkCounts(request) ??
    checkParties(request) ??
    checkParcels(request, carrier.now()) ??
    checkSlots(request) ??
    checkCustoms(request)
  )
}

function checkForm(request: ShippingRequest): Problem | null {
  const { given, header, version, modeRetour, mode, withReservation } = request
  return firstWrong([
    ...SECTIONS.map((name) => [!given.includes(name), `${name} est obligatoire`] as const),
    [header.idEmit !== 'CHRFR', 'idEmit doit être CHRFR'],
    [!/^\d{1,3}$/.test((header.subAccount ?? '').trim()), 'subAccount doit avoir 1 à 3 chiffres'],
    [version !== '2.0', 'version doit être 2.0'],
    [!['1', '2', '3'].includes(modeRetour), 'modeRetour doit être 1, 2 ou 3'],
    [!isMode(mode), 'mode est inconnu'],
    [!['', '0', '1'].includes(withReservation), 'withReservation doit être 0 ou 1'],
  ])
}

function checkCounts(request: ShippingRequest): Problem | null {
  const { skybills, refs, shippers, recipients, numberOfParcel: count, multiParcel, isSingle } = request
  const isOneOrAll = (length: number) => length === 1 || length === count
  const unsaid = isSingle ? '1' : ''
  const letters = isSingle ? [''] : count > 1 ? ['Y'] : ['Y', 'N']
  return firstWrong([
    [count < 1, 'numberOfParcel doit être au moins 1'],
    [skybills.length !== count, 'numberOfParcel ne correspond pas au nombre de skybillValue'],
    [refs.length !== count, 'numberOfParcel ne correspond pas au nombre de refValue'],
    [!isOneOrAll(shippers.length), 'shipperValue : un seul, ou un par colis'],
    [!isOneOrAll(recipients.length), 'recipientValue : un seul, ou un par colis'],
    [!letters.includes(multiParcel), 'multiParcel ne correspond pas à numberOfParcel'],
    [
      !skybills.every(({ bulkNumber = unsaid }) => bulkNumber === String(count)),
      'bulkNumber doit être le nombre de colis',
    ],
    [
      !skybills.every(({ skybillRank = unsaid }, index) => skybillRank === String(index + 1)),
      'skybillRank doit aller de 1 à n',
    ],
  ])
}

function checkSlots({ skybills, slots }: ShippingRequest): Problem | null {
  const isAppointment = skybills.some(({ productCode }) => productOf(productCode ?? '')?.needsSlot)
  const isSlot = ({ timeSlotStartDate, timeSlotEndDate, timeSlotTariffLevel }: Record<string, string>) =>
    timeSlotStartDate && timeSlotEndDate && timeSlotTariffLevel
  return firstWrong([[isAppointment && !slots.some(isSlot), 'appointmentValue est obligatoire pour ce produit']])
}
