import { randomUUID } from 'node:crypto'
import { z } from 'zod'

const id = z
  .string()
  .regex(/^[\w-]{8,64}$/)
  .catch(() => randomUUID())
const size = z
  .literal('')
  .transform(() => null)
  .or(z.coerce.number().int().min(1).max(10_000))
  .default(null)

/** A word in capitals, as carriers and their services are named. */
export const word = z.string().trim().toUpperCase()

/** A parcel of the note, by its rank. */
export const OneParcel = z.object({ id, colis: z.coerce.number().int().min(1).max(999) })

/** A parcel that comes back: whether its label is mailed, and how many were made when the form was. */
export const Return = OneParcel.extend({
  envoyer: z.string().optional(),
  rang: z.coerce.number().int().min(0).max(99),
})

/** A parcel more: grams and millimetres. */
export const Added = z.object({
  id,
  poids: z.coerce.number().int().min(1).max(1_000_000),
  longueur: size,
  largeur: size,
  hauteur: size,
})

/** Another carrier, service and pickup point. */
export const Choice = z.object({
  id,
  transporteur: word,
  service: word.regex(/^[A-Z0-9+]{1,10}$/),
  point: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{0,20}$/)
    .transform((text) => text || null),
})

const NAMES: Record<string, string> = {
  colis: 'Colis',
  rang: 'Étiquettes de retour déjà faites',
  poids: 'Poids',
  longueur: 'Longueur',
  largeur: 'Largeur',
  hauteur: 'Hauteur',
  transporteur: 'Transporteur',
  service: 'Service',
  point: 'Point de retrait',
}

/** Names the first field that is missing or impossible, as the form calls it. */
export function fieldProblem({ issues }: z.ZodError): string {
  const field = String(issues[0]?.path[0] ?? '')
  return `Champ « ${NAMES[field] ?? field} » : valeur absente ou impossible.`
}
