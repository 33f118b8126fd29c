import type { Address } from '../../../domain/address.ts'
import type { Invoice, Seller } from '../../../domain/invoice.ts'
import type { CodialInvoice } from './wire.ts'

/** Translates an invoice or credit note exactly as issued; nothing is computed. */
export function invoiceOf(invoice: CodialInvoice): Invoice {
  const { client, adresse_livraison: shipTo } = invoice
  return {
    number: invoice.numero,
    kind: invoice.type === 'avoir' ? 'credit-note' : 'invoice',
    issuedOn: invoice.date,
    dueOn: invoice.echeance ?? null,
    currency: invoice.devise ?? 'EUR',
    seller: sellerOf(invoice.vendeur),
    customer: {
      address: addressOf(client, client.adresse),
      siren: client.siren,
      vatNumber: client.tva_intracom,
      isCompany: !client.particulier,
    },
    shipTo: shipTo ? addressOf(shipTo, shipTo) : null,
    orders: invoice.commandes,
    webReferences: invoice.references_web,
    deliveryNotes: invoice.livraisons,
    lines: invoice.lignes.map(lineOf),
    vat: invoice.totaux_par_taux.map((row) => ({ rate: row.taux_tva, base: row.base_ht, amount: row.montant_tva })),
    net: invoice.total_ht,
    vatTotal: invoice.total_tva,
    gross: invoice.total_ttc,
    payments: invoice.reglements.map((payment) => ({
      method: payment.mode,
      amount: payment.montant,
      paidOn: payment.date,
      reference: payment.reference_transaction,
    })),
    remaining: invoice.reste_du,
    mentions: invoice.mentions,
  }
}

const sellerOf = (seller: CodialInvoice['vendeur']): Seller => ({
  name: seller.raison_sociale,
  legalForm: seller.forme,
  capital: seller.capital,
  address: addressOf({ raison_sociale: seller.raison_sociale, nom: '', prenom: '' }, seller.adresse),
  siren: seller.siren,
  siret: seller.siret,
  rcs: seller.rcs,
  vatNumber: seller.tva_intracom,
  email: seller.email,
  phone: seller.telephone,
})

const lineOf = (line: CodialInvoice['lignes'][number]): Invoice['lines'][number] => ({
  reference: line.reference,
  name: line.designation,
  quantity: line.quantite,
  unit: line.unite,
  unitPrice: line.prix_unitaire_ht,
  discount: line.remise_ht,
  vatRate: line.taux_tva,
  vatCategory: line.categorie_tva,
  net: line.montant_ht,
})

function addressOf(
  who: { raison_sociale: string | null; nom: string; prenom: string },
  where: CodialInvoice['vendeur']['adresse'],
): Address {
  return {
    company: who.raison_sociale,
    lastName: who.nom,
    firstName: who.prenom,
    lines: where.lignes,
    postalCode: where.code_postal,
    city: where.ville,
    country: where.pays,
    phone: null,
  }
}
