import { z } from 'zod'

// The request of generateLabel 3.1, member by member as in the carrier's OpenAPI. Members that have an error code of their own
// when they are missing stay optional here: the rules see to them. Anything else of the wrong shape is unreadable (422).

const text = z.string().optional()
const whole = z.int().optional()
const flag = z.boolean().optional()

const address = z.strictObject({
  companyName: text,
  lastName: text,
  firstName: text,
  line0: text,
  line1: text,
  line2: text,
  line3: text,
  countryCode: text,
  city: text,
  zipCode: text,
  phoneNumber: text,
  mobileNumber: text,
  doorCode1: text,
  doorCode2: text,
  intercom: text,
  email: text,
  language: text,
  stateOrProvinceCode: text,
})

const article = z.strictObject({
  description: text,
  quantity: whole,
  weight: z.number().optional(),
  value: z.number().optional(),
  hsCode: text,
  originCountry: text,
  originCountryLabel: text,
  currency: text,
  artref: text,
  originalIdent: text,
  vatAmount: z.number().optional(),
  customsFees: z.number().optional(),
})

const original = z.strictObject({
  originalIdent: text,
  originalInvoiceNumber: text,
  originalInvoiceDate: text,
  originalParcelNumber: text,
})

const contents = z.strictObject({
  article: z.array(article).optional(),
  category: z.strictObject({ value: whole }).optional(),
  original: z.array(original).optional(),
  explanations: text,
})

const customsDeclarations = z.strictObject({
  includeCustomsDeclarations: flag,
  numberOfCopies: whole,
  contents: contents.optional(),
  importersReference: text,
  importersContact: text,
  officeOrigin: text,
  comments: text,
  description: text,
  invoiceNumber: text,
  licenceNumber: text,
  certificatNumber: text,
  importerAddress: address.optional(),
})

const service = z.strictObject({
  productCode: text,
  depositDate: text,
  mailBoxPicking: flag,
  mailBoxPickingDate: text,
  vatCode: whole,
  vatPercentage: whole,
  vatAmount: whole,
  transportationAmount: whole,
  totalAmount: whole,
  orderNumber: text,
  commercialName: text,
  returnTypeChoice: whole,
  reseauPostal: text,
})

const parcel = z.strictObject({
  parcelNumber: text,
  insuranceAmount: whole,
  insuranceValue: whole,
  recommendationLevel: text,
  // The string form is accepted too.
  weight: z.union([z.number(), z.string()]).optional(),
  nonMachinable: flag,
  returnReceipt: flag,
  instructions: text,
  pickupLocationId: text,
  ftd: flag,
  ddp: flag,
  disabledDeliveryBlockingCode: text,
  hazmatFlag: flag,
  hazmatCategory: text,
  hazmatPrintLogo: flag,
  postCommand: flag,
  cod: flag,
  codcurrency: text,
  codamount: whole,
})

const letter = z.strictObject({
  service,
  parcel,
  customsDeclarations: customsDeclarations.optional(),
  sender: z.strictObject({ senderParcelRef: text, address: address.optional() }).optional(),
  addressee: z.strictObject({
    addresseeParcelRef: text,
    codeBarForReference: flag,
    serviceInfo: text,
    promotionCode: text,
    address,
  }),
  codSenderAddress: address.optional(),
})

const outputFormat = z.strictObject({
  x: z.int(),
  y: z.int(),
  outputPrintingType: text,
  dematerialized: flag,
  returnType: text,
  printCODDocument: flag,
})

const field = z.strictObject({ key: z.string(), value: z.string() })
const fields = z.strictObject({ field: z.array(field).optional(), customField: z.array(field).optional() })

const customizationFields = z.strictObject({
  reference: z.array(z.strictObject({ customizableReferenceKey: whole, customizableReferenceValue: text })).optional(),
  customizationField: z.array(z.strictObject({ type: text, x: whole, y: whole, taille: text, value: text })).optional(),
})

/** The body of generateLabel. */
export const labelRequest = z.strictObject({
  contractNumber: text,
  password: text,
  outputFormat,
  letter,
  fields: fields.optional(),
  customizationFields: customizationFields.optional(),
})

/** The body of checkGenerateLabel: the same, and the printing may be left out. */
export const checkRequest = labelRequest.extend({ outputFormat: outputFormat.optional() })

/** The body of generateCN23. */
export const customsRequest = labelRequest.omit({ outputFormat: true, customizationFields: true })

/** The body of getProductInter. */
export const productRequest = z.strictObject({
  contractNumber: text,
  password: text,
  productCode: text,
  insurance: flag,
  nonMachinable: flag,
  returnReceipt: flag,
  countryCode: text,
  zipCode: text,
  city: text,
})

/** The body of getLabel. */
export const reprintRequest = z.strictObject({ parcelNumber: text, outputPrintingType: text })

/** The body of generateBordereauByParcelsNumbers. */
export const slipRequest = z.strictObject({
  contractNumber: text,
  password: text,
  generateBordereauParcelNumberList: z.strictObject({ parcelsNumbers: z.array(z.string()).min(1) }),
  fields: fields.optional(),
})

/** A request for a label. */
export type LabelRequest = z.infer<typeof labelRequest>

/** A request for a label, or for the check of one. */
export type CheckRequest = z.infer<typeof checkRequest>

/** An address of a request. */
export type LabelAddress = z.infer<typeof address>

/** An article of the customs form. */
export type CustomsArticle = z.infer<typeof article>

/** What the customs form says of the goods. */
export type CustomsContents = z.infer<typeof contents>

/** A question about a destination. */
export type ProductRequest = z.infer<typeof productRequest>
