import { z } from 'zod'
import { type HttpReply, jsonOf, readAs } from '../../wire/http.ts'

/** How the other side is called in messages. */
export const WHO = 'DHL Express'

/** An address; optional fields are left out, never empty. */
export interface DhlAddress {
  postalCode: string
  cityName: string
  countryCode: string
  provinceCode?: string
  addressLine1: string
  addressLine2?: string
  addressLine3?: string
}

/** Who answers at an address. */
export interface DhlContact {
  email?: string
  phone: string
  mobilePhone?: string
  companyName: string
  fullName: string
}

/** One side of a shipment. */
export interface DhlParty {
  postalAddress: DhlAddress
  contactInformation: DhlContact
  typeCode: 'business' | 'private'
}

/** A piece: kilograms and centimetres. */
export interface DhlPackage {
  weight: number
  dimensions?: { length: number; width: number; height: number }
}

/** Who pays: our account as the shipper's, or as the payer's of what a customer sends to us. */
export interface DhlAccount {
  typeCode: 'shipper' | 'payer'
  number: string
}

/** What customs are told; `price` is for one, weights for the whole line. */
export interface DhlExportDeclaration {
  lineItems: {
    number: number
    description: string
    price: number
    quantity: { value: number; unitOfMeasurement: 'PCS' }
    commodityCodes: { typeCode: 'outbound'; value: string }[]
    exportReasonType: 'permanent' | 'return'
    manufacturerCountry: string
    weight: { netValue: number }
  }[]
  invoice: { number: string; date: string }
  additionalCharges?: { value: number; typeCode: 'freight' }[]
  exportReasonType: 'permanent' | 'return'
  shipmentType: 'commercial'
}

/** One kind of document to make. */
export interface DhlImageOption {
  typeCode: 'label' | 'waybillDoc' | 'invoice'
  templateName: string
  isRequested?: true
  invoiceType?: 'commercial' | 'returns'
  languageCode?: 'eng'
  languageCountryCode?: 'US'
}

/** Body of POST /shipments (supermodelIoLogisticsExpressCreateShipmentRequest); a key that DHL does not know is refused. */
export interface DhlShipmentOrder {
  plannedShippingDateAndTime: string
  pickup: { isRequested: false }
  productCode: string
  getRateEstimates: true
  accounts: DhlAccount[]
  valueAddedServices?: { serviceCode: string; value?: number; currency?: string }[]
  outputImageProperties: {
    printerDPI: 200 | 300
    encodingFormat: 'pdf' | 'zpl'
    imageOptions: DhlImageOption[]
    splitTransportAndWaybillDocLabels: true
    splitDocumentsByPages: true
    splitInvoiceAndReceipt: true
  }
  customerReferences: { value: string; typeCode: 'CU' }[]
  customerDetails: { shipperDetails: DhlParty; receiverDetails: DhlParty; buyerDetails?: DhlParty }
  content: {
    packages: (DhlPackage & { referenceNumber: number; customerReferences: { value: string; typeCode: 'CU' }[] })[]
    isCustomsDeclarable: boolean
    declaredValue?: number
    declaredValueCurrency?: string
    exportDeclaration?: DhlExportDeclaration
    description: string
    incoterm: 'DAP'
    unitOfMeasurement: 'metric'
  }
  onDemandDelivery?: { deliveryOption: 'servicepoint'; servicePointId: string }
  getAdditionalInformation: { typeCode: 'linkLabelsByPieces'; isRequested: true }[]
}

/** Body of POST /rates. */
export interface DhlRateOrder {
  customerDetails: { shipperDetails: DhlAddress; receiverDetails: DhlAddress }
  accounts: DhlAccount[]
  plannedShippingDateAndTime: string
  unitOfMeasurement: 'metric'
  isCustomsDeclarable: boolean
  monetaryAmount?: { typeCode: 'declaredValue'; value: number; currency: string }[]
  nextBusinessDay: true
  productTypeCode: 'all'
  packages: DhlPackage[]
}

/** Body of POST /pickups. */
export interface DhlPickupOrder {
  plannedPickupDateAndTime: string
  closeTime: string
  locationType: 'business'
  accounts: DhlAccount[]
  customerDetails: { shipperDetails: Omit<DhlParty, 'typeCode'> }
  shipmentDetails: {
    productCode: string
    isCustomsDeclarable: boolean
    unitOfMeasurement: 'metric'
    packages: DhlPackage[]
  }[]
}

/** A number or its text: DHL writes shipment numbers both ways. */
const number = z.union([z.string().min(1), z.int().nonnegative().transform(String)])
const text = z
  .string()
  .nullish()
  .transform((read) => read ?? '')
const charge = z.object({ currencyType: text, priceCurrency: text, price: z.number().nullish() })
const charges = z
  .array(charge)
  .nullish()
  .transform((read) => read ?? [])

const document = z.object({ content: z.string(), typeCode: z.string(), packageReferenceNumber: z.number().nullish() })
const bought = z.object({
  shipmentTrackingNumber: number,
  packages: z.array(z.object({ referenceNumber: z.number().nullish(), trackingNumber: number })).nullish(),
  documents: z.array(document).nullish(),
  shipmentCharges: charges,
})
const problem = z.object({
  detail: text,
  title: text,
  message: text,
  additionalDetails: z.array(z.string()).nullish(),
})
const rates = z.object({
  products: z.array(
    z.object({
      productCode: z.string(),
      productName: text,
      totalPrice: charges,
      deliveryCapabilities: z.object({ estimatedDeliveryDateAndTime: text }).nullish(),
    }),
  ),
})
const collection = z.object({ dispatchConfirmationNumbers: z.array(number).min(1) })

/** A price as DHL tells it, in one of several currencies. */
export type DhlCharge = z.output<typeof charge>
/** A document of a bought shipment, base64. */
export type DhlDocument = z.output<typeof document>
/** The reply of POST /shipments. */
export type DhlBought = z.output<typeof bought>
/** What DHL says when it refuses. */
export type DhlProblem = z.output<typeof problem>
/** A product that may be bought. */
export type DhlOffer = z.output<typeof rates>['products'][number]

/** Reads a bought shipment; a number, a piece or a document that is missing makes it unreadable. */
export const readBought = (reply: HttpReply): DhlBought => readAs(bought, jsonOf(reply, WHO), WHO)
/** Reads a refusal. */
export const readProblem = (reply: HttpReply): DhlProblem => readAs(problem, jsonOf(reply, WHO), WHO)
/** Reads the offers of a lane. */
export const readRates = (reply: HttpReply): DhlOffer[] => readAs(rates, jsonOf(reply, WHO), WHO).products
/** Reads the numbers of a called courier. */
export const readCollection = (reply: HttpReply): string[] =>
  readAs(collection, jsonOf(reply, WHO), WHO).dispatchConfirmationNumbers
