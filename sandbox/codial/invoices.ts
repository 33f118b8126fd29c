import { COMPANY } from './catalogue.ts'
import { centsOf, decimalOf, sumOf, unitsOf } from './decimals.ts'
import { advance, liveNotes } from './deliveries.ts'
import { computeAmounts, type SoldLine } from './invoice-lines.ts'
import type { CodialDeliveryNote, CodialOrder, InvoiceRecord, IssuedDocument } from './model.ts'
import { CLERK, findOrder, touchOrder } from './orders.ts'
import { Problem } from './problems.ts'
import { type Actor, emit, lookUp, moment, nextChange, nextNumber, today, type World } from './world.ts'

/** Finds an invoice or credit note, or refuses with `inconnu`. */
export function findInvoice(world: World, numero: string): InvoiceRecord {
  const found = lookUp(world.state.invoices, numero)
  if (!found) throw new Problem('inconnu', `facture ${numero} inconnue`)
  return found
}

/** The branch invoices what has left of an order. */
export function invoice(world: World, numero: string): InvoiceRecord {
  const order = findOrder(world, numero)
  const notes = liveNotes(world, order).filter(({ statut, facture }) => statut === 'expediee' && facture === null)
  if (notes.length === 0) throw new Problem('etat_interdit', `la commande ${numero} n'a rien à facturer`)
  return issueInvoice(world, { notes, date: today(world), actor: { operateur: CLERK, agence: order.agence } })
}

/** Issues one invoice for delivery notes that agree on everything but their goods. */
export function issueInvoice(
  world: World,
  o: { notes: CodialDeliveryNote[]; date: string; actor: Actor },
): InvoiceRecord {
  const document = compose(world, { type: 'facture', notes: o.notes, date: o.date, origin: null })
  const record = keep(world, document, o.notes)
  const { numero, commandes, total_ttc } = document
  for (const note of o.notes) note.facture = numero
  emit(world, o.actor, 'facture.emise', { numero, commandes, total_ttc })
  for (const commande of commandes) {
    const order = findOrder(world, commande)
    order.factures.push(numero)
    advance(world, order, o.actor.operateur)
  }
  return record
}

/** Issues the credit note of what an invoice took from one order. */
export function issueCreditNote(world: World, record: InvoiceRecord, o: { order: CodialOrder; actor: Actor }): void {
  const { numero: facture, date } = record.document
  const notes = liveNotes(world, o.order).filter((note) => note.facture === facture)
  const document = compose(world, { type: 'avoir', notes, date: today(world), origin: { numero: facture, date } })
  const { numero, total_ttc } = keep(world, document, notes).document
  if (record.parts.length === 1) record.avoir = numero
  record.rang_modif = nextChange(world)
  o.order.factures.push(numero)
  touchOrder(world, o.order)
  emit(world, o.actor, 'avoir.emis', { numero, facture, total_ttc })
}

function keep(world: World, document: IssuedDocument, notes: CodialDeliveryNote[]): InvoiceRecord {
  const parts = document.commandes.map((commande) => {
    const lines = notes.filter((note) => note.commande === commande).flatMap((note) => note.lignes)
    return { commande, montant_ttc: decimalOf(sumOf(lines.map((line) => centsOf(line.montant_ttc)))) }
  })
  const record: InvoiceRecord = { document, parts, avoir: null, rang_modif: nextChange(world) }
  world.state.invoices[document.numero] = record
  return record
}

function compose(
  world: World,
  o: {
    type: IssuedDocument['type']
    notes: CodialDeliveryNote[]
    date: string
    origin: IssuedDocument['facture_origine']
  },
): IssuedDocument {
  const commandes = [...new Set(o.notes.map((note) => note.commande))]
  const orders = commandes.map((commande) => findOrder(world, commande))
  const [first] = orders
  if (!first) throw new Problem('etat_interdit', 'rien à facturer')
  const particulier = first.client.siren === null && first.client.raison_sociale === null
  const zeroCategory = zeroRateCategory(first)
  const sold = o.notes.flatMap((note) => soldLines(note, findOrder(world, note.commande), zeroCategory))
  const { site, agence, devise } = first
  return {
    numero: nextNumber(world, o.type === 'facture' ? 'FA' : 'AV', o.date),
    type: o.type,
    date: o.date,
    echeance: dueOn(o.date, {
      isDirect: o.type === 'avoir' || particulier || orders.every((order) => centsOf(order.reste_du) <= 0n),
    }),
    ...{ devise, site, agence, facture_origine: o.origin, commandes },
    references_web: orders.map((order) => order.reference_web),
    livraisons: o.notes.map((note) => note.numero),
    client: { ...first.client, adresse: first.facturation, particulier },
    adresse_livraison: first.livraison,
    ...computeAmounts(sold),
    mentions: mentionsOf({
      particulier,
      zeroCategory: sold.some(({ line }) => line.taux_tva === '0.00') ? zeroCategory : null,
    }),
    emise_le: moment(world),
  }
}

function soldLines(note: CodialDeliveryNote, order: CodialOrder, zeroCategory: string): SoldLine[] {
  return note.lignes.flatMap(({ rang, quantite, montant_ttc }) => {
    const line = order.lignes.find((l) => l.rang === rang)
    return line ? [{ line, quantity: unitsOf(quantite, 4), gross: centsOf(montant_ttc), zeroCategory }] : []
  })
}

const EU = 'AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

/** G: export; K: goods to a business of another member state; E: exempt (codes of EN 16931, BT-118). */
function zeroRateCategory({ livraison, client }: CodialOrder): 'E' | 'G' | 'K' {
  if (livraison.pays === 'FR') return 'E'
  if (!EU.includes(livraison.pays)) return 'G'
  return client.tva_intracom === null ? 'E' : 'K'
}

function mentionsOf(o: { particulier: boolean; zeroCategory: string | null }): string[] {
  const { mentions } = COMPANY
  const exemption = o.zeroCategory === 'K' || o.zeroCategory === 'G' ? [mentions[o.zeroCategory]] : []
  return [...(o.particulier ? mentions.particulier : mentions.professionnel), ...exemption]
}

/** A consumer, and whoever has paid, owes at once; a company has thirty days. */
function dueOn(day: string, { isDirect }: { isDirect: boolean }): string {
  const due = new Date(`${day}T00:00:00Z`)
  due.setUTCDate(due.getUTCDate() + (isDirect ? 0 : 30))
  return due.toISOString().slice(0, 10)
}
