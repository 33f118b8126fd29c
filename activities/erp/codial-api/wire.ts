import { z } from 'zod'
import { decimalOf, unitsOf } from '../../../domain/money.ts'

/** Decimal texts only, never JSON numbers: finer than `places` is not ours to round. */
const decimal = (places: number) =>
  z.string().transform((value, context) => {
    const units = unitsOf(value, places)
    if (units !== null) return units
    context.addIssue(`not a decimal with at most ${places} decimals`)
    return z.NEVER
  })
const cents = decimal(2).transform(Number)
const rate = decimal(2).transform((units) => decimalOf(units, 2))
const unitPrice = decimal(4).transform((units) => decimalOf(units, 4))
const quantity = decimal(6).transform((units) => decimalOf(units, 6).replace(/\.?0+$/, ''))

const code = z.string().min(1)
const codes = z
  .array(code)
  .nullish()
  .transform((list) => list ?? [])
const word = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null)
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const eventId = z.union([z.string(), z.number()]).transform(String)
/** RFC 3339; a day where only days are told. */
const moment = z.string().refine((value) => !Number.isNaN(Date.parse(value)), 'not a moment')
const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d/)
  .transform((value) => value.slice(0, 10))
const size = z
  .int()
  .nonnegative()
  .nullish()
  .transform((value) => value ?? null)

/** The answer to a new order. */
export const createdOrder = z.object({ numero: code })
/** The header of an order; the web reference is missing on orders that no shop sent. */
export const orderHeader = z.object({ numero: code, statut: z.string(), site: word, reference_web: word })
/** The look-up by web reference. */
export const orderList = z.object({ elements: z.array(orderHeader) })
/** The answer to a payment. */
export const paymentAnswer = z.object({ statut: z.enum(['pointe', 'partiel', 'trop_percu']), reste_du: cents })
/** An answer of which only the arrival counts. */
export const accepted = z.looseObject({})

const parcel = z.object({
  rang: z.int().min(1),
  poids_g: z.int().nonnegative(),
  longueur_mm: size,
  largeur_mm: size,
  hauteur_mm: size,
  lignes: z.array(z.object({ reference: z.string(), quantite: z.coerce.number() })).default([]),
})
const pickupPoint = z
  .union([z.string(), z.object({ id: z.string() }).transform((point) => point.id)])
  .nullish()
  .transform((id) => id || null)

/** A delivery note with its parcels, read alone or told by the feed. */
export const deliveryNote = z.object({
  numero: code,
  commande: code,
  transporteur: z.string(),
  service: text,
  point_relais: pickupPoint,
  colis: z.array(parcel),
  reliquat: z.boolean().default(false),
})

const told = { id: eventId, le: moment.nullish(), operateur: word, agence: word }

/** The six types of the feed that we know. */
export const event = z.discriminatedUnion('type', [
  z.object({
    ...told,
    type: z.literal('commande.statut'),
    numero: code,
    site: word,
    reference_web: word,
    statut: code,
  }),
  z.object({ ...told, type: z.literal('commande.annulee'), numero: code, motif: text }),
  deliveryNote.extend({ ...told, type: z.literal('livraison.prete') }),
  z.object({ ...told, type: z.literal('livraison.annulee'), numero: code, motif: text }),
  z.object({ ...told, type: z.literal('facture.emise'), numero: code, commandes: codes, total_ttc: cents }),
  z.object({ ...told, type: z.literal('avoir.emis'), numero: code, facture: text, total_ttc: cents }),
])
/** A page of the feed, its elements still unread; of an unknown type only the cursor matters. */
export const eventPage = z.object({
  elements: z.array(z.looseObject({ type: z.string() })),
  curseur_suivant: z.string().nullish(),
  termine: z.boolean(),
})
/** The types that `event` reads. */
export const KNOWN_EVENTS: ReadonlySet<string> = new Set(event.options.map((option) => option.shape.type.value))

const place = z.object({
  lignes: z.array(z.string()),
  code_postal: z.string(),
  ville: z.string(),
  pays: z.string().length(2),
})
const party = { raison_sociale: word, nom: text, prenom: text }

const seller = z.object({
  raison_sociale: z.string(),
  forme: text,
  capital: text,
  adresse: place,
  siren: z.string(),
  siret: word,
  rcs: text,
  tva_intracom: text,
  email: text,
  telephone: text,
})
const invoiceLine = z.object({
  reference: text,
  designation: z.string(),
  quantite: quantity,
  unite: text,
  prix_unitaire_ht: unitPrice,
  remise_ht: cents.nullish().transform((value) => value ?? 0),
  taux_tva: rate,
  categorie_tva: z.string(),
  montant_ht: cents,
})

/** An invoice or credit note as Codial issued it. */
export const invoice = z.object({
  numero: code,
  type: z.enum(['facture', 'avoir']),
  date: day,
  echeance: day.nullish(),
  devise: z.string().length(3).nullish(),
  commandes: codes,
  references_web: codes,
  livraisons: codes,
  vendeur: seller,
  client: z.object({ ...party, adresse: place, siren: word, tva_intracom: word, particulier: z.boolean() }),
  adresse_livraison: place.extend(party).nullish(),
  lignes: z.array(invoiceLine),
  totaux_par_taux: z.array(z.object({ taux_tva: rate, base_ht: cents, montant_tva: cents })),
  total_ht: cents,
  total_tva: cents,
  total_ttc: cents,
  reglements: z
    .array(z.object({ mode: z.string(), montant: cents, date: day, reference_transaction: word }))
    .default([]),
  reste_du: cents,
  mentions: z.array(z.string()).default([]),
})

/** RFC 9457 with Codial's stable word and the JSON pointer of the culprit. */
export const problem = z.object({ code: z.string().regex(/^\w{1,60}$/), champ: word, detail: word })

/** One known fact of the feed. */
export type CodialEvent = z.output<typeof event>
/** A delivery note that passed the door. */
export type CodialDeliveryNote = z.output<typeof deliveryNote>
/** An invoice that passed the door. */
export type CodialInvoice = z.output<typeof invoice>
/** A refusal in Codial's words. */
export type CodialProblem = z.output<typeof problem>
