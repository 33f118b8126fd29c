import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { TRACKING_LABELS } from '../../domain/shipment.ts'
import { webAddress } from '../kit.ts'
import { SHIPMENT_WORDS } from '../words.ts'
import type { OrderFile } from './order-file.ts'
import { badge, type Html, hidden } from './parts.ts'

type Parcel = OrderFile['parcels'][number]
type Shipment = OrderFile['shipments'][number]

/** The page of one delivery note: its parcels, and what a person may do with them before and after they leave. */
export function parcelsPage(o: {
  shipment: Shipment
  parcels: Parcel[]
  here: string
  back: string
  carriers: string[]
}): Html {
  const { shipment, parcels, here, back, carriers } = o
  const { delivery_note: bl, state, content } = shipment
  const isOpen = state === 'ready'
  const hasLeft = !isOpen && state !== 'cancelled'
  return html`
    <header class="title">
      <div>
        <p class="muted"><a href="${back}">Retour à la commande</a></p>
        <h1>Colis du bon ${bl}</h1>
      </div>
      ${badge(SHIPMENT_WORDS[state].light, SHIPMENT_WORDS[state].word)}
    </header>
    <p>${content.carrier} ${content.service}${content.pickupPoint && html`, point de retrait ${content.pickupPoint}`}</p>
    ${parcels.length === 0 ? html`<p class="muted">Aucun colis n’a encore d’étiquette.</p>` : parcels.map((parcel) => parcelCard({ parcel, here, isOpen, hasLeft }))}
    ${isOpen ? html`${addForm(here)}${serviceForm({ shipment, here, carriers })}` : ''}
    <section class="card"><h2>Ce qui est possible, et quand</h2>
      <p>Tant qu’aucun numéro n’a été annoncé à Codial, une étiquette s’annule (une autre est faite), un colis s’ajoute, et le service se change pendant qu’une étiquette attend votre décision. Une fois le bon expédié, seul un retour est possible ; l’étiquette se réimprime toujours sans rien racheter.</p>
    </section>`
}

function parcelCard(o: { parcel: Parcel; here: string; isOpen: boolean; hasLeft: boolean }): Html {
  const { parcel, here, isOpen, hasLeft } = o
  const { rank, carrier, tracking_number: number, status } = parcel
  const href = webAddress(parcel.tracking_url)
  return html`
    <section class="card" aria-labelledby="colis-${rank}">
      <h2 id="colis-${rank}">Colis ${rank}</h2>
      <p>${carrier} · ${href ? html`<a href="${href}" rel="noreferrer">${number}</a>` : number} · ${TRACKING_LABELS[status]}</p>
      <div class="actions">
        ${act({ action: `${here}/reimprimer`, rank, word: `Réimprimer l’étiquette du colis ${rank}` })}
        ${isOpen ? act({ action: `${here}/annuler-etiquette`, rank, word: `Annuler l’étiquette du colis ${rank}`, style: 'danger' }) : ''}
        ${hasLeft ? returnForm({ here, rank }) : ''}
      </div>
    </section>`
}

const act = (o: { action: string; rank: number; word: string; style?: string }): Html => html`
  <form method="post" action="${o.action}">
    ${hidden({ id: randomUUID(), colis: String(o.rank) })}
    <button class="${o.style ?? ''}" type="submit">${o.word}</button>
  </form>`

const returnForm = ({ here, rank }: { here: string; rank: number }): Html => html`
  <form method="post" action="${here}/retour">
    ${hidden({ id: randomUUID(), colis: String(rank) })}
    <label class="check"><input type="checkbox" name="envoyer" value="oui" checked> L’envoyer au client par e-mail</label>
    <button type="submit">Faire l’étiquette de retour du colis ${rank}</button>
  </form>`

const whole = (name: string, label: string, o: { max: number; required?: boolean }): Html => html`
  <label class="field">${label} <input name="${name}" type="number" inputmode="numeric" min="1" max="${o.max}" ${o.required ? 'required' : ''}></label>`

const addForm = (here: string): Html => html`
  <section class="card"><h2>Ajouter un colis</h2>
    <form method="post" action="${here}/ajouter">
      ${hidden({ id: randomUUID() })}
      ${whole('poids', 'Poids (grammes)', { max: 1_000_000, required: true })}
      ${whole('longueur', 'Longueur (millimètres)', { max: 10_000 })}
      ${whole('largeur', 'Largeur (millimètres)', { max: 10_000 })}
      ${whole('hauteur', 'Hauteur (millimètres)', { max: 10_000 })}
      <button type="submit">Ajouter ce colis</button>
    </form>
    <p class="muted">Codial ne connaît pas ce colis : son numéro de suivi va au client et à la boutique.</p>
  </section>`

const serviceForm = ({
  shipment,
  here,
  carriers,
}: {
  shipment: Shipment
  here: string
  carriers: string[]
}): Html => html`
  <section class="card"><h2>Changer de transporteur ou de service</h2>
    <form method="post" action="${here}/changer-service">
      ${hidden({ id: randomUUID() })}
      <label class="field">Transporteur
        <select name="transporteur">${carriers.map((code) => html`<option ${code === shipment.content.carrier ? 'selected' : ''}>${code}</option>`)}</select></label>
      <label class="field">Service <input name="service" value="${shipment.content.service}" required maxlength="10" autocomplete="off"></label>
      <label class="field">Point de retrait, s’il en faut un <input name="point" value="${shipment.content.pickupPoint ?? ''}" maxlength="20" autocomplete="off"></label>
      <button type="submit">Changer, et relancer l’étiquette</button>
    </form>
    <p class="muted">Possible pendant qu’une étiquette attend votre décision ; les étiquettes déjà faites de ce bon sont annulées.</p>
  </section>`
