import { asksInvoice } from './customs-rules.ts'
import { type Place, passesCustoms } from './places.ts'
import type { Case } from './rules.ts'
import { SAY } from './texts.ts'

type Lane = { from: Place; to: Place }

// Countries the sandbox refuses paperless trade to: plausible, not DHL's list.
const ON_PAPER = ['AO', 'BY', 'DZ', 'IQ', 'LY', 'RU', 'SY']
const anywhere = () => true
const acrossCustoms = ({ from, to }: Lane) => passesCustoms(from, to)

/** The special services of the sandbox: their name, and where they can be had. */
export const SERVICES: Record<string, { name: string; isAvailable: (lane: Lane) => boolean }> = {
  II: { name: 'SHIPMENT INSURANCE', isAvailable: anywhere },
  IB: { name: 'EXTENDED LIABILITY', isAvailable: anywhere },
  DD: { name: 'DUTY TAX PAID', isAvailable: acrossCustoms },
  AA: { name: 'SATURDAY DELIVERY', isAvailable: anywhere },
  TV: { name: 'SERVICE POINT DELIVERY', isAvailable: anywhere },
  LX: { name: 'HOLD FOR COLLECTION', isAvailable: anywhere },
  SF: { name: 'DIRECT SIGNATURE', isAvailable: anywhere },
  WY: {
    name: 'PAPERLESS TRADE',
    isAvailable: (lane) => acrossCustoms(lane) && !ON_PAPER.includes(lane.to.countryCode),
  },
}

/** Special services that go with the lane, and what they need. */
export function rulesOfServices({ request, isPaperlessUnchecked }: Case): string[] {
  const { valueAddedServices: services = [], customerDetails } = request
  const lane = {
    from: customerDetails.shipperDetails.postalAddress,
    to: customerDetails.receiverDetails.postalAddress,
  }
  return services.flatMap(({ serviceCode: code, value, currency }, index) => {
    const isUnchecked = code === 'WY' && isPaperlessUnchecked
    if (!isUnchecked && !SERVICES[code]?.isAvailable(lane)) return [SAY.service({ index, code })]
    const isUninsured = code === 'II' && (value === undefined || currency === undefined)
    return isUninsured ? [SAY.insurance(index)] : []
  })
}

/** Paperless trade needs an invoice: drawn by the carrier, or sent along. */
export function rulesOfPaperless({ request }: Case): string[] {
  const isPaperless = request.valueAddedServices?.some(({ serviceCode }) => serviceCode === 'WY') ?? false
  return isPaperless && !asksInvoice(request) && !request.documentImages?.length ? [SAY.paperless()] : []
}
