import type { Light, OperationsTable } from '../db/schema.ts'
import type { ShipmentsTable } from '../db/schema-shipments.ts'
import { FAILURES, type FailureCode } from '../domain/failures.ts'
import { ORDER_LABELS, type OrderState } from '../domain/order.ts'
import type { PaymentState } from '../domain/payment.ts'
import type { MappingKind } from '../domain/site.ts'

/** A status light in words, for filters; the word of one row can be narrower. */
export const LIGHT_WORDS: Record<Light, string> = {
  vert: 'Réussite',
  orange: 'Réussite avec rejets',
  rouge: 'Échec ou à traiter',
  bleu: 'En cours',
  gris: 'Rien à faire, ignoré, annulé',
  violet: 'À vérifier',
}

/** The word beside the light of one row of the report. */
export function lightWord({
  light,
  message,
  parked_at,
}: {
  light: Light
  message: string
  parked_at: Date | null
}): string {
  if (light === 'rouge') return parked_at ? 'À traiter' : 'Échec'
  if (light !== 'gris') return LIGHT_WORDS[light]
  if (/rien à (faire|remettre)/i.test(message)) return 'Rien à faire'
  return /annul|classée/i.test(message) ? 'Annulé' : 'Ignoré'
}

/** Which way an operation carries things. */
export const DIRECTION_WORDS: Record<OperationsTable['direction'], string> = {
  'site-codial': 'site → Codial',
  'codial-site': 'Codial → site',
  interne: 'interne',
}

/** Where the money of an order stands. */
export const PAYMENT_WORDS: Record<PaymentState, { word: string; light: Light }> = {
  unpaid: { word: 'Non réglée', light: 'gris' },
  partial: { word: 'Réglée en partie', light: 'orange' },
  matched: { word: 'Réglée', light: 'vert' },
  overpaid: { word: 'Trop-perçu', light: 'orange' },
  refunded: { word: 'Remboursée', light: 'gris' },
}

/** Where a delivery note stands. */
export const SHIPMENT_WORDS: Record<ShipmentsTable['state'], { word: string; light: Light }> = {
  ready: { word: 'En préparation', light: 'bleu' },
  shipped: { word: 'Expédié', light: 'bleu' },
  delivered: { word: 'Livré', light: 'vert' },
  returned: { word: 'Retourné', light: 'orange' },
  cancelled: { word: 'Annulé', light: 'gris' },
  closed: { word: 'Suivi terminé', light: 'gris' },
}

const ORDER_LIGHTS: Partial<Record<OrderState, Light>> = {
  'awaiting-payment': 'orange',
  delivered: 'vert',
  invoiced: 'vert',
  closed: 'vert',
  cancelled: 'gris',
  refunded: 'gris',
}

/** Where an order stands. */
export const orderWord = (state: OrderState): { word: string; light: Light } => ({
  word: ORDER_LABELS[state] ?? state,
  light: ORDER_LIGHTS[state] ?? 'bleu',
})

const CLASS_TITLES: Record<string, string> = { Unavailable: 'Injoignable', Refused: 'Refusé' }

/** What operators read for a stable failure code, or for the kind of failure of a run. */
export function failureTitle(code: string): string {
  const known = Object.hasOwn(FAILURES, code)
    ? FAILURES[code as FailureCode].title
    : Object.hasOwn(CLASS_TITLES, code)
      ? CLASS_TITLES[code]
      : undefined
  return known ?? (/Error$/.test(code) ? FAILURES.defect.title : code)
}

interface MappingWords {
  title: string
  theirs: string
  ours: string
  help: string
  /** Said when the table is empty, where the usual sentence would be wrong. */
  none?: string
}

/** The kinds of correspondences: their names, and what to write. */
export const MAPPING_WORDS: Record<MappingKind, MappingWords> = {
  'payment-method': {
    title: 'Modes de règlement',
    theirs: 'Code sur la boutique',
    ours: 'Mode de Codial',
    help: 'À gauche, le code du module de paiement de la boutique (par exemple stripe) ; à droite, le code du mode de règlement de Codial (par exemple CB).',
  },
  item: {
    title: 'Articles',
    theirs: 'Référence ou nom sur la boutique',
    ours: 'Référence de Codial',
    help: 'Seulement pour les articles dont la référence diffère entre la boutique et Codial, ou qui n’ont pas de référence sur la boutique.',
  },
  'vat-rate': {
    title: 'Taux de TVA',
    theirs: 'Taux de la boutique',
    ours: 'Taux de Codial',
    help: 'Des taux à deux décimales, par exemple 20.00 ou 5.50.',
  },
  fee: {
    title: 'Frais et prestations',
    theirs: 'Nom du frais sur la boutique',
    ours: 'Article de Codial',
    help: 'L’article de Codial qui porte un frais ajouté par la boutique, par exemple Emballage cadeau → EMB.',
  },
  'erp-status': {
    title: 'Statuts de Codial',
    theirs: 'Statut dans Codial',
    ours: 'État de la commande',
    help: 'Ce que chaque statut de Codial veut dire ; la boutique montre ensuite le statut qui correspond à cet état.',
  },
  admission: {
    title: 'Admission des commandes',
    theirs: 'Statut sur la boutique',
    ours: 'Règle',
    help: 'Ce que fait le connecteur d’une commande selon son statut sur la boutique : import (importer), wait (attendre le règlement) ou ignore (ne rien faire).',
  },
  'shop-status': {
    title: 'Statuts de la boutique',
    theirs: 'État de la commande',
    ours: 'Statut sur la boutique',
    help: 'Le statut que la boutique montre pour chaque état, par exemple shipped → completed. Un statut changé à la main sur la boutique n’est pas combattu : le rapport montre la différence.',
  },
  gap: {
    title: 'Écarts de total',
    theirs: 'Écart',
    ours: 'Mode de Codial',
    help: 'Si la boutique déduit des chèques cadeaux sans les détailler, le mode de règlement sous lequel enregistrer l’écart.',
    none: 'Aucun : une commande dont le total ne tombe pas juste attend votre décision.',
  },
  customs: {
    title: 'Douane',
    theirs: 'Référence de Codial',
    ours: 'Code SH/origine/désignation',
    help: 'Ce que la douane doit savoir d’un article hors de l’Union européenne et outre-mer, par exemple 34011100/FR/Savon d’Alep. Une ligne « * » vaut pour tous les autres articles.',
    none: 'Aucun : un colis qui passe une douane attend votre décision.',
  },
}

/** The correspondence that mends a failure, where one does. */
export const MENDED_BY: Partial<Record<string, MappingKind>> = {
  'unknown-payment-method': 'payment-method',
  'unknown-status': 'admission',
  'unknown-item': 'item',
  'unknown-vat-rate': 'vat-rate',
  'totals-mismatch': 'gap',
  'customs-incomplete': 'customs',
}

/** What to look for at the carriers when a label waits with this code. */
export const ASKED_OF_CARRIERS: Partial<Record<string, 'offres' | 'points'>> = {
  'not-offered': 'offres',
  'address-refused': 'points',
}
