import type { z } from 'zod'
import type { PersonRequest } from '../../domain/decision.ts'
import { CARRIER, ORDER_REFERENCE, SITE } from '../../workflows/attributes.ts'
import { returnId } from '../../workflows/ids.ts'
import type { ReturnInput } from '../../workflows/return-lifecycle.ts'
import type { Answer } from '../engine.ts'
import type { PageKit } from '../kit.ts'
import type { ConsoleApp } from '../options.ts'
import { noted, traced } from '../trace.ts'
import { Added, Choice, fieldProblem, OneParcel, Return } from './parcel-fields.ts'
import { parcelsPage } from './parcel-forms.ts'
import { proposalPages } from './parcel-proposals.ts'
import { NOTE_PATH, openScene, parcelsOf, refOf, returnsOf, type Scene } from './parcel-scene.ts'
import { missing, silent } from './troubles.ts'

/** What persons do with the parcels of one delivery note. */
export function parcelActPages(app: ConsoleApp, kit: PageKit): void {
  const post = <S extends z.ZodType>(
    path: string,
    fields: S,
    act: (scene: Scene, form: z.output<S>) => Promise<Response>,
  ) =>
    app.post(`${NOTE_PATH}/${path}`, async (c) => {
      const scene = await openScene(kit, c)
      if (!scene) return missing(kit, c)
      const form = fields.safeParse(await c.req.parseBody())
      return form.success ? act(scene, form.data) : refuse(scene, fieldProblem(form.error))
    })

  app.get(NOTE_PATH, async (c) => {
    const scene = await openScene(kit, c)
    if (!scene) return missing(kit, c)
    const title = `Colis du bon ${scene.shipment.delivery_note}`
    return kit.render(c, { title, main: parcelsPage(scene), refresh: true })
  })
  post('reimprimer', OneParcel, reprint)
  post('annuler-etiquette', OneParcel, giveUp)
  post('ajouter', Added, add)
  post('changer-service', Choice, change)
  post('retour', Return, comeBack)
  proposalPages(app, kit)
}

const refuse = ({ kit, c, here }: Scene, text: string): Promise<Response> =>
  kit.back(c, here, { tone: 'problem', text })

/** The stored bytes, and a row that says who printed them again. */
async function reprint(scene: Scene, { id, colis }: z.output<typeof OneParcel>): Promise<Response> {
  const { kit, c, file } = scene
  const parcel = parcelOf(scene, colis)
  if (!parcel) return refuse(scene, `Le colis ${colis} n’a pas d’étiquette.`)
  const row = { id: `reprint:${id}`, type: 'Réimpression étiquette', site: file.ref.site, web_id: file.ref.webId }
  await noted(kit.o, { ...row, message: `Étiquette ${parcel.tracking_number} réimprimée.` })
  return c.redirect(`/documents/${encodeURIComponent(parcel.document)}`, 303)
}

const giveUp = (scene: Scene, { id, colis }: z.output<typeof OneParcel>): Promise<Response> =>
  ask(scene, {
    id,
    type: 'Annulation étiquette',
    asked: `Annulation de l’étiquette du colis ${colis} demandée`,
    done: `L’étiquette du colis ${colis} est abandonnée ; une autre est faite.`,
    fields: { colis: String(colis) },
    path: 'annuler-etiquette',
    act: (request) => scene.kit.engine.voidLabel(refOf(scene), { ...request, rank: colis }),
  })

function add(scene: Scene, { id, poids, longueur, largeur, hauteur }: z.output<typeof Added>): Promise<Response> {
  const parcel = { weight: poids, length: longueur, width: largeur, height: hauteur }
  return ask(scene, {
    id,
    type: 'Ajout de colis',
    asked: `Ajout d’un colis de ${poids} g demandé`,
    done: 'Le colis est ajouté ; son étiquette suit.',
    fields: { poids: String(poids), longueur: text(longueur), largeur: text(largeur), hauteur: text(hauteur) },
    path: 'ajouter',
    act: (request) => scene.kit.engine.addParcel(refOf(scene), { ...request, parcel }),
  })
}

async function change(scene: Scene, form: z.output<typeof Choice>): Promise<Response> {
  const { id, transporteur: carrier, service, point: pickupPoint } = form
  if (!scene.kit.o.carriers.includes(carrier)) return refuse(scene, `Le transporteur ${carrier} n’est pas configuré.`)
  const words = `${carrier} ${service}${pickupPoint ? `, point de retrait ${pickupPoint}` : ''}`
  return ask(scene, {
    id,
    type: 'Changement de service',
    asked: `Changement pour ${words} demandé`,
    done: `Le bon part avec ${words} ; l’étiquette est relancée.`,
    fields: { transporteur: carrier, service, point: pickupPoint ?? '' },
    path: 'changer-service',
    act: (request) =>
      scene.kit.engine.changeService(refOf(scene), { ...request, choice: { carrier, service, pickupPoint } }),
  })
}

/** A form sent twice asks for one label: how many there were stands in it. A return that was given up may be asked for again. */
async function comeBack(scene: Scene, { id, colis, envoyer, rang }: z.output<typeof Return>): Promise<Response> {
  const parcel = parcelOf(scene, colis)
  if (!parcel) return refuse(scene, `Le colis ${colis} n’a pas d’étiquette.`)
  const generation = Math.min(rang, returnsOf(scene, colis).length)
  const mailed = envoyer === 'oui'
  const input: ReturnInput = { ...refOf(scene), rank: colis, generation, carrier: parcel.carrier, mailed }
  return ask(scene, {
    id,
    type: 'Étiquette de retour',
    asked: `Étiquette de retour du colis ${colis} demandée`,
    done: `L’étiquette de retour du colis ${colis} est en préparation : elle paraîtra ici et dans les documents de la commande.`,
    fields: { colis: String(colis), rang: String(rang), ...(envoyer ? { envoyer } : {}) },
    path: 'retour',
    act: () =>
      scene.kit.engine.launch({
        workflow: 'returnLifecycle',
        id: returnId(input),
        input,
        summary: `${input.order.webId} · retour ${input.deliveryNote}`,
        attributes: [
          { key: SITE, value: input.order.site },
          { key: ORDER_REFERENCE, value: input.order.webId },
          { key: CARRIER, value: parcel.carrier },
        ],
        mayRunAgain: true,
      }),
  })
}

interface Asked {
  id: string
  type: string
  asked: string
  done: string
  fields: Record<string, string>
  path: string
  act: (request: PersonRequest) => Promise<Answer>
}

/** Asks the life, leaves a row in the report, and says what became of it. */
async function ask({ kit, c, file, here }: Scene, o: Asked): Promise<Response> {
  const { code: operator, branch } = kit.o.operator
  const row = { id: `act:${o.id}`, type: o.type, site: file.ref.site, web_id: file.ref.webId, message: `${o.asked}.` }
  const answer = await traced(kit.o, row, () => o.act({ id: o.id, operator, branch }))
  if (answer.kind === 'silent')
    return silent(kit, c, { action: `${here}/${o.path}`, fields: { id: o.id, ...o.fields }, back: here })
  const flash =
    answer.kind === 'refused'
      ? ({ tone: 'problem', text: `${o.asked} : refusé, ${answer.reason}.` } as const)
      : ({ tone: 'done', text: o.done } as const)
  return kit.back(c, here, flash)
}

const parcelOf = (scene: Scene, rank: number) => parcelsOf(scene).find((parcel) => parcel.rank === rank)

const text = (size: number | null): string => (size === null ? '' : String(size))
