import { z } from 'zod'
import { type HttpReply, jsonOf, readAs } from '../../wire/http.ts'
import { WHO } from './wire.ts'

/** Body of `findRDVPointRetraitAcheminement`, without its key; weight in grams, the day as dd/MM/yyyy. */
export interface PickupSearch {
  address: string
  zipCode: string
  city: string
  countryCode: string
  shippingDate: string
  weight: string
  filterRelay: '0' | '1'
  optionInter: '0' | '1'
  origin: string
}

const text = z.string().nullish()
const point = z.object({
  identifiant: z.coerce.string(),
  nom: text,
  adresse1: text,
  adresse2: text,
  adresse3: text,
  codePostal: z.coerce.string(),
  localite: text,
  codePays: text,
  typeDePoint: text,
  reseau: text,
  distanceEnMetre: z.coerce.number().nullish(),
  poidsMaxi: z.coerce.number().nullish(),
  congesTotal: z.boolean().nullish(),
  horairesOuvertureLundi: text,
  horairesOuvertureMardi: text,
  horairesOuvertureMercredi: text,
  horairesOuvertureJeudi: text,
  horairesOuvertureVendredi: text,
  horairesOuvertureSamedi: text,
  horairesOuvertureDimanche: text,
})
const found = z.object({
  errorCode: z.coerce.string(),
  errorMessage: text,
  listePointRetraitAcheminement: z.array(point).nullish(),
})

/** One pickup point; `poidsMaxi` in grams. */
export type PickupPointFound = z.output<typeof point>

/** What the search of pickup points answers; errorCode "0" is success. */
export type PickupAnswer = z.output<typeof found>

/** Reads a reply of the search of pickup points. */
export const readPickup = (reply: HttpReply): PickupAnswer => readAs(found, jsonOf(reply, WHO), WHO)
