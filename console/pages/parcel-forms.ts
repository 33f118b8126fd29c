import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { euros } from '../../domain/money.ts'
import { TRACKING_LABELS } from '../../domain/shipment.ts'
import { orderPath, webAddress } from '../kit.ts'
import { moment } from '../moments.ts'
import { SHIPMENT_WORDS } from '../words.ts'
import { waitingCard } from './decision-form.ts'
import type { OrderFile } from './order-file.ts'
import { serviceForm } from './parcel-choice-form.ts'
import { parcelsOf, returnsOf, type Scene, serviceWords, waitingOf } from './parcel-scene.ts'
import { badge, type Html, hidden } from './parts.ts'

type Parcel = OrderFile['parcels'][number]

/** The page of one delivery note: its parcels, and what a person may do with them before and after they leave. */
export function parcelsPage(scene: Scene): Html {
  const { file, shipment, here } = scene
  const { delivery_note: bl, state, content } = shipment
  const isOpen = state === 'ready'
  const { light, word } = SHIPMENT_WORDS[state]
  const waiting = waitingOf(scene)
  return html`
    <header class="title">
      <div>
        <p class="muted"><a href="${orderPath(file.ref)}">Commande ${file.order.number}</a></p>
        <h1>Colis du bon ${bl}</h1>
      </div>
      ${badge(light, word)}
    </header>
    <p class="lead">${content.carrier} ${serviceWords(content.carrier, content.service)}${content.pickupPoint && html`, point de retrait ${content.pickupPoint}`}</p>
    ${waiting.length > 0 ? html`<section aria-labelledby="attente"><h2 id="attente">En attente de votre décision</h2>${waiting.map((row) => waitingCard(row, { back: here }))}</section>` : ''}
    ${parcelsOf(scene).map((parcel) => parcelCard(scene, parcel))}
    ${bareCard(scene)}
    ${isOpen ? html`${serviceForm(scene)}${addForm(here)}` : ''}
    <section class="card"><h2>Ce qui est possible, et quand</h2>
      <p>Tant qu’aucun numéro n’a été annoncé à Codial, une étiquette s’annule (une autre est faite), un colis s’ajoute, et le service se change pendant qu’une étiquette attend votre décision. Une fois le bon expédié, seul un retour est possible ; l’étiquette se réimprime toujours sans rien racheter.</p>
    </section>`
}

function parcelCard(scene: Scene, parcel: Parcel): Html {
  const { here, shipment } = scene
  const { rank, carrier, service, tracking_number: number, status, status_at, price } = parcel
  const href = webAddress(parcel.tracking_url)
  const isOpen = shipment.state === 'ready'
  const hasLeft = !isOpen && shipment.state !== 'cancelled'
  return html`
    <section class="card" aria-labelledby="colis-${rank}">
      <h2 id="colis-${rank}">Colis ${rank}</h2>
      <p>${carrier} ${serviceWords(carrier, service)} · ${href ? html`<a href="${href}" rel="noreferrer">${number}</a>` : number}
        <small>${TRACKING_LABELS[status]}, le ${moment(status_at)}${price === null ? '' : ` · achat ${euros(price)}`}</small></p>
      ${returnList(scene, rank)}
      <div class="actions">
        ${act({ action: `${here}/reimprimer`, rank, word: `Réimprimer l’étiquette du colis ${rank}` })}
        ${isOpen ? act({ action: `${here}/annuler-etiquette`, rank, word: `Annuler l’étiquette du colis ${rank}`, style: 'danger' }) : ''}
        ${hasLeft ? returnForm(scene, rank) : ''}
      </div>
    </section>`
}

const act = (o: { action: string; rank: number; word: string; style?: string }): Html => html`
  <form method="post" action="${o.action}">
    ${hidden({ id: randomUUID(), colis: String(o.rank) })}
    <button class="${o.style ?? ''}" type="submit">${o.word}</button>
  </form>`

function returnList(scene: Scene, rank: number): Html {
  const made = returnsOf(scene, rank)
  if (made.length === 0) return html``
  const links = made.map(
    ({ id, name }, i) => html`${i > 0 ? ', ' : ''}<a href="/documents/${encodeURIComponent(id)}">${name}</a>`,
  )
  return html`<p>${made.length > 1 ? 'Étiquettes' : 'Étiquette'} de retour : ${links}</p>`
}

/** The number of labels made before stands in the form: sent twice, it asks for one. */
function returnForm(scene: Scene, rank: number): Html {
  const made = returnsOf(scene, rank).length
  return html`
    <form class="actions" method="post" action="${scene.here}/retour">
      ${hidden({ id: randomUUID(), colis: String(rank), rang: String(made) })}
      <button type="submit">Faire ${made > 0 ? 'une autre étiquette' : 'l’étiquette'} de retour du colis ${rank}</button>
      <label class="check"><input type="checkbox" name="envoyer" value="oui" checked> L’envoyer au client par e-mail</label>
    </form>`
}

/** Parcels without a label: that of a note under way is made, or waits above. */
function bareCard(scene: Scene): Html {
  const { content, state } = scene.shipment
  const labelled = parcelsOf(scene).map(({ rank }) => rank)
  const bare = content.parcels.filter(({ rank }) => !labelled.includes(rank))
  if (bare.length === 0) return html``
  return html`
    <section class="card" aria-labelledby="sans"><h2 id="sans">Sans étiquette${state === 'ready' ? ' pour l’instant' : ''}</h2>
      <ul class="plain">${bare.map(({ rank, weight }) => html`<li>Colis ${rank} · ${GRAMS.format(weight)} g</li>`)}</ul>
    </section>`
}

const GRAMS = new Intl.NumberFormat('fr-FR')

const whole = (name: string, label: string, o: { max: number; required?: boolean }): Html => html`
  <label class="field">${label} <input name="${name}" type="number" inputmode="numeric" min="1" max="${o.max}" ${o.required ? html`required` : ''}></label>`

const addForm = (here: string): Html => html`
  <section class="card parcel" aria-labelledby="ajout"><h2 id="ajout">Ajouter un colis</h2>
    <form method="post" action="${here}/ajouter">
      ${hidden({ id: randomUUID() })}
      <div class="fields">
        ${whole('poids', 'Poids (grammes)', { max: 1_000_000, required: true })}
        ${whole('longueur', 'Longueur (millimètres, facultative)', { max: 10_000 })}
        ${whole('largeur', 'Largeur (millimètres, facultative)', { max: 10_000 })}
        ${whole('hauteur', 'Hauteur (millimètres, facultative)', { max: 10_000 })}
      </div>
      <p class="muted">Codial ne connaît pas ce colis : son numéro de suivi va au client et à la boutique.</p>
      <div class="actions"><button type="submit">Ajouter ce colis</button></div>
    </form>
  </section>`
