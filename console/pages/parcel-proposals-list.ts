import { html } from 'hono/html'
import { needsPickupPoint, servicesOf } from '../../domain/carrier-services.ts'
import { countryName } from '../../domain/countries.ts'
import type { Trouble } from '../../domain/failures.ts'
import { euros } from '../../domain/money.ts'
import type { CarrierAnswer, PickupPlace, ServiceOffer } from '../../workflows/ask-carrier.ts'
import { asSentence } from '../typography.ts'
import { failureTitle } from '../words.ts'
import { distanceWords, openingWords } from './opening-words.ts'
import { chooseForm, type Proposal, proposalPath } from './parcel-choice-form.ts'
import { type Scene, serviceWords } from './parcel-scene.ts'
import { cell, count, empty, type Html, listOf } from './parts.ts'

/** A carrier's answer: a list to choose from, nothing found, or what went wrong and what to do about it. */
export function answerPart(
  scene: Scene,
  { proposal, answer, again }: { proposal: Proposal; answer: CarrierAnswer; again: string },
): Html {
  if ('trouble' in answer) return troublePart(scene, { proposal, trouble: answer.trouble, again })
  if ('offers' in answer) return offersPart(scene, proposal, answer.offers)
  return placesPart(scene, proposal, answer.places)
}

function troublePart(
  { here }: Scene,
  { proposal, trouble, again }: { proposal: Proposal; trouble: Trouble; again: string },
): Html {
  const services = proposalPath(here, { ...proposal, question: 'offres' })
  return html`
    <section class="card waiting parcel" role="alert"><h2>${failureTitle(trouble.code)}</h2>
      <p class="remedy">${asSentence(trouble.remedy)}</p>
      <p class="actions">
        <a class="button" href="${again}">Réessayer</a>
        ${proposal.question === 'points' ? html`<a class="button" href="${services}">Voir les services</a>` : ''}
      </p>
    </section>`
}

/** Said where points are asked of a carrier that reaches them with several services, and none is chosen yet. */
export const offerFirst = (here: string, proposal: Proposal): Html =>
  empty({
    title: 'Avec quel service ?',
    text: `${proposal.carrier} livre en point de retrait avec plusieurs services : choisissez-en un d’abord.`,
    action: { href: proposalPath(here, { ...proposal, question: 'offres' }), text: 'Voir les services' },
  })

/** "13009 Marseille", with the country abroad; nothing where the order is not kept any more. */
function townOf({ file }: Scene): string {
  const to = file.order.snapshot?.shipping
  if (!to) return 'l’adresse de livraison'
  return `${to.postalCode} ${to.city}${to.country === 'FR' ? '' : ` (${countryName(to.country)})`}`
}

const OFFER_HEADINGS: [string, string?][] = [['Service'], ['Nom'], ['Prix', 'number'], ['Livré le'], ['Choix']]

function offersPart(scene: Scene, proposal: Proposal, offers: ServiceOffer[]): Html {
  const { carrier } = proposal
  if (offers.length === 0)
    return empty({
      title: 'Aucun service proposé',
      text: `${carrier} n’envoie rien vers ${townOf(scene)} avec votre contrat. Essayez un autre transporteur.`,
    })
  const told = {
    price: offers.some(({ price }) => price !== null),
    day: offers.some(({ deliveredOn }) => deliveredOn !== null),
  }
  const headings = OFFER_HEADINGS.filter(
    ([name]) => (told.price || name !== 'Prix') && (told.day || name !== 'Livré le'),
  )
  const parcels = count(scene.shipment.content.parcels.length, 'colis', 'colis')
  return html`
    <p class="lead">Pour ${parcels} vers ${townOf(scene)}.${told.price ? '' : ` ${carrier} ne dit pas ses prix ici : voyez votre contrat.`}</p>
    ${listOf({ style: 'proposals', name: `Services de ${carrier}`, headings, rows: offers.map((offer) => offerRow(scene, { carrier, offer, told })) })}`
}

