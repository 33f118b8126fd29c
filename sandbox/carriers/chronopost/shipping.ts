import type { Hono } from 'hono'
import { type Carrier, type Sale, sellParcels } from './carrier.ts'
import { type Operation, openService } from './door.ts'
import { drawLabels } from './label.ts'
import type { Parcel } from './model.ts'
import { ALL_RIGHT, refuse } from './problems.ts'
import { productOf } from './products.ts'
import { reservedOperations } from './reserved.ts'
import { readShipping, type ShippingRequest } from './shipping-request.ts'
import { checkShipping } from './shipping-rules.ts'
import type { Xml } from './xml.ts'

/** How an operation tells what it sold. */
type Telling = (request: ShippingRequest, parcels: Parcel[]) => Xml | Promise<Xml>

/** The shipping service: purchases that bring the label, purchases that reserve it, and labels by reservation. */
export function openShipping(carrier: Carrier): Hono {
  const sellAnd =
    (tell: Telling): Operation =>
    async (element) => {
      const request = readShipping(element)
      const problem = checkShipping(carrier, request)
      return problem ? refuse(problem) : tell(request, sellParcels(carrier, salesOf(request)))
    }
  return openService({
    name: 'shipping',
    path: '/shipping-cxf/ShippingServiceWS',
    operations: {
      shippingMultiParcelV3: sellAnd(tellLabels),
      shippingMultiParcelV4: sellAnd(tellLabels),
      shippingMultiParcelV5: sellAnd(tellLabels),
      shippingMultiParcelWithReservationV3: sellAnd(tellReservation),
      shippingV7: sellAnd(tellSingle),
      ...reservedOperations(carrier),
    },
  })
}

function salesOf({ skybills, refs, shippers, recipients, mode, numberOfParcel }: ShippingRequest): Sale[] {
  return skybills.map((skybill, index) => ({
    shipperRef: refs[index]?.shipperRef ?? '',
    recipientRef: refs[index]?.recipientRef ?? '',
    shipper: shippers[index] ?? shippers[0] ?? {},
    recipient: recipients[index] ?? recipients[0] ?? {},
    productCode: productOf(skybill.productCode ?? '')?.code ?? '',
    service: skybill.service ?? '',
    objectType: skybill.objectType ?? '',
    shipDate: skybill.shipDate ?? '',
    weightKg: Number(skybill.weight),
    rank: index + 1,
    outOf: numberOfParcel,
    mode,
  }))
}

// Depot and sorting codes are those of the recorded answer: nobody but the carrier's own machines reads them.
const ROUTING = { codeDepot: '75327227', codeService: '226', destinationDepot: '0477' } as const

function routingOf({ skybillNumber, recipient, productCode }: Parcel) {
  const number = skybillNumber.slice(0, 11)
  const zip = (recipient.ZipCode ?? '').replace(/[^0-9A-Z]/g, '').padStart(7, '0')
  return {
    codes: ROUTING,
    geoPost: {
      geoPostCodeBarre: `%${zip}${number}248${ROUTING.codeService}250`,
      geoPostNumeroColis: `${number}248D`,
      groupingPriorityLabel: 'SIA1',
    },
    marks: {
      serviceMark: '',
      serviceName: 'AM2-NO',
      signaletiqueProduit: productOf(productCode)?.mark ?? '',
      skybillNumber,
    },
  }
}

const isReserved = ({ withReservation }: ShippingRequest) => withReservation === '1'

async function labelOf({ mode, modeRetour }: ShippingRequest, parcel: Parcel) {
  return modeRetour === '1' ? (await drawLabels([parcel], mode)).toString('base64') : undefined
}

async function tellLabels(request: ShippingRequest, parcels: Parcel[]): Promise<Xml> {
  const results = parcels.map(async (parcel) => {
    const { codes, geoPost, marks } = routingOf(parcel)
    return { ...codes, ...geoPost, pdfEtiquette: await labelOf(request, parcel), ...marks }
  })
  return {
    ...ALL_RIGHT,
    reservationNumber: isReserved(request) ? parcels[0]?.reservationNumber : undefined,
    resultMultiParcelValue: await Promise.all(results),
  }
}

function tellReservation(_request: ShippingRequest, parcels: Parcel[]): Xml {
  const results = parcels.map((parcel) => {
    const { codes, geoPost, marks } = routingOf(parcel)
    return { ...codes, ...geoPost, reservationNumber: parcel.reservationNumber, ...marks }
  })
  return { ...ALL_RIGHT, reservationNumber: parcels[0]?.reservationNumber, resultParcelValue: results }
}

async function tellSingle(request: ShippingRequest, [parcel]: Parcel[]): Promise<Xml> {
  if (!parcel) return ALL_RIGHT
  const { codes, geoPost, marks } = routingOf(parcel)
  const { skybillNumber, ...rest } = marks
  return { ...ALL_RIGHT, skybillNumber, ...codes, ...geoPost, ...rest, pdfEtiquette: await labelOf(request, parcel) }
}
