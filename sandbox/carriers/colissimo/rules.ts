import { rulesOfAbroad } from './abroad-rules.ts'
import { rulesOfAddressee } from './addressee-rules.ts'
import { rulesOfCustoms } from './customs-rules.ts'
import { type Fault, faults } from './messages.ts'
import type { Parcel } from './model.ts'
import { rulesOfSeveral } from './multi-parcel-rules.ts'
import { rulesOfOptions, rulesOfParcel } from './parcel-rules.ts'
import type { CheckRequest } from './schema.ts'
import { rulesOfSender } from './sender-rules.ts'
import { rulesOfService } from './service-rules.ts'
import { rulesOfTexts } from './text-rules.ts'

const FORMATS = ['PDF', 'ZPL', 'DPL'].flatMap((language) =>
  ['10x15', '10x12', '10x10'].flatMap((size) => ['203dpi', '300dpi'].map((dpi) => `${language}_${size}_${dpi}`)),
)
const PRINTING = new Set([...FORMATS.filter((format) => !/^PDF.*203/.test(format)), 'PDF_A4_300dpi'])

/** Whether the carrier prints labels of this type; `_UL` asks for the unified layout. */
export const isPrintable = (type: string): boolean => PRINTING.has(type.replace(/_UL$/, ''))

/** What the rules need to know of the carrier. */
export interface Known {
  now: Date
  find: (number: string) => Parcel | undefined
}

/** Every rule of the carrier that a request breaks, in the order the carrier looks; a code is said once for one detail. */
export function faultsOf(request: CheckRequest, { now, find }: Known): Fault[] {
  const found = [
    ...rulesOfPrinting(request),
    ...rulesOfService(request, now),
    ...rulesOfSender(request),
    ...rulesOfAddressee(request),
    ...rulesOfParcel(request),
    ...rulesOfOptions(request),
    ...rulesOfAbroad(request),
    ...rulesOfSeveral(request, find),
    ...rulesOfCustoms(request, now),
    ...rulesOfTexts(request),
  ]
  return [...new Map(found.map((fault) => [`${fault.id} ${fault.detail}`, fault])).values()]
}

function rulesOfPrinting({ outputFormat }: CheckRequest): Fault[] {
  if (!outputFormat) return []
  const type = outputFormat.outputPrintingType
  return faults([
    [type === undefined, '30025'],
    [type !== undefined && !isPrintable(type), '30026', type],
  ])
}