interface Offered {
  carrier: string
  offer: ServiceOffer
  /** Which columns there are. */
  told: { price: boolean; day: boolean }
}

function offerRow({ here, shipment }: Scene, { carrier, offer, told }: Offered): Html {
  const { service, name, price, deliveredOn } = offer
  const isCurrent = shipment.content.carrier === carrier && shipment.content.service === service
  const day = deliveredOn && DAY.format(new Date(`${deliveredOn}T12:00:00Z`))
  return html`
    <tr role="row">
      ${cell('Service', html`<code>${service}</code>${isCurrent ? html` <small>service actuel</small>` : ''}`)}
      ${cell('Nom', name)}
      ${told.price ? cell('Prix', price === null ? null : euros(price), 'number') : ''}
      ${told.day ? cell('Livré le', day) : ''}
      ${cell('Choix', html`<div class="actions">${offerChoice({ here, carrier, offer })}</div>`)}
    </tr>`
}

const DAY = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })

/** A service that brings parcels to points needs one first; where a carrier has none of its own, any may go to a point. */
function offerChoice({ here, carrier, offer }: { here: string; carrier: string; offer: ServiceOffer }): Html {
  const { service, name } = offer
  const words = `${service}, ${name}`
  const isAtPoint = needsPickupPoint({ carrier, service })
  const mayBeAtPoint = isAtPoint || servicesOf(carrier)?.atPickupPoint.length === 0
  const href = proposalPath(here, { question: 'points', carrier, service })
  return html`
    ${isAtPoint ? '' : chooseForm(here, { carrier, service, name: words })}
    ${mayBeAtPoint ? html`<a class="button" href="${href}" aria-label="Choisir un point de retrait avec ${words}">Choisir un point…</a>` : ''}`
}

const PLACE_HEADINGS: [string, string?][] = [['Point'], ['Adresse'], ['Distance', 'number'], ['Horaires'], ['Choix']]

function placesPart(scene: Scene, proposal: Proposal, places: PickupPlace[]): Html {
  const { here, shipment } = scene
  const { carrier, service } = proposal
  const words = serviceWords(carrier, service)
  if (places.length === 0)
    return empty({
      title: 'Aucun point de retrait trouvé',
      text: `${carrier} n’en a pas près de ${townOf(scene)} qui prenne ces colis avec le service ${words}.`,
      action: { href: proposalPath(here, { ...proposal, question: 'offres' }), text: 'Voir les services' },
    })
  const rows = places.map((place) =>
    placeRow({ here, carrier, service, place, isCurrent: shipment.content.pickupPoint === place.id }),
  )
  return html`
    <p class="lead">${count(places.length, 'point', 'points')} près de ${townOf(scene)}, avec le service ${words}.</p>
    ${listOf({ style: 'proposals', name: 'Points de retrait, du plus proche au plus lointain', headings: PLACE_HEADINGS, rows })}`
}

function placeRow(o: { here: string; carrier: string; service: string; place: PickupPlace; isCurrent: boolean }): Html {
  const { here, carrier, service, place } = o
  const { id, name, lines, postalCode, city, country, distance, opening } = place
  const address = [...lines, `${postalCode} ${city}${country === 'FR' ? '' : ` (${countryName(country)})`}`]
  const hours = openingWords(opening)
  return html`
    <tr role="row">
      ${cell('Point', html`<strong>${name}</strong><small>${id}${o.isCurrent ? ', point actuel' : ''}</small>`)}
      ${cell('Adresse', html`${address.map((line, i) => html`${i > 0 ? html`<br>` : ''}${line}`)}`)}
      ${cell('Distance', distance === null ? null : distanceWords(distance), 'number')}
      ${cell('Horaires', hours.length > 0 ? html`<ul class="plain hours">${hours.map((line) => html`<li>${line}</li>`)}</ul>` : null)}
      ${cell('Choix', chooseForm(here, { carrier, service, point: id, name: `${name}, ${id}` }))}
    </tr>`
}
