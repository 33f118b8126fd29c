import type { ImageOption } from './request.ts'

type Kind = ImageOption['typeCode']
type Size = [width: number, height: number]

const CENTIMETRE = 72 / 2.54
const A4: Size = [595.28, 841.89]
const A4_LANDSCAPE: Size = [841.89, 595.28]
const A6: Size = [297.64, 419.53]
const TEN_BY_FIFTEEN: Size = [10 * CENTIMETRE, 15 * CENTIMETRE]
const TEN_BY_TWENTY: Size = [10 * CENTIMETRE, 20 * CENTIMETRE]

/** A layout of the carrier: what it prints, and its page in points. */
export interface Template {
  kind: Kind
  size: Size
  /** `fitLabelsToA4` works on it. */
  isFittable?: boolean
}

// The names the description lists; the first of each kind is its default.
const TEMPLATES: Record<string, Template> = {
  ECOM26_84_001: { kind: 'label', size: TEN_BY_FIFTEEN },
  ECOM26_84_A4_001: { kind: 'label', size: A4 },
  ECOM_TC_A4: { kind: 'label', size: A4 },
  ECOM26_A6_002: { kind: 'label', size: A6, isFittable: true },
  ECOM26_84CI_001: { kind: 'label', size: TEN_BY_TWENTY, isFittable: true },
  ECOM26_84CI_002: { kind: 'label', size: TEN_BY_TWENTY, isFittable: true },
  ECOM26_84CI_003: { kind: 'label', size: TEN_BY_TWENTY },
  ECOM_A4_RU_002: { kind: 'label', size: A4 },
  ARCH_8X4: { kind: 'waybillDoc', size: TEN_BY_TWENTY, isFittable: true },
  ARCH_8X4_A4_002: { kind: 'waybillDoc', size: A4 },
  ARCH_6X4: { kind: 'waybillDoc', size: TEN_BY_FIFTEEN, isFittable: true },
  ARCH_A4_RU_002: { kind: 'waybillDoc', size: A4 },
  COMMERCIAL_INVOICE_P_10: { kind: 'invoice', size: A4 },
  COMMERCIAL_INVOICE_04: { kind: 'invoice', size: A4 },
  COMMERCIAL_INVOICE_L_10: { kind: 'invoice', size: A4_LANDSCAPE },
  RET_COM_INVOICE_A4_01: { kind: 'invoice', size: A4_LANDSCAPE },
  SHIPRCPT_EN_001: { kind: 'shipmentReceipt', size: A4 },
  SHIP_RECPT_A4_RU_002: { kind: 'shipmentReceipt', size: A4 },
  QR_1_00_LL_PNG_001: { kind: 'qr-code', size: A6 },
}

/** The layout of this name and kind, in any case of letters as the samples write "ARCH_8x4"; undefined when there is none. */
export function findTemplate({ typeCode, templateName = '' }: ImageOption): Template | undefined {
  const name = templateName.toUpperCase()
  const template = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name] : undefined
  return template?.kind === typeCode ? template : undefined
}

/** The page of a document in points: its template's, or the default of its kind, or A4 when it shall fit there. */
export function pageSizeOf(kind: Kind, option: ImageOption | undefined): Size {
  const named = option && findTemplate(option)
  const template = named ?? Object.values(TEMPLATES).find((other) => other.kind === kind)
  return option?.fitLabelsToA4 && template?.isFittable ? A4 : (template?.size ?? A4)
}
