import type { Address } from '../../../domain/address.ts'
import type { ErpOrder, ErpOrderLine } from '../../../domain/admission.ts'
import { type FailureCode, Refused } from '../../../domain/failures.ts'
import { decimalOf } from '../../../domain/money.ts'
import type { WebOrder } from '../../../domain/order.ts'
import type { Payment, PaymentState } from '../../../domain/payment.ts'
import type { DeliveryNote, TrackingEvent } from '../../../domain/shipment.ts'
import type { Erp, ErpEvent } from '../erp.ts'
import type { CodialDeliveryNote, CodialEvent, CodialProblem } from './wire.ts'

const LINE_TYPES: Record<ErpOrderLine['kind'], string> = {
  item: 'article',
  shipping: 'port',
  fee: 'prestation',
  discount: 'remise',
}

/** What Codial says after a payment, in our words. */
export const PAYMENT_STATES = {
  pointe: 'matched',
  partiel: 'partial',
  trop_percu: 'overpaid',
} as const satisfies Record<string, PaymentState>

const FAILURE_CODES: Record<string, FailureCode> = {
  article_inconnu: 'unknown-item',
  tva_inconnue: 'unknown-vat-rate',
  mode_reglement_inconnu: 'unknown-payment-method',
  total_incoherent: 'totals-mismatch',
  etat_interdit: 'state-forbidden',
  jeton_refuse: 'login-refused',
  interdit: 'login-refused',
  cle_reutilisee: 'in-doubt',
}

/** The body of POST /commandes: amounts are the ERP order's, people and addresses the web order's. */
export function orderBody(order: ErpOrder, web: WebOrder): object {
  const { customer } = web
  return {
    site: order.site,
    reference_web: order.webId,
    date: order.placedAt,
    devise: order.currency,
    agence: order.branch,
    mode_calcul: 'TTC',
    client: {
      code_web: customer.webCode,
      code: null,
      raison_sociale: customer.company,
      nom: customer.lastName,
      prenom: customer.firstName,
      email: customer.email,
      telephone: customer.phone,
      siren: customer.siren,
      tva_intracom: customer.vatNumber,
    },
    facturation: addressBody(web.billing),
    livraison: { ...addressBody(web.shipping), point_relais: pickupBody(order) },
    lignes: order.lines.map(lineBody),
    reglements_annonces: order.payments.map(moneyBody),
    total_ht: decimalOf(order.net),
    total_tva: decimalOf(order.vat),
    total_ttc: decimalOf(order.gross),
    message_client: web.note,
    transporteur: order.delivery.carrier,
    service: order.delivery.service,
  }
}

/** Codial has one name per address: the company stands before the person. */
const addressBody = (address: Address): object => ({
  nom: [address.company, `${address.firstName} ${address.lastName}`.trim()].filter(Boolean).join(' - '),
  lignes: address.lines,
  code_postal: address.postalCode,
  ville: address.city,
  pays: address.country,
})

const pickupBody = ({ pickupPoint }: ErpOrder): object | null =>
  pickupPoint && { id: pickupPoint.id, reseau: pickupPoint.network }

const lineBody = (line: ErpOrderLine, index: number): object => ({
  rang: index + 1,
  type: LINE_TYPES[line.kind],
  reference: line.reference,
  designation: line.name.slice(0, 255),
  quantite: String(line.quantity),
  prix_unitaire_ttc: line.unitPrice,
  remise_ttc: decimalOf(line.discount),
  taux_tva: line.vatRate,
})

const moneyBody = (payment: Payment): object => ({
  mode: payment.method,
  montant: decimalOf(payment.amount),
  reference_transaction: payment.transactionId ?? payment.id,
  date: payment.paidAt,
})

/** The body of a payment. `reste_apres` is left out: what remains due is Codial's to say, we would only guess it. */
export const paymentBody = (payment: Payment): object => moneyBody(payment)

/** The body that tells a parcel's number and link. */
export const trackingBody = (o: Omit<Parameters<Erp['pushTracking']>[0], 'key'>): object => ({
  rang: o.rank,
  transporteur: o.carrier,
  numero_suivi: o.trackingNumber,
  url_suivi: o.trackingUrl,
  etiquette_le: o.labelledAt,
})

/** The body of one tracking fact; states differ from ours by their underscores only. */
export const trackingEventBody = (rank: number, event: Omit<TrackingEvent, 'pieceNumber'>): object => ({
  rang: rank,
  numero_suivi: event.trackingNumber,
  etat: event.status.replaceAll('-', '_'),
  libelle: event.label,
  le: event.at,
})

/** Translates a delivery note. */
export const deliveryNoteOf = (note: CodialDeliveryNote): DeliveryNote => ({
  number: note.numero,
  carrier: note.transporteur,
  service: note.service,
  pickupPoint: note.point_relais,
  parcels: note.colis.map((parcel) => ({
    rank: parcel.rang,
    weight: parcel.poids_g,
    length: parcel.longueur_mm,
    width: parcel.largeur_mm,
    height: parcel.hauteur_mm,
    lines: parcel.lignes.map(({ reference, quantite }) => ({ reference, quantity: Number(quantite) })),
  })),
  backOrder: note.reliquat,
})

/** Translates one fact of the feed, `readAt` standing in where Codial gives no moment; null: it concerns no web order. */
export function erpEventOf(event: CodialEvent, readAt: string): ErpEvent | null {
  const told = { id: event.id, at: event.le ?? readAt, operator: event.operateur, branch: event.agence }
  switch (event.type) {
    case 'commande.statut': {
      const { numero: order, site, reference_web: webId, statut: status } = event
      return site && webId ? { ...told, type: 'order-status', order, ref: { site, webId }, status } : null
    }
    case 'commande.annulee':
      return { ...told, type: 'order-cancelled', order: event.numero, reason: event.motif }
    case 'livraison.prete':
      return { ...told, type: 'delivery-note-ready', order: event.commande, deliveryNote: deliveryNoteOf(event) }
    case 'livraison.annulee':
      return { ...told, type: 'delivery-note-cancelled', deliveryNote: event.numero, reason: event.motif }
    case 'facture.emise':
      return { ...told, type: 'invoice-issued', invoice: event.numero, orders: event.commandes, gross: event.total_ttc }
    case 'avoir.emis':
      return {
        ...told,
        type: 'credit-note-issued',
        creditNote: event.numero,
        invoice: event.facture,
        gross: event.total_ttc,
      }
  }
}

/** What a refusal of Codial means to us; its detail is kept short and without e-mail addresses. */
export function refusalOf({ code, champ, detail }: CodialProblem): Refused {
  const isField = code === 'champ_invalide'
  const isCarrier = isField && champ?.split('/').at(-1) === 'transporteur'
  const said = detail?.replace(/\S+@\S+/g, '…').replace(/\s+/g, ' ')
  const parts = [isField ? `champ ${champ ?? 'invalide'}` : code, said?.slice(0, 80)]
  return new Refused(
    isCarrier ? 'unknown-carrier' : (FAILURE_CODES[code] ?? 'refused'),
    `Codial : ${parts.filter(Boolean).join(', ')}`,
  )
}
