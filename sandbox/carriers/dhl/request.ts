/** A sender's or a receiver's address as a request writes it. */
export interface PostalAddress {
  postalCode: string
  cityName: string
  countryCode: string
  provinceCode?: string
  addressLine1: string
  addressLine2?: string
  addressLine3?: string
}

/** One party of a shipment. */
export interface Party {
  postalAddress: PostalAddress
  contactInformation: { phone: string; companyName: string; fullName: string; email?: string }
}

/** A reference of the sender; without a type it is the customer's own (CU). */
export interface Reference {
  value: string
  typeCode?: string
}

/** One piece; weight in kg and sizes in cm, or in pounds and inches when the request is imperial. */
export interface Package {
  weight: number
  dimensions?: { length: number; width: number; height: number }
  customerReferences?: Reference[]
  description?: string
}

/** One document asked for, and how it shall look. */
export interface ImageOption {
  typeCode: 'label' | 'waybillDoc' | 'invoice' | 'qr-code' | 'shipmentReceipt'
  templateName?: string
  isRequested?: boolean
  numberOfCopies?: number
  fitLabelsToA4?: boolean
}

/** What shall be printed, and into how many files. */
export interface OutputImages {
  encodingFormat?: 'pdf' | 'zpl' | 'lp2' | 'epl'
  printerDPI?: 200 | 300
  imageOptions?: ImageOption[]
  splitTransportAndWaybillDocLabels?: boolean
  allDocumentsInOneImage?: boolean
  splitDocumentsByPages?: boolean
  splitInvoiceAndReceipt?: boolean
}

/** What the customs are told; prices are decimal units. */
export interface ExportDeclaration {
  lineItems: { number: number; description: string; price: number; quantity: { value: number } }[]
  invoice?: { number: string; date: string }
}

/** The members of a create request that the sandbox reads, after its schema was checked. */
export interface ShipmentRequest {
  plannedShippingDateAndTime: string
  pickup: { isRequested: boolean; closeTime?: string }
  productCode: string
  getRateEstimates?: boolean
  accounts: { typeCode: 'shipper' | 'payer' | 'duties-taxes'; number: string }[]
  valueAddedServices?: { serviceCode: string; value?: number; currency?: string }[]
  outputImageProperties?: OutputImages
  customerReferences?: Reference[]
  identifiers?: { typeCode: string; value: string }[]
  customerDetails: { shipperDetails: Party; receiverDetails: Party } & Record<string, Party | undefined>
  content: {
    packages: Package[]
    isCustomsDeclarable: boolean
    declaredValue?: number
    declaredValueCurrency?: string
    exportDeclaration?: ExportDeclaration
    description: string
    incoterm: string
    unitOfMeasurement: 'metric' | 'imperial'
  }
  documentImages?: { typeCode?: string; content?: string }[]
  estimatedDeliveryDate?: { isRequested: boolean; typeCode?: string }
  getAdditionalInformation?: { typeCode?: string; isRequested: boolean }[]
}

/** The value of the customer's own reference, the one the ERP or the shop gave; undefined when there is none. */
export const ownReference = (references: Reference[] | undefined): string | undefined =>
  references?.find(({ typeCode = 'CU' }) => typeCode === 'CU')?.value
