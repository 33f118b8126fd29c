/** Statuses of the shop in French. */
export const STATUS_NAMES: Record<string, string> = {
  pending: 'Attente de paiement',
  processing: 'En cours',
  'on-hold': 'En attente',
  completed: 'Terminée',
  cancelled: 'Annulée',
  refunded: 'Remboursée',
  failed: 'Échouée',
  'checkout-draft': 'Brouillon',
  trash: 'Corbeille',
}
