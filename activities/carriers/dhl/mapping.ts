import { type CustomsDeclaration, needsCustoms } from '../../../domain/customs.ts'
import { Refused } from '../../../domain/failures.ts'
import type { LabelFormat, Parcel } from '../../../domain/shipment.ts'
import type { CarrierSetup, LabelRequest } from '../carrier.ts'
import { partyOf } from './addresses.ts'
import { declaredOf, invoiceOption } from './customs.ts'
import { handOverTime, parisDay, stampOf } from './moments.ts'
import { type Lane, productFor } from './products.ts'
import { contentsOf } from './texts.ts'
import type { DhlAccount, DhlPackage, DhlParty, DhlShipmentOrder } from './wire.ts'

/** How the papers of a format are made; DHL has no DPL. */
interface Output {
  encodingFormat: 'pdf' | 'zpl'
  printerDPI: 200 | 300
  label: string
  waybill: string
}

const SMALL = { label: 'ECOM26_A6_002', waybill: 'ARCH_6X4' } // 10 x 15 cm
const OUTPUTS: Partial<Record<LabelFormat, Output>> = {
  'pdf-10x15': { encodingFormat: 'pdf', printerDPI: 300, ...SMALL },
  'pdf-a4': { encodingFormat: 'pdf', printerDPI: 300, label: 'ECOM26_84_A4_001', waybill: 'ARCH_8X4_A4_002' },
  'zpl-203': { encodingFormat: 'zpl', printerDPI: 200, ...SMALL },
  'zpl-300': { encodingFormat: 'zpl', printerDPI: 300, ...SMALL },
}

/** The formats that DHL prints. */
export const FORMATS = Object.keys(OUTPUTS) as LabelFormat[]

/** How many pieces we put in one shipment. */
export const PIECES = 20

/** What the seller of every shipment has in common. */
export type Form = Pick<CarrierSetup, 'sender' | 'format'> & { account: string; now: Date }

/** Who sends to whom, on what lane, and who pays: what labels and prices have in common. */
export interface Journey {
  shipper: DhlParty
  receiver: DhlParty
  accounts: DhlAccount[]
  lane: Lane
  customs: CustomsDeclaration | null
  packages: DhlPackage[]
  plannedAt: string
}

/** Reads a request as a journey, or gives the `Refused` of our own limits; inside the union a declaration is left aside. */
export function journeyOf(request: LabelRequest, { sender, account, now }: Form): Journey {
  const { direction, recipient } = request
  const [ours, theirs] = [partyOf(sender, 'sender'), partyOf(recipient, 'recipient')]
  const isReturn = direction === 'return'
  const [shipper, receiver] = isReturn ? [theirs, ours] : [ours, theirs]
  const dutiable = isReturn ? needsCustoms(recipient, sender) : needsCustoms(sender, recipient)
  if (dutiable && !request.customs)
    throw new Refused('customs-incomplete', 'déclaration en douane (exportDeclaration) : obligatoire à cette adresse')
  const domestic = shipper.postalAddress.countryCode === receiver.postalAddress.countryCode
  return {
    shipper,
    receiver,
    accounts: [{ typeCode: isReturn ? 'payer' : 'shipper', number: account }],
    lane: dutiable ? 'customs' : domestic ? 'domestic' : 'abroad',
    customs: dutiable ? request.customs : null,
    packages: packagesOf(request.parcels),
    plannedAt: plannedAt(request.shipOn, now),
  }
}

function plannedAt(shipOn: string, now: Date): string {
  const local = handOverTime({ shipOn, now })
  if (local.slice(0, 10) > parisDay(now, 10))
    throw new Refused('refused', "date d'expédition (plannedShippingDateAndTime) : 10 jours à l'avance au plus")
  return stampOf(local)
}

