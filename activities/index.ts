import type { Deps } from './deps.ts'
import { followErpActivities } from './follow-erp.ts'
import { importActivities } from './import-orders.ts'
import { inquiryActivities } from './inquiries.ts'
import { invoiceActivities } from './invoices.ts'
import { labelActs } from './label-acts.ts'
import { labelDoubts } from './label-doubts.ts'
import { labelActivities } from './labels.ts'
import { letterActivities } from './letters.ts'
import { manifestPartActivities } from './manifest-parts.ts'
import { manifestActivities } from './manifests.ts'
import { operationActivities } from './operations.ts'
import { orderActivities } from './orders.ts'
import { paymentActivities } from './payments.ts'
import { printActivities } from './prints.ts'
import { shipmentActivities } from './shipments.ts'
import { trackingActivities } from './track-parcels.ts'

/** All steps, each one sentence of an order's history. */
export function createActivities(deps: Deps) {
  return {
    ...orderActivities(deps),
    ...paymentActivities(deps),
    ...labelActivities(deps),
    ...labelActs(deps),
    ...labelDoubts(deps),
    ...inquiryActivities(deps),
    ...shipmentActivities(deps),
    ...invoiceActivities(deps),
    ...letterActivities(deps),
    ...manifestActivities(deps),
    ...manifestPartActivities(deps),
    ...printActivities(deps),
    ...operationActivities(deps),
    ...importActivities(deps),
    ...followErpActivities(deps),
    ...trackingActivities(deps),
  }
}

/** The steps as workflows see them: types only. */
export type Activities = ReturnType<typeof createActivities>
