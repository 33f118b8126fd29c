import { Refused, Unavailable } from '../../../domain/failures.ts'
import type { Parcel, TrackingEvent } from '../../../domain/shipment.ts'
import type { Label, LabelRequest } from '../carrier.ts'
import { addresseeOf } from './addresses.ts'
import { needsCustomsForm } from './destinations.ts'
import { statusOf } from './statuses.ts'
import type { SlsAddress, SlsLabelOrder, SlsMessage, SlsReply, SuiviEntry, SuiviEvent } from './wire.ts'

/** What every label of this sender has in common; `labelFormat` is one of the carrier's names, such as "PDF_10x15_300dpi". */
export interface LabelForm {
  sender: SlsAddress
  commercialName: string
  labelFormat: string
}

/** HD and its old names: the parcel waits at a pickup point. */
const PICKUP_PRODUCTS = ['HD', 'BPR', 'A2P', 'CMT', 'PCS', 'BDP']

/** The body of `generateLabel`, or the `Refused` that our own limits give without asking; `today` is the Paris date. */
export function labelOrder(request: LabelRequest, form: LabelForm, today: string): SlsLabelOrder {
  const { reference, service, recipient, parcel, shipOn } = request
  const pickup = PICKUP_PRODUCTS.includes(service)
  const address = addresseeOf(recipient, { pickup })
  if (needsCustomsForm(recipient, form.sender))
    throw new Refused('refused', 'cette destination demande une déclaration en douane (CN23), à faire chez Colissimo')
  return {
    outputFormat: { x: 0, y: 0, outputPrintingType: form.labelFormat },
    letter: {
      service: {
        productCode: service,
        depositDate: shipOn < today ? today : shipOn, // a past date is error 30002
        orderNumber: reference,
        commercialName: form.commercialName,
        ...(recipient.country === 'FR' ? {} : { returnTypeChoice: 2 as const }),
      },
      parcel: { weight: kilos(parcel.weight), ...(pickup ? waitingAt(request) : machinable(parcel)) },
      sender: { senderParcelRef: reference.slice(-17).replace(/^-+/, ''), address: form.sender },
      addressee: { address },
    },
    ...sizes(parcel),
  }
}

/** Grams to kilograms, rounded up to 10 g: at most two decimals are accepted. */
function kilos(grams: number): number {
  if (!(grams > 0 && grams <= 30_000)) throw new Refused('refused', 'poids du colis (weight) : entre 1 g et 30 kg')
  return Math.ceil(grams / 10) / 100
}

function waitingAt({ pickupPoint }: LabelRequest): { pickupLocationId: string } {
  if (!pickupPoint || !/^\d{6}$/.test(pickupPoint.id))
    throw new Refused('address-refused', 'point de retrait (pickupLocationId) : 6 chiffres obligatoires')
  return { pickupLocationId: pickupPoint.id }
}

/** Above 120 cm in all, the official plug-in declares the parcel non machinable. */
function machinable({ length, width, height }: Parcel): { nonMachinable?: true } {
  return (length ?? 0) + (width ?? 0) + (height ?? 0) > 1200 ? { nonMachinable: true } : {}
}

function sizes({ length, width, height }: Parcel): Pick<SlsLabelOrder, 'fields'> {
  if (!length || !width || !height) return {}
  const cm = (mm: number): string => String(Math.ceil(mm / 10))
  const field = [
    { key: 'LENGTH' as const, value: cm(length) },
    { key: 'WIDTH' as const, value: cm(width) },
    { key: 'HEIGHT' as const, value: cm(height) },
  ]
  return { fields: { field } }
}

/** The label of a reply that holds one; anything else throws. `buys` is true where an unknown outcome may have bought. */
export function labelOf(reply: SlsReply, o: { buys: boolean; number?: string; labelFormat: string }): Label {
  assertDone(reply, o)
  const trackingNumber = reply.parcelNumber ?? o.number
  if (!trackingNumber)
    throw new Unavailable('Colissimo: a label without its parcel number', { nothingHappened: !o.buys })
  if (!reply.label?.length) {
    throw new Unavailable(`Colissimo: parcel ${trackingNumber} without its label`, { nothingHappened: !o.buys })
  }
  return {
    trackingNumber,
    trackingUrl: `https://www.laposte.fr/outils/suivre-vos-envois?code=${encodeURIComponent(trackingNumber)}`,
    mediaType: o.labelFormat.startsWith('ZPL') ? 'application/zpl' : 'application/pdf',
    bytes: reply.label,
  }
}

/** Nothing when the service says that all is well; else what its code means: `Refused`, or `Unavailable`. */
export function assertDone({ status, messages }: SlsReply, { buys }: { buys: boolean }): void {
  const error = messages.find(({ id }) => id !== '0' && id !== '30816') // 30816 is a warning
  if (status === 401 || status === 403) throw new Refused('login-refused', error ? spoken(error) : `HTTP ${status}`)
  if (error?.id === '40015') throw new Unavailable(`Colissimo: ${spoken(error)}`, { nothingHappened: !buys })
  if (error) throw new Refused(meaningOf(error), spoken(error))
  if (status >= 400) throw new Refused('refused', `HTTP ${status}`)
  if (status !== 200 || messages.length === 0) {
    throw new Unavailable(`Colissimo: HTTP ${status} without an answer`, { nothingHappened: !buys })
  }
}

const spoken = ({ id, messageContent }: SlsMessage): string => `${id} ${messageContent ?? ''}`.trim().slice(0, 160)

const LOGIN = ['30000', '30007', '30008', '30009', '30700']

/** 30089 and 302xx name the addressee, 304xx its pickup point, 30600 a field with a forbidden character. */
const ADDRESS = /^(30089|302\d\d|304\d\d|30600)$/

function meaningOf({ id }: SlsMessage): 'login-refused' | 'address-refused' | 'refused' {
  if (LOGIN.includes(id)) return 'login-refused'
  return ADDRESS.test(id) ? 'address-refused' : 'refused'
}

/** The latest event that means something of each parcel asked for; a parcel without one is left out. */
export function latestEvents(entries: SuiviEntry[]): TrackingEvent[] {
  return entries.flatMap(({ shipment }) => {
    const [latest] = (shipment?.event ?? [])
      .flatMap((event) => eventOf(event, shipment?.idShip ?? ''))
      .sort(newestFirst)
    return latest ? [latest] : []
  })
}

function eventOf({ code, label, date }: SuiviEvent, trackingNumber: string): TrackingEvent[] {
  const status = statusOf(code ?? '')
  const moment = Date.parse(date ?? '')
  if (!status || Number.isNaN(moment)) return []
  return [{ trackingNumber, status, label: label ?? '', at: new Date(moment).toISOString() }]
}

/** By date; events of one moment keep the list's order, which is newest first. */
const newestFirst = (a: TrackingEvent, b: TrackingEvent): number => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)
