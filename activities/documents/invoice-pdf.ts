// Placeholder: to be replaced whole.
import type { Invoice } from '../../domain/invoice.ts'
export const drawInvoice = async (invoice: Invoice, _: { duplicate?: boolean }): Promise<Uint8Array> => new TextEncoder().encode(invoice.number)
