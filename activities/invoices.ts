import { storeDocument } from '../db/documents.ts'
import { performOnce, type Verdict } from '../db/effects.ts'
import { readInvoiceRow, setInvoiceDocument } from '../db/invoices.ts'
import type { OrderRef } from '../domain/order.ts'
import type { Deps } from './deps.ts'
import { drawInvoice } from './documents/invoice-pdf.ts'

interface InvoiceStep {
  order: OrderRef
  invoice: string
  verdict?: Verdict | undefined
}

/** The steps of papers: the PDF, and its place in the customer's account. */
export function invoiceActivities({ db, erp, shopOf, linkTo }: Deps) {
  return {
    /** Draws the ERP's invoice once; the bytes stored first stay the original. */
    async drawInvoice({ order, invoice: number, verdict }: InvoiceStep): Promise<{ document: string }> {
      const answer = await performOnce(db, {
        ref: order,
        step: `invoice-pdf:${number}`,
        verdict,
        act: async ({ start }) => {
          const invoice = await erp.readInvoice(number)
          await start()
          const document = `invoice-${number}`
          const bytes = await drawInvoice(invoice, {})
          await storeDocument(db, {
            id: document,
            ref: order,
            kind: 'invoice',
            name: `${number}.pdf`,
            mediaType: 'application/pdf',
            bytes,
          })
          return { document }
        },
        find: 'repeat',
        numberOf: () => number,
      })
      await setInvoiceDocument(db, number, answer.document)
      return answer
    },

    /** Puts the invoice in the customer's account on the shop, as a signed link. */
    async publishInvoice({ order, invoice: number, verdict }: InvoiceStep): Promise<void> {
      const { document } = await readInvoiceRow(db, order, number)
      const shop = shopOf(order.site)
      await performOnce(db, {
        ref: order,
        step: `invoice-shop:${number}`,
        verdict,
        act: async ({ start }) => {
          await start()
          await shop.publishInvoice({ webId: order.webId, number, url: linkTo(document ?? '') })
          return { number }
        },
        find: async () => ((await shop.showsInvoice({ webId: order.webId, number })) ? { number } : 'absent'),
        numberOf: () => number,
      })
    },
  }
}
