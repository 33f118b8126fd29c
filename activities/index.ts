import type { Deps } from './deps.ts'
import { followErpActivities } from './follow-erp.ts'
import { importActivities } from './import-orders.ts'
import { invoiceActivities } from './invoices.ts'
import { letterActivities } from './letters.ts'
import { operationActivities } from './operations.ts'
import { orderActivities } from './orders.ts'
import { paymentActivities } from './payments.ts'
import { shipmentActivities } from './shipments.ts'
import { trackingActivities } from './track-parcels.ts'

/** All steps, each one sentence of an order's history. */
export function createActivities(deps: Deps) {
  return {
    ...orderActivities(deps),
    ...paymentActivities(deps),
    ...shipmentActivities(deps),
    ...invoiceActivities(deps),
    ...letterActivities(deps),
    ...operationActivities(deps),
    ...importActivities(deps),
    ...followErpActivities(deps),
    ...trackingActivities(deps),
  }
}

/** The steps as workflows see them: types only. */
export type Activities = ReturnType<typeof createActivities>
