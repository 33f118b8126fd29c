// 998, 7008, 7120, 7127, 7147, 8003, 8007, 5556, 3501 and 400104 with their texts are recorded; numbers from 1001 are this sandbox's own.
const AVAILABLE = 'Please validate the products and services combination (via the /rates or /products service)'

/** What the carrier says to a wrong request, by what is wrong. */
export const SAY = {
  dateShape: () =>
    "998: ShipTimeStamp is not well formatted.(Expected Sample Format : '2010-02-11T17:10:09 GMT+01:00')",
  datePast: () => '1001: #/plannedShippingDateAndTime is in the past. Please check the date and retry.',
  dateFar: () =>
    '1002: #/plannedShippingDateAndTime is more than 10 days in the future. Please check the date and retry.',
  product: (code: string) =>
    `1003: The requested product #/productCode '${code}' is not available between this origin and destination. ${AVAILABLE} or contact our customer service.`,
  noProduct: () => '1018: The requested product(s) not available based on your search criteria.',
  weight: (o: { code: string; limit: number }) =>
    `1004: The total weight of #/content/packages exceeds the maximum shipment weight of ${o.limit} kg of product ${o.code}.`,
  size: (o: { index: number; code: string; limits: number[] }) =>
    `1005: The size of #/content/packages/${o.index}/dimensions exceeds the maximum piece size of ${o.limits.join(' x ')} cm of product ${o.code}.`,
  declarable: (isNeeded: boolean) =>
    `1006: #/content/isCustomsDeclarable must be ${isNeeded} for this product between this origin and destination.`,
  declaration: () => '1007: #/content/exportDeclaration is required when #/content/isCustomsDeclarable is true.',
  declaredValue: () =>
    '1008: #/content/declaredValue and #/content/declaredValueCurrency are required when #/content/isCustomsDeclarable is true.',
  invoiceData: () =>
    '1009: #/content/exportDeclaration/invoice is required where #/outputImageProperties/imageOptions typeCode=invoice is requested.',
  postcode: (o: { role: string; country: string }) =>
    `1010: The ${o.role}/postalAddress/postalCode value provided is invalid for country ${o.country}.`,
  province: (role: string) => `1011: The ${role}/postalAddress/provinceCode is required for this country.`,
  phone: (role: string) => `1012: The ${role}/contactInformation/phone value provided is invalid.`,
  country: (role: string) => `7127: The ${role}/postalAddress/countryCode value provided is invalid.`,
  noPayer: () => '1013: #/accounts must hold an account with typeCode shipper or payer.',
  shipperAccount: () => '8007: The Shipper Account is invalid.',
  otherAccount: (typeCode: string) => `1014: The account number with typeCode ${typeCode} is not found or invalid.`,
  template: (name: string) => `1015: The #/outputImageProperties/imageOptions templateName '${name}' is not supported.`,
  closeTime: () => '1016: #/pickup/closeTime is required when #/pickup/isRequested is true.',
  insurance: (index: number) => `1017: #/valueAddedServices/${index}/value and currency are required for this service.`,
  paperless: () =>
    '7120: Required either #/outputImageProperties/imageOptions where typeCode=invoice or provide #/documentImages',
  service: (o: { index: number; code: string }) =>
    `7008: The requested Special Service Code  #/valueAddedServices/${o.index}/serviceCode '${o.code}' is not available between this origin and destination. ${AVAILABLE} or contact our customer service.`,
  identifier: () =>
    '400104: The provided Shipment Identification Number is invalid. Please check the request message and retry.',
  vague: (o: { place: string; keyword: string }) =>
    `7147: The ${o.place} Match Keyword[Description:${o.keyword}]. Please update the description and retry.`,
  notAllowed: () => '8003: Account not allowed for this service. Please contact your DHL Express representative.',
  pickupAccount: () =>
    '5556: The Original Shipper Account Number must match with the Shipper Account Number used previously to create/update successful pickup request. Please check the Original Shipper Account Number and retry.',
  identifiersRefused: () =>
    '3501: Request Identifier is not allowed for your username. Please contact your DHL Express representative.',
  account: () => 'The account number is not found or invalid. Please check the account number and retry.',
}
