import { html } from 'hono/html'
import { z } from 'zod'
import { needsPickupPoint, servicesOf } from '../../domain/carrier-services.ts'
import type { CarrierAnswer } from '../../workflows/ask-carrier.ts'
import type { PageKit } from '../kit.ts'
import type { ConsoleApp } from '../options.ts'
import { NOT_NOW, type Proposal, proposalPath } from './parcel-choice-form.ts'
import { word } from './parcel-fields.ts'
import { answerPart, offerFirst } from './parcel-proposals-list.ts'
import { mayChangeService, NOTE_PATH, openScene, refOf, type Scene, serviceWords } from './parcel-scene.ts'
import type { Html } from './parts.ts'
import { missing, unanswered } from './troubles.ts'

const Asked = z.object({
  question: z.enum(['offres', 'points']).catch('offres'),
  transporteur: word.catch(''),
  service: word.regex(/^[A-Z0-9+]{0,10}$/).catch(''),
})

/** What a carrier has for one delivery note: services, or pickup points near the customer, each with a button to choose it. */
export function proposalPages(app: ConsoleApp, kit: PageKit): void {
  app.get(`${NOTE_PATH}/propositions`, async (c) => {
    const scene = await openScene(kit, c)
    if (!scene) return missing(kit, c)
    const proposal = proposalOf(scene, Asked.parse(c.req.query()))
    const problem = problemOf(scene, proposal)
    if (problem) return kit.back(c, scene.here, { tone: 'problem', text: problem })
    const isAsked = proposal.question === 'offres' || proposal.service !== ''
    const answer = isAsked ? await ask(scene, proposal) : undefined
    const again = proposalPath(scene.here, proposal)
    if (answer === null) return unanswered(kit, c, { again, back: scene.here })
    return kit.render(c, { title: titleOf(proposal), main: page(scene, { proposal, answer, again }) })
  })
}

function proposalOf({ kit, shipment }: Scene, asked: z.output<typeof Asked>): Proposal {
  const { question } = asked
  const { content } = shipment
  const usual = kit.o.carriers.includes(content.carrier) ? content.carrier : (kit.o.carriers[0] ?? '')
  const carrier = asked.transporteur || usual
  const service = asked.service || (carrier === content.carrier ? content.service : '')
  return { question, carrier, service: question === 'points' ? pointService({ carrier, service }) : service }
}

/** The service with which points are looked for: this one where it brings parcels to points, else the carrier's first that does. */
function pointService({ carrier, service }: { carrier: string; service: string }): string {
  const known = servicesOf(carrier)
  if (!known || needsPickupPoint({ carrier, service })) return service
  return known.atPickupPoint[0] ?? (known.shape.test(service) ? service : '')
}

function problemOf({ kit, shipment }: Scene, { carrier }: Proposal): string | null {
  if (shipment.state !== 'ready') return 'Ce bon est parti ou annulé : son service ne se change plus.'
  if (!carrier) return 'Aucun transporteur n’est configuré.'
  return kit.o.carriers.includes(carrier) ? null : `Le transporteur ${carrier} n’est pas configuré.`
}

const QUESTIONS = { offres: 'offers', points: 'pickup-points' } as const

const ask = (scene: Scene, { question, carrier, service }: Proposal): Promise<CarrierAnswer | null> =>
  scene.kit.engine.askCarrier({ ...refOf(scene), carrier, service, question: QUESTIONS[question] })

const titleOf = ({ question, carrier }: Proposal): string =>
  question === 'offres' ? `Ce que propose ${carrier}` : `Points de retrait ${carrier}`

function page(
  scene: Scene,
  { proposal, answer, again }: { proposal: Proposal; answer: CarrierAnswer | undefined; again: string },
): Html {
  const { here, shipment } = scene
  return html`
    <header class="title">
      <div>
        <p class="muted"><a href="${here}">Colis du bon ${shipment.delivery_note}</a></p>
        <h1>${titleOf(proposal)}</h1>
      </div>
    </header>
    ${mayChangeService(scene) ? '' : html`<p class="draft">${NOT_NOW}</p>`}
    ${choices(scene, proposal)}
    ${answer ? answerPart(scene, { proposal, answer, again }) : offerFirst(here, proposal)}`
}

/** The other carriers, the other question, and the other services that bring parcels to points. */
function choices({ kit, here }: Scene, proposal: Proposal): Html {
  const { question, carrier, service } = proposal
  const points = (servicesOf(carrier)?.atPickupPoint ?? []).filter((code) => serviceWords(carrier, code) !== code)
  const chip = (to: Proposal, words: string, isHere: boolean): Html =>
    html`<a class="chip" href="${proposalPath(here, to)}" ${isHere ? html`aria-current="true"` : ''}>${words}</a>`
  return html`
    <nav class="chips" aria-label="Transporteurs">${kit.o.carriers.map((code) => chip({ question, carrier: code, service: '' }, code, code === carrier))}</nav>
    <nav class="chips" aria-label="Ce qui est cherché">
      ${chip({ question: 'offres', carrier, service }, 'Services', question === 'offres')}
      ${chip({ question: 'points', carrier, service }, 'Points de retrait', question === 'points')}
    </nav>
    ${question === 'points' && points.length > 1 ? html`<nav class="chips" aria-label="Services en point de retrait">${points.map((code) => chip({ question, carrier, service: code }, serviceWords(carrier, code), code === service))}</nav>` : ''}`
}
