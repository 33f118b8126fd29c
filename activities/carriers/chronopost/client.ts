import type { LoginOf } from '../../../domain/carrier.ts'
import { callSoap, type SoapReply, type XmlFields } from '../../wire/soap.ts'
import { WHO } from './wire.ts'

/** A purchase: its operation and all it says, in the schema's order. */
export interface SaleOrder {
  operation: 'shippingMultiParcelWithReservationV3' | 'shippingMultiParcelV5'
  fields: XmlFields
}

/** The calls this adapter makes; replies as they were sent. */
export interface ChronopostClient {
  sell(order: SaleOrder): Promise<SoapReply>
  /** Gives the labels of a reservation; may be repeated. */
  getReserved(o: { reservationNumber: string; mode: string }): Promise<SoapReply>
  getReservedByNumber(o: { number: string; mode: string }): Promise<SoapReply>
  cancelSkybill(number: string): Promise<SoapReply>
  trackSkybill(number: string): Promise<SoapReply>
  trackWithSenderRef(reference: string): Promise<SoapReply>
  /** Days as dd/MM/yyyy. */
  trackSearch(o: { reference: string; from: string; until: string }): Promise<SoapReply>
  calculateProducts(lane: XmlFields): Promise<SoapReply>
  findPoints(o: { inter: boolean; fields: XmlFields }): Promise<SoapReply>
}

/** Paths under the host; the name space of the pickup points is spelled as their service does. */
const SERVICES = {
  shipping: { path: 'shipping-cxf/ShippingServiceWS', namespace: 'shipping' },
  tracking: { path: 'tracking-cxf/TrackingServiceWS', namespace: 'tracking' },
  quickcost: { path: 'quickcost-cxf/QuickcostServiceWS', namespace: 'quickcost' },
  points: { path: 'recherchebt-ws-cxf/PointRelaisServiceWS', namespace: 'rechercheBt' },
}

/** Milliseconds, so that a check, a purchase and three tries for its labels end within the 45 s of one step. */
const PATIENCE = { shipping: 22_000, tracking: 5_000, quickcost: 7_000, points: 10_000, label: 5_000 }

type Call = (operation: string, fields: XmlFields, timeout?: number) => Promise<SoapReply>

/** Opens the services of one host (SOAP 1.1); account and password go in every body that asks for them. */
export function openClient({ url, account, password }: LoginOf<'CHRONOPOST'>): ChronopostClient {
  const open = (service: keyof typeof SERVICES): Call => {
    const { path, namespace: name } = SERVICES[service]
    const where = { who: WHO, url: `${url}/${path}`, namespace: `http://cxf.${name}.soap.chronopost.fr/` }
    return (operation, fields, timeout = PATIENCE[service]) => callSoap({ ...where, operation, fields, timeout })
  }
  const [shipping, tracking, quickcost, points] = [
    open('shipping'),
    open('tracking'),
    open('quickcost'),
    open('points'),
  ]
  const login = [
    ['accountNumber', account],
    ['password', password],
  ] as const
  const known = [...login, ['language', 'fr_FR']] as const
  return {
    sell: ({ operation, fields }) => shipping(operation, fields),
    getReserved: (o) => shipping('getReservedSkybillWithTypeAndMode', Object.entries(o), PATIENCE.label),
    getReservedByNumber: ({ number, mode }) =>
      shipping(
        'getReservedSkybillWithTypeAndModeAuth',
        [['numberSearch', number], ['mode', mode], ...login],
        PATIENCE.label,
      ),
    cancelSkybill: (number) => tracking('cancelSkybill', [...known, ['skybillNumber', number]]),
    trackSkybill: (number) =>
      tracking('trackSkybillV2', [
        ['language', 'fr_FR'],
        ['skybillNumber', number],
      ]),
    trackWithSenderRef: (reference) => tracking('trackWithSenderRef', [...known, ['sendersRef', reference]]),
    trackSearch: ({ reference, from, until }) =>
      tracking('trackSearch', [...known, ['dateDeposit', from], ['dateEndDeposit', until], ['sendersRef', reference]]),
    calculateProducts: (lane) => quickcost('calculateProducts', [...login, ...lane]),
    findPoints: ({ inter, fields }) =>
      points(inter ? 'recherchePointChronopostInter' : 'recherchePointChronopost', [...login, ...fields]),
  }
}
