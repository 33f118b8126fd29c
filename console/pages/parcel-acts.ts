import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { PersonRequest } from '../../domain/decision.ts'
import { CARRIER, ORDER_REFERENCE, SITE } from '../../workflows/attributes.ts'
import { returnId } from '../../workflows/ids.ts'
import type { ReturnInput } from '../../workflows/return-lifecycle.ts'
import type { Answer } from '../engine.ts'
import { orderPath, type PageKit } from '../kit.ts'
import type { ConsoleApp, Visit } from '../options.ts'
import { noted, traced } from '../trace.ts'
import { type OrderFile, readOrderFile } from './order-file.ts'
import { parcelsPage } from './parcel-forms.ts'
import { missing, silent } from './troubles.ts'

const PATH = '/commandes/:site/:webId/bons/:bl'

const id = z
  .string()
  .regex(/^[\w-]{8,64}$/)
  .catch(() => randomUUID())
const rank = z.coerce.number().int().min(1).max(999)
const size = z
  .literal('')
  .transform(() => null)
  .or(z.coerce.number().int().min(1).max(10_000))
  .default(null)
const word = z.string().trim().toUpperCase()

const OneParcel = z.object({ id, colis: rank })
const Return = OneParcel.extend({ envoyer: z.string().optional() })
const Added = z.object({
  id,
  poids: z.coerce.number().int().min(1).max(1_000_000),
  longueur: size,
  largeur: size,
  hauteur: size,
})
const Choice = z.object({
  id,
  transporteur: word,
  service: word.regex(/^[A-Z0-9+]{1,10}$/),
  point: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{0,20}$/)
    .transform((text) => text || null),
})

/** One delivery note, as the acts on it know it. */
interface Scene {
  kit: PageKit
  c: Visit
  file: OrderFile
  shipment: OrderFile['shipments'][number]
  here: string
}

/** What persons do with the parcels of one delivery note. */
export function parcelActPages(app: ConsoleApp, kit: PageKit): void {
  const scene = async (c: Visit): Promise<Scene | null> => {
    const { site = '', webId = '', bl = '' } = c.req.param() as Record<string, string>
    const file = await readOrderFile(kit.o.db, { site, webId })
    const shipment = file?.shipments.find(({ delivery_note }) => delivery_note === bl)
    return file && shipment
      ? { kit, c, file, shipment, here: `${orderPath(file.ref)}/bons/${encodeURIComponent(bl)}` }
      : null
  }
  const post = <S extends z.ZodType>(
    path: string,
    fields: S,
    act: (scene: Scene, form: z.output<S>) => Promise<Response>,
  ) =>
    app.post(`${PATH}/${path}`, async (c) => {
      const found = await scene(c)
      if (!found) return missing(kit, c)
      const form = fields.safeParse(await c.req.parseBody())
      if (form.success) return act(found, form.data)
      const field = String(form.error.issues[0]?.path[0] ?? '')
      return kit.back(c, found.here, { tone: 'problem', text: `Champ « ${field} » : valeur absente ou impossible.` })
    })

  app.get(PATH, async (c) => {
    const found = await scene(c)
    if (!found) return missing(kit, c)
    const { file, shipment, here } = found
    const parcels = file.parcels.filter(({ delivery_note }) => delivery_note === shipment.delivery_note)
    const main = parcelsPage({ shipment, parcels, here, back: orderPath(file.ref), carriers: kit.o.carriers })
    return kit.render(c, { title: `Colis du bon ${shipment.delivery_note}`, main })
  })
  post('reimprimer', OneParcel, reprint)
  post('annuler-etiquette', OneParcel, giveUp)
  post('ajouter', Added, add)
  post('changer-service', Choice, change)
  post('retour', Return, comeBack)
}

/** The stored bytes, and a row that says who printed them again. */
async function reprint(scene: Scene, { id, colis }: z.output<typeof OneParcel>): Promise<Response> {
  const { kit, c, file, here } = scene
  const parcel = parcelOf(scene, colis)
  if (!parcel) return kit.back(c, here, { tone: 'problem', text: `Le colis ${colis} n’a pas d’étiquette.` })
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
  if (!scene.kit.o.carriers.includes(carrier))
    return scene.kit.back(scene.c, scene.here, {
      tone: 'problem',
      text: `Le transporteur ${carrier} n’est pas configuré.`,
    })
  return ask(scene, {
    id,
    type: 'Changement de service',
    asked: `${carrier} ${service} demandé`,
    done: `Le bon part avec ${carrier} ${service} ; l’étiquette est relancée.`,
    fields: { transporteur: carrier, service, point: pickupPoint ?? '' },
    path: 'changer-service',
    act: (request) =>
      scene.kit.engine.changeService(refOf(scene), { ...request, choice: { carrier, service, pickupPoint } }),
  })
}

async function comeBack(scene: Scene, { id, colis, envoyer }: z.output<typeof Return>): Promise<Response> {
  const parcel = parcelOf(scene, colis)
  if (!parcel)
    return scene.kit.back(scene.c, scene.here, { tone: 'problem', text: `Le colis ${colis} n’a pas d’étiquette.` })
  const made = scene.file.documents.filter(
    ({ kind, id: document }) => kind === 'return-label' && document.includes(`-R${colis}`),
  )
  const input: ReturnInput = {
    ...refOf(scene),
    rank: colis,
    generation: made.length,
    carrier: parcel.carrier,
    mailed: envoyer === 'oui',
  }
  return ask(scene, {
    id,
    type: 'Étiquette de retour',
    asked: `Étiquette de retour du colis ${colis} demandée`,
    done: `L’étiquette de retour du colis ${colis} est en préparation : elle paraîtra dans les documents de la commande.`,
    fields: { colis: String(colis), ...(envoyer ? { envoyer } : {}) },
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
        mayRunAgain: false,
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

const refOf = ({ file, shipment }: Scene) => ({ order: file.ref, deliveryNote: shipment.delivery_note })

const parcelOf = ({ file, shipment }: Scene, rank: number) =>
  file.parcels.find((parcel) => parcel.delivery_note === shipment.delivery_note && parcel.rank === rank)

const text = (size: number | null): string => (size === null ? '' : String(size))
