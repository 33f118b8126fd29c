import { capabilityOf } from './countries.ts'
import { laneOf } from './lanes.ts'
import { type Fault, faults } from './messages.ts'
import type { CheckRequest } from './schema.ts'

const SIDES = ['LENGTH', 'WIDTH', 'HEIGHT']

/** The value of one of the extra fields of a request. */
export const fieldOf = ({ fields }: CheckRequest, key: string): string | undefined =>
  fields?.field?.find((field) => field.key === key)?.value

/** What a way abroad asks for: duties paid only where the table says so and with everything known, insurance where there is one, EORI. */
export const rulesOfAbroad = (request: CheckRequest): Fault[] => [
  ...rulesOfSides(request),
  ...rulesOfCountry(request),
  ...(request.letter.parcel.ddp === true ? rulesOfDutiesPaid(request) : []),
]

function rulesOfSides(request: CheckRequest): Fault[] {
  const wrong = SIDES.filter((key) => !/^([1-9]\d{0,2})?$/.test(fieldOf(request, key) ?? ''))
  return wrong.map((key) => ({ id: '30600', detail: `fields.field ${key} n’est pas un nombre de centimètres` }))
}

function rulesOfCountry(request: CheckRequest): Fault[] {
  const lane = laneOf(request)
  const row = capabilityOf(lane.from, lane.to)
  const eoris = ['EORI', 'EORI_ADRESSEE'].flatMap((key) => fieldOf(request, key) ?? [])
  return faults([
    [(request.letter.parcel.insuranceValue ?? 0) > 0 && row?.insurance === false, '30309', lane.to],
    [lane.to === 'US' && fieldOf(request, 'EORI') === undefined, '30562', 'fields.field EORI'],
    ...eoris.map((eori): [boolean, Fault['id'], string] => [!/^[A-Z0-9]{5,17}$/.test(eori), '30562', eori]),
  ])
}

function rulesOfDutiesPaid(request: CheckRequest): Fault[] {
  const lane = laneOf(request)
  const customs = request.letter.customsDeclarations
  const missing = SIDES.find((key) => fieldOf(request, key) === undefined)
  return faults([
    [!capabilityOf(lane.from, lane.to)?.domicileasddp, '30312', 'letter.parcel.ddp'],
    [missing !== undefined, '30317', `fields.field ${missing}`],
    [customs?.description === undefined, '30317', 'letter.customsDeclarations.description'],
    [customs?.invoiceNumber === undefined, '30532', 'letter.customsDeclarations.invoiceNumber'],
  ])
}
