/** Statuses of the shop in French. */
export const STATUS_NAMES: Record<string, string> = {
  '': 'Sans statut',
  pending: 'En attente',
  pending_payment: 'Attente de paiement',
  processing: 'En cours',
  holded: 'Suspendue',
  complete: 'Terminée',
  closed: 'Close',
  canceled: 'Annulée',
  fraud: 'Suspicion de fraude',
  payment_review: 'Paiement à vérifier',
}
