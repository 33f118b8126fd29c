import type { OrderRef } from './order.ts'

/** The hand-over papers of one carrier, one branch and one day; `day` is an ISO day in Paris. */
export interface ManifestPlace {
  carrier: string
  branch: string
  day: string
}

/** Where a manifest stands: its work goes on, everything is on paper, there was nothing to hand over, or a person gave it up. */
export type ManifestState = 'open' | 'done' | 'nothing' | 'cancelled'

/**
 * Manifests belong to no order. Where rows ask for one (effects, documents, parked steps) they stand under this pseudo
 * site, with the manifest's id in place of the order's: no order has such an id, so that nothing of an order is met.
 */
export const manifestRef = (manifest: string): OrderRef => ({ site: 'bordereaux', webId: manifest })

/** The same for a batch of printed labels. */
export const printRef = (print: string): OrderRef => ({ site: 'impressions', webId: print })
