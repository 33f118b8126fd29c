import { z } from 'zod'
import { openManifest } from '../../db/manifests.ts'
import { BRANCH, CARRIER, OPERATOR } from '../../workflows/attributes.ts'
import { manifestId, printId } from '../../workflows/ids.ts'
import type { PageKit } from '../kit.ts'
import { pathWith } from '../kit.ts'
import type { Visit } from '../options.ts'
import { launched, noted } from '../trace.ts'
import { type ParcelFilter, readLabels, readParcelFilter, today } from './day-parcels-rows.ts'
import { count } from './parts.ts'
import { silent } from './troubles.ts'

/** Labels in one batch at most: more is a filter that was forgotten. */
const MOST_LABELS = 1_000

const Request = z.object({ id: z.string().regex(/^[\w-]{8,64}$/) })
const many = z.union([z.string(), z.array(z.string())]).default([])
const Printing = Request.extend({
  cible: z.string().regex(/^[a-z0-9-]{1,20}$/),
  tout: z.literal('oui').optional(),
  colis: many.transform((texts) =>
    [texts]
      .flat()
      .flatMap((text) => text.split(','))
      .filter(Boolean),
  ),
})
const Manifest = Request.extend({ chez: z.string().trim().min(1).max(30), de: z.string().trim().min(1).max(60) })

const UNREADABLE = { tone: 'problem', text: 'Demande illisible : rechargez la page, puis recommencez.' } as const

/** The list as it was filtered, to which every act returns; a day that was cleared stays so. */
const listPath = ({ jour, ...others }: ParcelFilter): string => {
  const path = pathWith('/parcels', { jour, ...others })
  return jour ? path : `${path}${path.includes('?') ? '&' : '?'}jour=`
}

type Fields = Record<string, string | string[]>

/** The fields of a form, boxes of one name together, and the list it was sent from. */
async function readForm(c: Visit): Promise<{ fields: Fields; filter: ParcelFilter; back: string }> {
  const body = await c.req.parseBody({ all: true })
  const fields = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]),
  )
  const texts = Object.entries(fields).filter((field): field is [string, string] => typeof field[1] === 'string')
  const filter = readParcelFilter(Object.fromEntries(texts))
  return { fields, filter, back: listPath(filter) }
}

/** Prints the chosen parcels, or the whole list, in picking order. */
export async function printLabels(kit: PageKit, c: Visit): Promise<Response> {
  const { o } = kit
  const { fields, filter, back } = await readForm(c)
  const parsed = Printing.safeParse(fields)
  if (!parsed.success || (parsed.data.cible !== 'pdf' && !o.printers?.includes(parsed.data.cible)))
    return kit.back(c, back, UNREADABLE)
  const { id: request, cible: target, tout, colis } = parsed.data
  const documents = tout || colis.length > 0 ? await readLabels(o.db, filter, tout ? 'all' : colis) : []
  const problem = problemOf(documents.length)
  if (problem) return kit.back(c, back, { tone: 'problem', text: problem })
  const id = printId(request)
  const { code: operator, branch } = o.operator
  const words = `${count(documents.length, 'étiquette')} ${target === 'pdf' ? 'en PDF' : `sur « ${target} »`}`
  const row = { id, type: "Impression d'étiquettes", message: `Impression demandée : ${words}.` }
  const answer = await launched(o, row, () =>
    kit.engine.launch({
      workflow: 'printBatch',
      id,
      input: { print: id, documents, target, operator, branch },
      summary: `Impression · ${words}`,
      attributes: [
        { key: OPERATOR, value: operator },
        { key: BRANCH, value: branch },
      ],
      mayRunAgain: false,
    }),
  )
  const again = { ...filter, id: request, cible: target, colis: colis.join(','), ...(tout ? { tout } : {}) }
  if (answer.kind === 'silent') return silent(kit, c, { action: '/parcels/imprimer', fields: again, back })
  return kit.back(c, back, { tone: 'done', text: `Impression lancée : ${words}.` })
}

function problemOf(labels: number): string | null {
  if (labels === 0) return 'Cochez des colis, ou « Tout sélectionner » pour imprimer toute la liste.'
  return labels > MOST_LABELS
    ? `Plus de ${MOST_LABELS} étiquettes : choisissez un jour, une agence ou un transporteur.`
    : null
}

/** Makes the manifest of a carrier and a branch; one that is still open is joined, and that is said. */
export async function makeManifest(kit: PageKit, c: Visit): Promise<Response> {
  const { o } = kit
  const { fields, filter, back } = await readForm(c)
  const parsed = Manifest.safeParse(fields)
  if (!parsed.success || !o.carriers.includes(parsed.data.chez)) return kit.back(c, back, UNREADABLE)
  const { id: request, chez: carrier, de: branch } = parsed.data
  const known = o.db
    .selectFrom('parcels')
    .select('reference')
    .where((eb) => eb.and({ carrier, branch }))
  if (!(await known.executeTakeFirst())) return kit.back(c, back, UNREADABLE)
  const { code: operator } = o.operator
  const place = { carrier, branch, day: today() }
  const { row, isNew } = await openManifest(o.db, { ...place, operator, idOf: (n) => manifestId(place, n) })
  const type = `Bordereau ${carrier}`
  const report = { id: row.id, type, message: `Bordereau demandé : ${carrier}, ${branch}.` }
  const answer = await launched(o, report, () =>
    kit.engine.launch({
      workflow: 'carrierManifest',
      id: row.id,
      input: { manifest: row.id, carrier, branch, day: row.day },
      summary: `${type} · ${branch} · ${row.day}`,
      attributes: [
        { key: CARRIER, value: carrier },
        { key: BRANCH, value: branch },
        { key: OPERATOR, value: operator },
      ],
      mayRunAgain: true,
    }),
  )
  const again = { ...filter, id: request, chez: carrier, de: branch }
  if (answer.kind === 'silent') return silent(kit, c, { action: '/parcels/bordereau', fields: again, back })
  if (isNew) return kit.back(c, back, { tone: 'done', text: `Bordereau ${carrier} de ${branch} lancé.` })
  const words = `Bordereau ${carrier} de ${branch} déjà en cours`
  await noted(o, { id: `manifest-join:${request}`, type, message: `${words} : demande jointe.` }, 'gris')
  return kit.back(c, back, { tone: 'done', text: `${words} : votre demande le rejoint.` })
}
