import { servicesOf } from '../../domain/carrier-services.ts'
import { parcelReference } from '../../domain/shipment.ts'
import { parseLifeId } from '../../workflows/ids.ts'
import { orderPath, type PageKit } from '../kit.ts'
import type { Visit } from '../options.ts'
import { type OrderFile, type ParkedRow, readOrderFile } from './order-file.ts'

/** Where the page of one delivery note stands; what is done there has this before its name. */
export const NOTE_PATH = '/commandes/:site/:webId/bons/:bl'

/** One delivery note of an order, as its pages and the acts on it know it. */
export interface Scene {
  kit: PageKit
  c: Visit
  file: OrderFile
  shipment: OrderFile['shipments'][number]
  /** The path of the note's page. */
  here: string
}

/** The path of the page of one delivery note. */
export const notePath = (ref: OrderFile['ref'], deliveryNote: string): string =>
  `${orderPath(ref)}/bons/${encodeURIComponent(deliveryNote)}`

/** Opens the delivery note that the address names; null when the order has no such note. */
export async function openScene(kit: PageKit, c: Visit): Promise<Scene | null> {
  const { site = '', webId = '', bl = '' } = c.req.param() as Record<string, string>
  const file = await readOrderFile(kit.o.db, { site, webId })
  const shipment = file?.shipments.find(({ delivery_note }) => delivery_note === bl)
  return file && shipment ? { kit, c, file, shipment, here: notePath(file.ref, bl) } : null
}

/** The note as its life is named. */
export const refOf = ({ file, shipment }: Scene) => ({ order: file.ref, deliveryNote: shipment.delivery_note })

/** The labelled parcels of the note. */
export const parcelsOf = ({ file, shipment }: Scene): OrderFile['parcels'] =>
  file.parcels.filter(({ delivery_note }) => delivery_note === shipment.delivery_note)

/** What waits for a person about this note: a label, an announcement, a return. */
export const waitingOf = ({ file, shipment }: Scene): ParkedRow[] =>
  file.parked.filter(({ workflow_id }) => parseLifeId(workflow_id)?.deliveryNote === shipment.delivery_note)

const UNDECIDED = ['in-doubt', 'unavailable']

/** True while a label waits for a person, who may then take another service for it. */
export const mayChangeService = (scene: Scene): boolean =>
  waitingOf(scene).some(({ step, code }) => step.startsWith('make label') && !UNDECIDED.includes(code))

/** The labels made so far with which a parcel comes back, oldest first. */
export function returnsOf({ file, shipment }: Scene, rank: number): OrderFile['documents'] {
  const made: OrderFile['documents'] = []
  for (;;) {
    const reference = { ...file.ref, deliveryNote: shipment.delivery_note, rank, generation: made.length }
    const id = `return-label-${parcelReference({ ...reference, isReturn: true })}`
    const found = file.documents.find((document) => document.id === id)
    if (!found) return made
    made.push(found)
  }
}

/** "DOM (domicile sans signature)": a service by its code, with what is known of it. */
export function serviceWords(carrier: string, service: string): string {
  const words = servicesOf(carrier)?.usual[service]
  return words ? `${service} (${words})` : service
}
