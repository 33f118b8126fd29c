import { html } from 'hono/html'
import { liveNotes, NOTE_LABELS } from '../deliveries.ts'
import { viewInvoice } from '../invoice-view.ts'
import type { CodialOrder, Parcel } from '../model.ts'
import { openLines } from '../packing.ts'
import type { World } from '../world.ts'
import { style } from './style.ts'

const SHOWN = 200

type Html = ReturnType<typeof html>

/** The page of the branch: orders, newest first, each with what can be done now. */
export function branchPage(world: World, said: { done: string | undefined; refused: string | undefined }): Html {
  const orders = Object.values(world.state.orders).map(({ order }) => order)
  const shown = orders.slice(-SHOWN).reverse()
  return html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Codial (bac à sable)</title><style>${style}</style>
</head>
<body>
<a class="skip" href="#commandes">Aller aux commandes</a>
<h1>Codial, bac à sable</h1>
<p>${countOf(orders.length)}${orders.length > SHOWN ? `, les ${SHOWN} dernières` : ''}. <a href="/">Actualiser</a></p>
${said.done ? html`<p class="done" role="status">✓ ${said.done}</p>` : ''}
${said.refused ? html`<p class="refused" role="alert">✗ Refusé : ${said.refused}</p>` : ''}
<main id="commandes" tabindex="-1">${shown.map((order) => orderCard(world, order))}</main>
</body></html>`
}

const countOf = (count: number): string =>
  count === 0 ? 'Aucune commande' : `${count} commande${count > 1 ? 's' : ''}`

const MARKS = { Enregistrée: '○', 'En préparation': '◐', Expédiée: '➤', Facturée: '●', Annulée: '✕' }

function orderCard(world: World, order: CodialOrder): Html {
  const { numero, site, reference_web, statut, agence, client } = order
  return html`<article id="${numero}" aria-labelledby="${numero}-titre">
<header class="order"><h2 id="${numero}-titre">${numero}</h2><span class="status"><span aria-hidden="true">${MARKS[statut]}</span> ${statut}</span></header>
<dl>
<dt>Commande web</dt><dd>${site} n° ${reference_web}, agence ${agence}</dd>
<dt>Client</dt><dd>${[client.raison_sociale, client.prenom, client.nom].filter(Boolean).join(' ')}</dd>
<dt>Montants</dt><dd>${money(order.total_ttc, order)} TTC (${money(order.total_ht, order)} HT, TVA ${money(order.total_tva, order)})</dd>
<dt>Règlements</dt><dd>${paymentsOf(order)}</dd>
<dt>Livraison</dt><dd>${notesOf(world, order)}</dd>
<dt>Facture</dt><dd>${invoicesOf(world, order)}</dd>
${order.motif_annulation ? html`<dt>Motif</dt><dd>${order.motif_annulation}</dd>` : ''}
</dl>
<div class="acts">${actsOf(world, order)}</div>
</article>`
}

/** "1 234,50 €", with no-break spaces. */
function money(amount: string, { devise }: { devise: string }): string {
  const [whole = '0', cents = '00'] = amount.split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, '\u202f')},${cents}\u00a0${devise === 'EUR' ? '€' : devise}`
}

function paymentsOf(order: CodialOrder): Html {
  return html`${order.reglements.map((r) => html`<p>${r.mode} ${money(r.montant, order)}, ${r.reference_transaction}</p>`)}
<p>Reste dû : ${money(order.reste_du, order)}</p>`
}

function notesOf(world: World, order: CodialOrder): Html {
  const notes = order.livraisons.flatMap((numero) => world.state.deliveryNotes[numero] ?? [])
  const carrier = html`<p>${order.transporteur} ${order.service}</p>`
  return html`${carrier}${notes.map(
    (note) =>
      html`<p>${note.numero} ${NOTE_LABELS[note.statut]}${note.reliquat ? ', avec reliquat' : ''}</p>${note.colis.map(parcel)}`,
  )}`
}

function parcel({ rang, poids_g, numero_suivi, url_suivi, evenements }: Parcel): Html {
  const last = evenements.at(-1)
  const tracking =
    numero_suivi && url_suivi
      ? html`<a href="${url_suivi}" rel="noreferrer">${numero_suivi}</a>`
      : 'sans numéro de suivi'
  return html`<p>Colis ${rang}, ${poids_g} g : ${tracking}${last ? `, ${last.libelle}` : ''}</p>`
}

function invoicesOf(world: World, order: CodialOrder): Html {
  const documents = order.factures
    .flatMap((numero) => world.state.invoices[numero] ?? [])
    .map((record) => viewInvoice(world, record))
  if (documents.length === 0) return html`Aucune`
  return html`${documents.map((one) => html`<p>${one.type === 'avoir' ? 'Avoir' : 'Facture'} ${one.numero}, ${money(one.total_ttc, order)}</p>`)}`
}

function actsOf(world: World, order: CodialOrder): Html[] {
  const notes = liveNotes(world, order)
  const { statut } = order
  const hasLeft = notes.some((note) => note.statut === 'expediee')
  const canPack = statut === 'En préparation' && openLines(order, notes).length > 0
  const canInvoice = notes.some((note) => note.statut === 'expediee' && note.facture === null)
  const canCancel = statut === 'Facturée' || (!hasLeft && (statut === 'Enregistrée' || statut === 'En préparation'))
  const parcels = html`<label>Colis <select name="colis"><option>1</option><option>2</option></select></label>
<label><input type="checkbox" name="reliquat" value="oui"> avec reliquat</label>`
  const reason = html`<label>Motif <input type="text" name="motif" required maxlength="500"></label>`
  return [
    ...(statut === 'Enregistrée' ? [act(order, 'preparer', 'Préparer')] : []),
    ...(canPack ? [act(order, 'livrer', 'Faire le BL', parcels)] : []),
    ...(canInvoice ? [act(order, 'facturer', 'Facturer')] : []),
    ...(canCancel ? [act(order, 'annuler', 'Annuler', reason)] : []),
  ]
}

function act({ numero }: CodialOrder, name: string, label: string, fields: Html | string = ''): Html {
  return html`<form method="post" action="/_page/${name}"><input type="hidden" name="numero" value="${numero}">${fields}
<button aria-label="${label} ${numero}">${label}</button></form>`
}
