import type { z } from 'zod'
import type { Counters } from '../kit.ts'
import type { orderBody, paymentBody, trackingEventBody } from './schemas.ts'

/** The labels this company gave to the states of an order. */
export type Status = 'Enregistrée' | 'En préparation' | 'Expédiée' | 'Facturée' | 'Annulée'

/** A web order as POST /commandes gives it. */
export type OrderBody = z.infer<typeof orderBody>

/** A payment ticked on an order. */
export type Payment = Pick<z.infer<typeof paymentBody>, 'mode' | 'montant' | 'date' | 'reference_transaction'>

/** An order as Codial keeps it; what GET /commandes/{numero} shows, with what is still due. */
export interface CodialOrder extends OrderBody {
  numero: string
  statut: Status
  reglements: Payment[]
  reste_du: string
  livraisons: string[]
  factures: string[]
  motif_annulation: string | null
  cree_le: string
  modifie_le: string
}

/** One parcel of a delivery note, with its tracking once the connector pushed it. */
export interface Parcel {
  rang: number
  poids_g: number
  longueur_mm: number
  largeur_mm: number
  hauteur_mm: number
  lignes: { reference: string; quantite: string }[]
  transporteur: string | null
  numero_suivi: string | null
  url_suivi: string | null
  etiquette_le: string | null
  evenements: z.infer<typeof trackingEventBody>[]
}

/** What a delivery note takes from one line of its order; the amounts of all notes add up to the order's total. */
export interface DeliveredLine {
  rang: number
  quantite: string
  montant_ttc: string
}

/** A delivery note (BL), as GET /livraisons/{numero} shows it. */
export interface CodialDeliveryNote {
  numero: string
  commande: string
  site: string
  reference_web: string
  agence: string
  statut: 'prete' | 'expediee' | 'annulee'
  transporteur: string
  service: string
  point_relais: { id: string; reseau: string | null } | null
  adresse: Omit<OrderBody['livraison'], 'point_relais'>
  colis: Parcel[]
  lignes: DeliveredLine[]
  reliquat: boolean
  facture: string | null
  cree_le: string
  expediee_le: string | null
}

/** One line of an invoice, net of VAT. */
export interface InvoiceLine {
  rang: number
  reference: string
  designation: string
  quantite: string
  unite: string
  prix_unitaire_ht: string
  remise_ht: string
  taux_tva: string
  categorie_tva: string
  montant_ht: string
}

/** An invoice or credit note as it was issued, for ever; a credit note has positive amounts, its type carries the sign. */
export interface IssuedDocument {
  numero: string
  type: 'facture' | 'avoir'
  date: string
  echeance: string
  devise: string
  site: string
  agence: string
  facture_origine: { numero: string; date: string } | null
  commandes: string[]
  references_web: string[]
  livraisons: string[]
  client: OrderBody['client'] & { adresse: OrderBody['facturation']; particulier: boolean }
  adresse_livraison: OrderBody['livraison']
  lignes: InvoiceLine[]
  totaux_par_taux: { taux_tva: string; base_ht: string; montant_tva: string }[]
  total_ht: string
  total_tva: string
  total_ttc: string
  mentions: string[]
  emise_le: string
}

/** Kept beside the issued document: what it takes from each order, and the credit note that cancelled it. */
export interface InvoiceRecord {
  document: IssuedDocument
  parts: { commande: string; montant_ttc: string }[]
  avoir: string | null
  rang_modif: number
}

/** One fact of the change feed; `id` orders it. */
export interface CodialEvent {
  id: string
  type:
    | 'commande.statut'
    | 'commande.annulee'
    | 'livraison.prete'
    | 'livraison.annulee'
    | 'facture.emise'
    | 'avoir.emis'
  le: string
  operateur: string
  agence: string
  [payload: string]: unknown
}

/** All that Codial remembers, plain JSON. */
export interface CodialState {
  counters: Counters
  sequences: Record<string, number>
  changes: number
  orders: Record<string, { order: CodialOrder; rang_modif: number }>
  byWebReference: Record<string, string>
  deliveryNotes: Record<string, CodialDeliveryNote>
  invoices: Record<string, InvoiceRecord>
  events: CodialEvent[]
  answers: Record<string, { request: string; body: unknown }>
}
