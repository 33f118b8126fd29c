import type { OrderRef } from '../domain/order.ts'

/** Workflows, and short work on our own database. */
export const CONNECTOR_QUEUE = 'connector'
/** Calls to the ERP. */
export const CODIAL_QUEUE = 'codial'
/** Letters to customers. */
export const MAIL_QUEUE = 'mail'
/** Drawing and storing papers. */
export const DOCUMENTS_QUEUE = 'documents'

/** Sending labels to the branches' printers. */
export const PRINT_QUEUE = 'print'

/** Calls to one shop: each site has its own pace. */
export const shopQueue = (site: OrderRef['site']): string => `shop-${site}`

/** Calls to one carrier, by the ERP's code. */
export const carrierQueue = (carrier: string): string => `carrier-${carrier.toLowerCase()}`
