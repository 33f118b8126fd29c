import type { z } from 'zod'
import { findCarrier } from './catalogue.ts'
import type { CodialDeliveryNote, CodialOrder, Parcel } from './model.ts'
import { CLERK, CONNECTOR, findOrder, setStatus, touchOrder } from './orders.ts'
import { openLines, pack, takeLines } from './packing.ts'
import { Problem } from './problems.ts'
import type { trackingBody, trackingEventBody } from './schemas.ts'
import { type Actor, emit, lookUp, moment, nextNumber, type World } from './world.ts'

/** Finds a delivery note, or refuses with `inconnu`. */
export function findDeliveryNote(world: World, numero: string): CodialDeliveryNote {
  const found = lookUp(world.state.deliveryNotes, numero)
  if (!found) throw new Problem('inconnu', `bon de livraison ${numero} inconnu`)
  return found
}

/** The delivery notes of an order that are not cancelled. */
export function liveNotes(world: World, order: CodialOrder): CodialDeliveryNote[] {
  return order.livraisons.map((numero) => findDeliveryNote(world, numero)).filter(({ statut }) => statut !== 'annulee')
}

/** The branch packs what is left of an order, or a part of it. */
export function makeDeliveryNote(
  world: World,
  numero: string,
  o: { parcels?: 1 | 2; backOrder?: boolean } = {},
): CodialDeliveryNote {
  const order = findOrder(world, numero)
  if (order.statut !== 'En préparation') throw new Problem('etat_interdit', `la commande ${numero} est ${order.statut}`)
  const open = openLines(order, liveNotes(world, order))
  if (open.length === 0) throw new Problem('etat_interdit', `la commande ${numero} n'a plus rien à livrer`)
  const lignes = takeLines(open, o.backOrder ?? false)
  const { point_relais = null, ...adresse } = order.livraison
  const note: CodialDeliveryNote = {
    ...headerOf(order),
    numero: nextNumber(world, 'BL'),
    statut: 'prete',
    point_relais,
    adresse,
    colis: pack(order, lignes, o.parcels ?? 1),
    lignes,
    reliquat: o.backOrder ?? false,
    facture: null,
    cree_le: moment(world),
    expediee_le: null,
  }
  world.state.deliveryNotes[note.numero] = note
  order.livraisons.push(note.numero)
  touchOrder(world, order)
  emitReady(world, note)
  return note
}

function headerOf({ numero, site, reference_web, agence, transporteur, service }: CodialOrder) {
  return { commande: numero, site, reference_web, agence, transporteur, service }
}

function emitReady(world: World, note: CodialDeliveryNote): void {
  const { numero, commande, transporteur, service, point_relais, reliquat, agence } = note
  const colis = note.colis.map(({ rang, poids_g, longueur_mm, largeur_mm, hauteur_mm, lignes }) => ({
    ...{ rang, poids_g, longueur_mm, largeur_mm, hauteur_mm, lignes },
  }))
  const payload = { numero, commande, transporteur, service, point_relais, colis, reliquat }
  emit(world, { operateur: CLERK, agence }, 'livraison.prete', payload)
}

/** Takes back a delivery note that has not left. */
export function cancelDeliveryNote(world: World, note: CodialDeliveryNote, motif: string, actor: Actor): void {
  note.statut = 'annulee'
  emit(world, actor, 'livraison.annulee', { numero: note.numero, motif })
}

/** Keeps the tracking number of one parcel; once the note has left, only the same number is accepted again. */
export function pushTracking(world: World, numero: string, body: z.infer<typeof trackingBody>): Parcel {
  const note = findDeliveryNote(world, numero)
  const parcel = parcelOf(note, body.rang)
  if (!findCarrier(body.transporteur))
    throw new Problem('champ_invalide', `transporteur ${body.transporteur} inconnu`, '/transporteur')
  const isRepeat = note.statut === 'expediee' && parcel.numero_suivi === body.numero_suivi
  if (note.statut !== 'prete' && !isRepeat)
    throw new Problem('etat_interdit', `le bon de livraison ${numero} est ${NOTE_LABELS[note.statut]}`)
  const { transporteur, numero_suivi, url_suivi, etiquette_le } = body
  Object.assign(parcel, { transporteur, numero_suivi, url_suivi, etiquette_le })
  world.ledger.count('suivi', `${numero}:${body.rang}`)
  return parcel
}

/** What the branch reads for each state of a delivery note. */
export const NOTE_LABELS = { prete: 'prêt', expediee: 'expédié', annulee: 'annulé' } as const

function parcelOf(note: CodialDeliveryNote, rang: number): Parcel {
  const parcel = note.colis.find((one) => one.rang === rang)
  if (!parcel)
    throw new Problem('champ_invalide', `le bon de livraison ${note.numero} n'a pas de colis ${rang}`, '/rang')
  return parcel
}

/** Lets a delivery note leave once every parcel has its tracking number; a second time changes nothing. */
export function ship(world: World, numero: string): CodialDeliveryNote {
  const note = findDeliveryNote(world, numero)
  if (note.statut === 'expediee') return note
  if (note.statut === 'annulee') throw new Problem('etat_interdit', `le bon de livraison ${numero} est annulé`)
  const bare = note.colis.find((parcel) => parcel.numero_suivi === null)
  if (bare) throw new Problem('etat_interdit', `le colis ${bare.rang} n'a pas de numéro de suivi`)
  note.statut = 'expediee'
  note.expediee_le = moment(world)
  world.ledger.count('expedition', numero)
  advance(world, findOrder(world, note.commande), CONNECTOR)
  return note
}

/** Gives an order the label that its delivery notes have earned. */
export function advance(world: World, order: CodialOrder, operateur: string): void {
  const notes = liveNotes(world, order)
  const allLeft = openLines(order, notes).length === 0 && notes.every(({ statut }) => statut === 'expediee')
  if (!allLeft) touchOrder(world, order)
  else setStatus(world, order, notes.every(({ facture }) => facture !== null) ? 'Facturée' : 'Expédiée', operateur)
}

/** Keeps what a carrier saw of a parcel, for display. */
export function pushTrackingEvent(world: World, numero: string, body: z.infer<typeof trackingEventBody>): void {
  const parcel = parcelOf(findDeliveryNote(world, numero), body.rang)
  if (parcel.numero_suivi !== body.numero_suivi) {
    throw new Problem(
      'champ_invalide',
      `le colis ${body.rang} ne porte pas le numéro ${body.numero_suivi}`,
      '/numero_suivi',
    )
  }
  parcel.evenements.push(body)
  world.ledger.count('evenement-suivi', `${numero}:${body.rang}:${body.etat}`)
}
