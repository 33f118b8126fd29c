import { readFileSync } from 'node:fs'
import { z } from 'zod'

const text = z.string()
const point = z.strictObject({
  identifiant: text.regex(/^\d{6}$/),
  nom: text,
  adresse1: text,
  adresse2: text,
  adresse3: text,
  codePostal: text,
  localite: text,
  codePays: text.length(2),
  coordGeolocalisationLatitude: text,
  coordGeolocalisationLongitude: text,
  typeDePoint: z.enum(['A2P', 'BPR', 'CMT', 'PCS', 'BDP']),
  reseau: text,
  /** Metres from the middle of its own postcode. */
  distanceEnMetre: z.int(),
  /** Grams. */
  poidsMaxi: z.int(),
  accesPersonneMobiliteReduite: z.boolean(),
  congesPartiel: z.boolean(),
  congesTotal: z.boolean(),
  horairesOuvertureLundi: text,
  horairesOuvertureMardi: text,
  horairesOuvertureMercredi: text,
  horairesOuvertureJeudi: text,
  horairesOuvertureVendredi: text,
  horairesOuvertureSamedi: text,
  horairesOuvertureDimanche: text,
})

/** A pickup point in the words of the service. */
export type Point = z.infer<typeof point>

const file = new URL('../../data/colissimo/pickup-points.json', import.meta.url)

/** The pickup points that the sandbox knows; the carrier's own list is far longer and not ours. */
export const POINTS: Point[] = z.array(point).parse(JSON.parse(readFileSync(file, 'utf8')))

/** A known point by its id. */
export const pointOf = (id: string): Point | undefined => POINTS.find(({ identifiant }) => identifiant === id)
