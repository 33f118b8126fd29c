import { type Access, isCustomer } from './access.ts'
import { capabilityOf } from './countries.ts'
import { faultOfPostcode } from './postcodes.ts'

/** What a caller may send to the pickup point service; everything is text, as in the recorded request. */
export type PointRequest = Record<string, string | undefined>

/** What the pickup point service says with each of its codes. */
export const POINT_TEXTS = {
  101: 'Le numéro de compte n’a pas été transmis : accountNumber',
  102: 'Le mot de passe n’a pas été transmis : password',
  104: 'Le code postal n’a pas été transmis : zipCode',
  105: 'La ville n’a pas été transmise : city',
  106: 'La date d’expédition n’a pas été transmise : shippingDate',
  107: 'L’identifiant du point de retrait n’a pas été transmis : id',
  117: 'Le code pays n’a pas été transmis : countryCode',
  120: 'Le poids n’est pas un nombre entier : weight',
  121: 'Le poids n’est pas compris entre 1 et 99999 grammes : weight',
  122: 'La date n’est pas au format JJ/MM/AAAA : shippingDate',
  123: 'Le filtre relais ne vaut ni 0 ni 1 : filterRelay',
  124: 'L’identifiant du point de retrait est incorrect : id',
  125: 'Le code postal est incorrect : zipCode',
  129: 'L’adresse est incorrecte : address',
  143: 'Le code postal doit avoir 4 chiffres : zipCode',
  144: 'Le format du code postal est incorrect : zipCode',
  146: 'Le pays n’est pas éligible : countryCode',
  201: 'Identifiant ou mot de passe invalide',
  203: 'L’option internationale ne correspond pas au pays : optionInter',
  300: 'Aucun point de retrait après application des règles métier',
  301: 'Aucun point de retrait trouvé',
  1000: 'Erreur système',
} as const

/** A code of the pickup point service. */
export type PointCode = keyof typeof POINT_TEXTS

const FOUR_DIGITS = ['BE', 'LU', 'AT', 'HU', 'DK', 'SI', 'LV']
const first = (checks: [isBroken: boolean, code: PointCode][]): PointCode | null =>
  checks.find(([isBroken]) => isBroken)?.[1] ?? null

/** Who asks: a key, or an account and its password, in the body. */
export function faultOfCaller(access: Access, request: PointRequest): PointCode | null {
  const { apiKey, accountNumber: login, password } = request
  return first([
    [!apiKey && !login, 101],
    [!apiKey && !password, 102],
    [!isCustomer(access, { ...(apiKey ? { apiKey } : {}), login, password }), 201],
  ])
}

/** What is wrong with a search, the first fault only. */
export function faultOfSearch(request: PointRequest): PointCode | null {
  const { zipCode, city, countryCode, shippingDate, address, optionInter } = request
  const isFrench = ['FR', 'MC'].includes(countryCode ?? '')
  return (
    first([
      [!zipCode, 104],
      [!city, 105],
      [!shippingDate, 106],
      [!countryCode, 117],
      [!capabilityOf('FR', countryCode ?? '')?.pr, 146],
      [faultOfDay(shippingDate), 122],
      [address !== undefined && address.trim() === '', 129],
    ]) ??
    faultOfZip(countryCode ?? '', zipCode ?? '') ??
    faultOfFilters(request) ??
    first([[optionInter !== undefined && optionInter !== (isFrench ? '0' : '1'), 203]])
  )
}

/** What is wrong with the question about one point, the first fault only. */
export function faultOfLookUp(request: PointRequest): PointCode | null {
  const { id } = request
  const day = request.date ?? request.shippingDate
  return (
    first([
      [!id, 107],
      [!day, 106],
      [faultOfDay(day), 122],
      [!/^\d{6}$/.test(id ?? ''), 124],
    ]) ?? faultOfFilters(request)
  )
}

function faultOfZip(country: string, zipCode: string): PointCode | null {
  if (country === 'FR' || country === 'MC') return first([[faultOfPostcode(country, zipCode) !== null, 125]])
  if (FOUR_DIGITS.includes(country)) return first([[!/^(LV-)?\d{4}$/.test(zipCode), 143]])
  return first([[faultOfPostcode(country, zipCode) === 'shape', 144]])
}

function faultOfFilters({ weight, filterRelay }: PointRequest): PointCode | null {
  return first([
    [weight !== undefined && !/^\d+$/.test(weight), 120],
    [weight !== undefined && !(Number(weight) >= 1 && Number(weight) <= 99_999), 121],
    [filterRelay !== undefined && !['0', '1'].includes(filterRelay), 123],
  ])
}

/** Whether a day is not one of the calendar, written dd/MM/yyyy. */
function faultOfDay(day = ''): boolean {
  const [, dd, mm, yyyy] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(day) ?? []
  return new Date(`${yyyy}-${mm}-${dd}T12:00:00Z`).toJSON()?.startsWith(`${yyyy}-${mm}-${dd}`) !== true
}
