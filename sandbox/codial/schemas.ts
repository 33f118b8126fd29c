import { z } from 'zod'
import {
  country,
  currency,
  day,
  moment,
  paid,
  quantity,
  rank,
  rate,
  reference,
  signedAmount,
  siren,
  siteCode,
  text,
  total,
  trackingNumber,
  unitPrice,
  vatNumber,
  webUrl,
} from './fields.ts'

const address = z.strictObject({
  nom: text(255),
  lignes: z.array(text(255)).min(1).max(6),
  code_postal: z.string().max(12),
  ville: text(100),
  pays: country,
})

const pickupPoint = z.strictObject({ id: text(20), reseau: text(20).nullable() })

const customer = z.strictObject({
  code_web: text(50).nullable(),
  code: text(50).nullable(),
  raison_sociale: text(255).nullable(),
  nom: text(100),
  prenom: z.string().max(100),
  email: z.email().max(254),
  telephone: text(30).nullable(),
  siren: siren.nullable(),
  tva_intracom: vatNumber.nullable(),
})

const line = z
  .strictObject({
    rang: rank,
    type: z.enum(['article', 'cheque_cadeau', 'port', 'prestation', 'remise']),
    reference,
    designation: text(255),
    quantite: quantity,
    prix_unitaire_ttc: unitPrice,
    remise_ttc: signedAmount.optional(),
    taux_tva: rate,
  })
  .refine((l) => l.type === 'remise' || !l.prix_unitaire_ttc.startsWith('-'), {
    path: ['prix_unitaire_ttc'],
    error: 'seule une remise est négative',
  })

const announcedPayment = z.strictObject({
  mode: text(40),
  montant: paid,
  reference_transaction: text(100).nullable(),
  date: moment,
})

/** The body of POST /commandes. */
export const orderBody = z.strictObject({
  site: siteCode,
  reference_web: text(50),
  date: moment,
  devise: currency,
  agence: text(20),
  mode_calcul: z.literal('TTC'),
  client: customer,
  facturation: address,
  livraison: address.extend({ point_relais: pickupPoint.nullable().optional() }),
  lignes: z.array(line).min(1).max(1000),
  reglements_annonces: z.array(announcedPayment).max(50),
  total_ht: total,
  total_tva: total,
  total_ttc: total,
  message_client: z.string().max(5000),
  transporteur: text(20),
  service: text(20),
})

/** The body of POST /commandes/{numero}/reglements. */
export const paymentBody = z.strictObject({
  montant: paid,
  mode: text(40),
  date: moment,
  reference_transaction: text(100),
  reste_apres: signedAmount.nullable().optional(),
})

/** The body of POST /commandes/{numero}/annulation. */
export const cancellationBody = z.strictObject({ motif: text(500) })

/** The body of POST /livraisons/{numero}/suivi. */
export const trackingBody = z.strictObject({
  rang: rank,
  transporteur: text(20),
  numero_suivi: trackingNumber,
  url_suivi: webUrl,
  etiquette_le: moment,
})

/** The body of POST /livraisons/{numero}/expedition: nothing to say. */
export const shippingBody = z.strictObject({})

/** The body of POST /livraisons/{numero}/evenements-suivi: one canonical event of one parcel. */
export const trackingEventBody = z.strictObject({
  rang: rank,
  numero_suivi: trackingNumber,
  etat: z.enum([
    'announced',
    'taken',
    'in_transit',
    'at_pickup_point',
    'out_for_delivery',
    'delivered',
    'incident',
    'returning',
    'returned',
  ]),
  libelle: text(255),
  le: moment,
})

/** The body of POST /factures/emission. */
export const issueBody = z.strictObject({
  livraisons: z.array(text(30)).min(1).max(500),
  date: day,
  regrouper: z.boolean(),
  operateur: text(40),
  agence: text(20),
})

/** Query of the paged lists. */
export const pageQuery = z.strictObject({
  curseur: z.string().max(200).optional(),
  limite: z
    .string()
    .regex(/^\d{1,3}$/)
    .optional(),
})

/** Query of GET /commandes. */
export const ordersQuery = pageQuery.extend({ site: siteCode.optional(), reference_web: text(50).optional() })

/** Query of GET /factures. */
export const invoicesQuery = pageQuery.extend({
  depuis: z.union([day, moment]).optional(),
  site: siteCode.optional(),
  agence: text(20).optional(),
  etat: z.enum(['a_regler', 'soldee', 'annulee']).optional(),
})
