import { needsCustoms } from '../../../domain/customs.ts'
import { Refused } from '../../../domain/failures.ts'
import type { LabelRequest } from '../carrier.ts'
import { addresseeOf, returnedTo } from './addresses.ts'
import { declare } from './customs.ts'
import { FORM_TYPE } from './formats.ts'
import { insurance, kilos, machinable, sizes } from './parcels.ts'
import { type Lane, territoryOf } from './places.ts'
import { isPickup, productFor } from './products.ts'
import type { SlsAddress, SlsLabelOrder } from './wire.ts'

/** What every label of this sender has in common; `labelFormat` is one of the carrier's names, such as "PDF_10x15_300dpi". */
export interface LabelForm {
  sender: SlsAddress
  commercialName: string
  labelFormat: string
}

/** Where the sender's country and the SLS document agree that overseas taxes are the sender's (contract of carriers, 1.4). */
const TAXED_TO_SENDER = ['GF', 'GP', 'MQ', 'RE']

/** From where to where a parcel of this sender goes. */
export function laneOf(
  { direction, recipient }: Pick<LabelRequest, 'direction' | 'recipient'>,
  from: SlsAddress,
): Lane {
  const [ours, theirs] = [territoryOf({ country: from.countryCode, postalCode: from.zipCode }), territoryOf(recipient)]
  return direction === 'return' ? { from: theirs, to: ours } : { from: ours, to: theirs }
}

/** The body of `generateLabel`, or the `Refused` that our own limits give without asking; `today` is the Paris date. */
export function labelOrder(request: LabelRequest, form: LabelForm, today: string): SlsLabelOrder {
  const [parcel, another] = request.parcels
  if (!parcel || another) throw new Refused('not-offered', 'Colissimo : un colis par achat')
  const lane = laneOf(request, form.sender)
  const product = productFor(request, lane)
  const needsForm = needsCustoms(placeOf(form.sender), request.recipient)
  const declared = needsForm ? declare(request.customs, parcel.weight) : null
  const field = [...sizes(parcel), ...(declared ? [{ key: 'OUTPUT_PRINT_TYPE_CN23' as const, value: FORM_TYPE }] : [])]
  return {
    outputFormat: { x: 0, y: 0, outputPrintingType: form.labelFormat },
    letter: {
      service: {
        ...serviceOf(request, { product, lane, form, today }),
        ...declared?.transport,
      },
      parcel: {
        weight: kilos(parcel.weight),
        ...insurance(request, { pickup: isPickup(product), to: lane.to }),
        ...(isPickup(product) ? waitingAt(request) : machinable(parcel)),
        ...(TAXED_TO_SENDER.includes(lane.to) && lane.from !== lane.to ? { ftd: true as const } : {}),
      },
      ...partiesOf(request, { product, form }),
      ...(declared ? { customsDeclarations: declared.form } : {}),
    },
    ...(field.length > 0 ? { fields: { field } } : {}),
  }
}

const placeOf = ({ countryCode, zipCode }: SlsAddress) => ({ country: countryCode, postalCode: zipCode })

function serviceOf(
  { reference, direction, shipOn }: LabelRequest,
  o: { product: string; lane: Lane; form: LabelForm; today: string },
): SlsLabelOrder['letter']['service'] {
  const { commercialName } = o.form
  if (isPickup(o.product) && !commercialName)
    // error 30018
    throw new Refused(
      'refused',
      "nom commercial (commercialName) : obligatoire en point de retrait, société de l'expéditeur",
    )
  // What becomes of a parcel that cannot be delivered is asked abroad and overseas: back to us.
  const isAsked = direction === 'outward' && o.lane.to !== 'FR' && o.lane.to !== o.lane.from
  return {
    productCode: o.product,
    depositDate: shipOn < o.today ? o.today : shipOn, // a past date is error 30002
    orderNumber: reference,
    ...(commercialName ? { commercialName } : {}),
    ...(isAsked ? { returnTypeChoice: 2 as const } : {}),
  }
}

/** Who sends and who receives: a return swaps the two. */
function partiesOf(
  { reference, direction, recipient }: LabelRequest,
  { product, form }: { product: string; form: LabelForm },
): Pick<SlsLabelOrder['letter'], 'sender' | 'addressee'> {
  const senderParcelRef = reference.slice(-17).replace(/^-+/, '')
  const customer = addresseeOf(recipient, { pickup: isPickup(product) })
  return direction === 'return'
    ? { sender: { senderParcelRef, address: customer }, addressee: { address: returnedTo(form.sender) } }
    : { sender: { senderParcelRef, address: form.sender }, addressee: { address: customer } }
}

function waitingAt({ pickupPoint }: LabelRequest): { pickupLocationId: string } {
  if (!pickupPoint || !/^\d{6}$/.test(pickupPoint.id))
    throw new Refused('address-refused', 'point de retrait (pickupLocationId) : 6 chiffres obligatoires')
  return { pickupLocationId: pickupPoint.id }
}
