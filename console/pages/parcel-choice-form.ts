import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { servicesOf } from '../../domain/carrier-services.ts'
import { pathWith } from '../kit.ts'
import { mayChangeService, type Scene } from './parcel-scene.ts'
import { type Html, hidden } from './parts.ts'

/** Another carrier, service or point: written by who knows it, or looked for at the carrier with what stands in the fields. */
export function serviceForm(scene: Scene): Html {
  const { kit, shipment, here } = scene
  const { carrier, service, pickupPoint } = shipment.content
  const { carriers } = kit.o
  return html`
    <section class="card parcel" aria-labelledby="service"><h2 id="service">Changer de transporteur ou de service</h2>
      <form method="post" action="${here}/changer-service">
        ${hidden({ id: randomUUID() })}
        <div class="fields">
          <label class="field">Transporteur
            <select name="transporteur">${carriers.map((code) => html`<option ${code === carrier ? html`selected` : ''}>${code}</option>`)}</select></label>
          <label class="field">Service <input name="service" value="${service}" required maxlength="10" list="services" autocomplete="off" spellcheck="false"></label>
          <label class="field">Point de retrait, s’il en faut un <input name="point" value="${pickupPoint ?? ''}" maxlength="20" autocomplete="off" spellcheck="false"></label>
          ${knownServices(carriers)}
        </div>
        <p class="muted">${mayChangeService(scene) ? '' : html`${NOT_NOW} `}Les étiquettes déjà faites de ce bon sont annulées quand le service change.</p>
        <div class="actions">
          <button type="submit">Changer, et relancer l’étiquette</button>
          ${look(here, 'offres', 'Voir ce que propose ce transporteur')}
          ${look(here, 'points', 'Chercher les points de retrait proches')}
        </div>
      </form>
    </section>`
}

/** Said where a choice would be refused. */
export const NOT_NOW = 'Aucune étiquette n’attend votre décision : pour l’instant, le service ne se change pas.'

/** What is looked for at a carrier; the service is empty where points cannot be looked for without choosing one. */
export interface Proposal {
  question: 'offres' | 'points'
  carrier: string
  service: string
}

/** The page of a proposal. */
export const proposalPath = (here: string, { question, carrier, service }: Proposal): string =>
  pathWith(`${here}/propositions`, { question, transporteur: carrier, service })

/** The same fields, sent to be looked up instead. */
const look = (here: string, question: Proposal['question'], words: string): Html =>
  html`<button type="submit" formmethod="get" formaction="${here}/propositions" formnovalidate name="question" value="${question}">${words}</button>`

function knownServices(carriers: string[]): Html {
  const services = carriers.flatMap((carrier) =>
    Object.entries(servicesOf(carrier)?.usual ?? {}).map(([code, words]) => ({ code, words: `${carrier} : ${words}` })),
  )
  return html`<datalist id="services">${services.map(({ code, words }) => html`<option value="${code}">${words}</option>`)}</datalist>`
}

/** One proposal taken: the form of the change, filled in, behind one button. */
export const chooseForm = (
  here: string,
  { carrier, service, point = '', name }: { carrier: string; service: string; point?: string; name: string },
): Html => html`
  <form method="post" action="${here}/changer-service">
    ${hidden({ id: randomUUID(), transporteur: carrier, service, point })}
    <button type="submit" aria-label="Choisir ${name}">Choisir</button>
  </form>`
