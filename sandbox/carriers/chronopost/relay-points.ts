import { readFileSync } from 'node:fs'
import type { Hono } from 'hono'
import { z } from 'zod'
import type { Carrier } from './carrier.ts'
import { type Operation, openService } from './door.ts'
import { type Element, textOf } from './element.ts'
import { parisTime, readFrenchDay } from './paris.ts'
import { checkLogin, firstWrong, type Problem, refuse } from './problems.ts'
import { isCountry, isPostcode, isServed, productOf } from './products.ts'
import type { Xml } from './xml.ts'

const point = z.strictObject({
  suffix: z.string(),
  name: z.string(),
  street: z.string(),
  metres: z.int(),
  hours: z.string(),
  /** 1 is Monday. */
  days: z.array(z.int()),
})

const POINTS = z
  .array(point)
  .parse(JSON.parse(readFileSync(new URL('../../data/chronopost/relay-points.json', import.meta.url), 'utf8')))

const NO_QUALITY = { qualiteReponse: 0 }

/** The service of pickup points: in France, and abroad with `...Inter`. */
export function openRelayPoints(carrier: Carrier): Hono {
  const search =
    (isInternational: boolean): Operation =>
    (request) => {
      const problem =
        checkLogin(carrier, request) ??
        checkPlace(request, isInternational) ??
        checkProduct(request) ??
        checkSearch(request, carrier.now())
      if (problem) return refuse(problem, NO_QUALITY)
      return {
        errorCode: 0,
        errorMessage: 'Code retour OK',
        listePointRelais: pointsFor(request),
        qualiteReponse: 2,
        wsRequestId: '',
      }
    }
  return openService({
    name: 'rechercheBt',
    path: '/recherchebt-ws-cxf/PointRelaisServiceWS',
    operations: { recherchePointChronopost: search(false), recherchePointChronopostInter: search(true) },
  })
}

function checkPlace(request: Element, isInternational: boolean): Problem | null {
  const country = textOf(request, 'countryCode')
  return firstWrong([
    [!isCountry(country), 'countryCode est inconnu'],
    [
      !isInternational && !['FR', 'MC'].includes(country),
      'countryCode : hors de France, utiliser recherchePointChronopostInter',
    ],
    [!isPostcode(country, textOf(request, 'zipCode')), 'zipCode ne correspond pas au pays'],
    [textOf(request, 'city').trim() === '', 'city est obligatoire'],
  ])
}

function checkProduct(request: Element): Problem | null {
  const product = productOf(textOf(request, 'productCode'))
  const weight = textOf(request, 'weight')
  return firstWrong([
    [!product?.isPickup, 'productCode doit être un produit relais'],
    [product !== undefined && !isServed(product, textOf(request, 'countryCode')), 'productCode ne dessert pas le pays'],
    [!/^\d{1,5}$/.test(weight), 'weight doit être en grammes'],
    [Number(weight) > (product?.maxKg ?? 0) * 1000, 'weight dépasse la limite du produit'],
  ])
}

function checkSearch(request: Element, now: Date): Problem | null {
  const day = readFrenchDay(textOf(request, 'shippingDate'))
  const isBetween = (name: string, most: number) => {
    const text = textOf(request, name)
    return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most
  }
  return firstWrong([
    [!['P', 'C', 'T'].includes(textOf(request, 'type')), 'type est incorrect'],
    [!['L', 'D', 'T'].includes(textOf(request, 'service')), 'service est incorrect'],
    [day === null, 'shippingDate doit être au format jj/mm/aaaa'],
    [day !== null && day < parisTime(now).slice(0, 10), 'shippingDate est passée'],
    [!isBetween('maxPointChronopost', 25), 'maxPointChronopost doit être entre 1 et 25'],
    [!isBetween('maxDistanceSearch', 40), 'maxDistanceSearch doit être entre 1 et 40'],
    [!['0', '1'].includes(textOf(request, 'holidayTolerant')), 'holidayTolerant doit être 0 ou 1'],
  ])
}

/** The same points stand in every town; their ids carry its postcode. Nearest first. */
function pointsFor(request: Element): Xml[] {
  const zip = textOf(request, 'zipCode')
  const digits = zip.replace(/\D/g, '').padStart(5, '0').slice(-5)
  const metres = Number(textOf(request, 'maxDistanceSearch')) * 1000
  const near = POINTS.filter((each) => each.metres <= metres).slice(0, Number(textOf(request, 'maxPointChronopost')))
  return near.map((each) => ({
    accesPersonneMobiliteReduite: true,
    actif: true,
    adresse1: each.street,
    adresse2: '',
    adresse3: '',
    codePays: textOf(request, 'countryCode'),
    codePostal: zip,
    distanceEnMetre: each.metres,
    identifiant: `${digits.slice(0, 4)}${each.suffix}`,
    indiceDeLocalisation: '',
    listeHoraireOuverture: each.days.map((jour) => hoursOf(jour, each.hours)),
    localite: textOf(request, 'city').toUpperCase(),
    nom: each.name,
    poidsMaxi: 20,
    typeDePoint: 'P',
  }))
}

const hoursOf = (jour: number, hours: string) => ({
  horairesAsString: hours,
  jour,
  listeHoraireOuverture: hours.split(' ').map((range) => {
    const [debut = '', fin = ''] = range.split('-')
    return { debut, fin }
  }),
})