function packagesOf(parcels: Parcel[]): DhlPackage[] {
  if (parcels.length === 0 || parcels.length > PIECES) throw new Error(`DHL Express: 1 to ${PIECES} pieces a shipment`)
  return parcels.map(({ rank, weight, length, width, height }) => {
    if (!(weight > 0)) throw new Refused('refused', `colis ${rank}, poids (weight) : obligatoire`)
    if (!length || !width || !height) return { weight: weight / 1000 }
    return { weight: weight / 1000, dimensions: { length: length / 10, width: width / 10, height: height / 10 } }
  })
}

/** The body of POST /shipments, or the `Refused` that our own limits give without asking. */
export function shipmentOrder(request: LabelRequest, o: { form: Form; paperless: boolean }): DhlShipmentOrder {
  const journey = journeyOf(request, o.form)
  const { shipper, receiver, lane, customs, packages } = journey
  const declared = customs ? declaredOf(customs) : {}
  const services = servicesOf(request, { paperless: o.paperless && customs !== null })
  return {
    plannedShippingDateAndTime: journey.plannedAt,
    pickup: { isRequested: false },
    productCode: productFor({ service: request.service, lane, parcels: request.parcels }),
    getRateEstimates: true,
    accounts: journey.accounts,
    ...(services.length > 0 ? { valueAddedServices: services } : {}),
    outputImageProperties: outputOf(o.form.format, customs),
    customerReferences: [{ value: request.reference, typeCode: 'CU' }],
    customerDetails: { shipperDetails: shipper, receiverDetails: receiver, ...buyerOf(request, receiver) },
    content: {
      packages: packages.map((one, i) => ({ ...one, ...namedPiece(request, i) })),
      isCustomsDeclarable: customs !== null,
      description: contentsOf(request.parcels, shipper.contactInformation.companyName),
      ...declared,
      incoterm: 'DAP', // duties are the addressee's: paying them ourselves (DDP) takes a contract that we cannot see
      unitOfMeasurement: 'metric',
    },
    ...pointOf(request),
    getAdditionalInformation: [{ typeCode: 'linkLabelsByPieces', isRequested: true }],
  }
}

const namedPiece = ({ parcels }: LabelRequest, i: number) => ({
  referenceNumber: i + 1,
  customerReferences: [{ value: parcels[i]?.reference ?? '', typeCode: 'CU' as const }],
})

/** WY paperless trade, II insurance, TV delivery to a service point. */
function servicesOf({ insured, currency, pickupPoint }: LabelRequest, { paperless }: { paperless: boolean }) {
  return [
    ...(paperless ? [{ serviceCode: 'WY' }] : []),
    ...(insured === null ? [] : [{ serviceCode: 'II', value: insured / 100, currency }]),
    ...(pickupPoint ? [{ serviceCode: 'TV' }] : []),
  ]
}

function pointOf({ pickupPoint }: LabelRequest): Pick<DhlShipmentOrder, 'onDemandDelivery'> {
  if (!pickupPoint) return {}
  if (!/^[A-Z0-9]{1,6}$/.test(pickupPoint.id))
    throw new Refused('address-refused', 'point de retrait (servicePointId) : 6 lettres ou chiffres au plus')
  return { onDemandDelivery: { deliveryOption: 'servicepoint', servicePointId: pickupPoint.id } }
}

/** The description of `onDemandDelivery` wants the buyer named too. */
const buyerOf = ({ pickupPoint }: LabelRequest, buyerDetails: DhlParty) => (pickupPoint ? { buyerDetails } : {})

function outputOf(format: LabelFormat, customs: CustomsDeclaration | null): DhlShipmentOrder['outputImageProperties'] {
  const output = OUTPUTS[format]
  if (!output) throw new Refused('not-offered', `format d'étiquette ${format}, que DHL Express n'imprime pas`)
  return {
    printerDPI: output.printerDPI,
    encodingFormat: output.encodingFormat,
    imageOptions: [
      { typeCode: 'label', templateName: output.label },
      { typeCode: 'waybillDoc', templateName: output.waybill, isRequested: true },
      ...(customs ? [invoiceOption(customs)] : []),
    ],
    splitTransportAndWaybillDocLabels: true,
    splitDocumentsByPages: true,
    splitInvoiceAndReceipt: true,
  }
}
