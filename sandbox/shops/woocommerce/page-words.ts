import { raw } from 'hono/html'

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

/** An amount of WooCommerce as French people read it. */
export const euros = (amount: string): string =>
  new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' }).format(Number(amount))

/** The look of the page; one column, readable on a phone. */
export const SHOP_STYLE = raw(`
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
.card { border: 1px solid #8888; border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; }
.card h2, .card h3 { margin: 0 0 .5rem; font-size: 1.1rem; }
.card p, .card ul { margin: .25rem 0; }
.status { border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; white-space: nowrap; }
.actions { display: flex; gap: .5rem; margin-top: .5rem; }
label { display: inline-block; min-width: 9rem; }
button, select, input { font: inherit; padding: .4rem .8rem; max-width: 100%; }
:focus-visible { outline: 3px solid #2563eb; outline-offset: 2px; }
`)
