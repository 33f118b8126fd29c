import type { Party } from './model.ts'
import { firstWrong, type Problem } from './problems.ts'
import { isCountry, isPostcode } from './products.ts'
import type { ShippingRequest } from './shipping-request.ts'

type Role = 'shipper' | 'customer' | 'recipient'

const LENGTHS: Record<string, number> = {
  Name: 100,
  Name2: 100,
  ContactName: 100,
  Adress1: 38,
  Adress2: 38,
  ZipCode: 9,
  City: 50,
  Phone: 17,
  MobilePhone: 17,
  Email: 50,
}
const PLAIN = ['Name', 'Name2', 'ContactName', 'Adress1', 'Adress2', 'City', 'CountryName', 'ZipCode']
const REQUIRED = ['Name', 'Adress1', 'City', 'Country', 'ZipCode']
const PRE_ALERTS: Record<Role, string[]> = { shipper: ['0', '11'], customer: ['0', '11'], recipient: ['0', '22'] }

/** Sender, customer and recipient: who they are, where, and how to reach them. */
export function checkParties({ shippers, customers, recipients }: ShippingRequest): Problem | null {
  const parties: [Role, Party][] = [
    ...shippers.map((party): [Role, Party] => ['shipper', party]),
    ...customers.map((party): [Role, Party] => ['customer', party]),
    ...recipients.map((party): [Role, Party] => ['recipient', party]),
  ]
  for (const [role, party] of parties) {
    const problem = checkTexts(role, party) ?? checkPlace(role, party) ?? checkContact(role, party)
    if (problem) return problem
  }
  return null
}

function checkTexts(role: Role, party: Party): Problem | null {
  return firstWrong([
    ...REQUIRED.map((name) => [(party[name] ?? '').trim() === '', `${role}${name} est obligatoire`] as const),
    ...Object.entries(LENGTHS).map(
      ([name, longest]) =>
        [(party[name] ?? '').length > longest, `${role}${name} dépasse ${longest} caractères`] as const,
    ),
    ...PLAIN.map((name) => [!isPlain(party[name] ?? ''), `${role}${name} contient un caractère interdit`] as const),
  ])
}

/** Letters without accents, digits, hyphens and spaces: the official plug-in transliterates everything else. */
export const isPlain = (text: string): boolean => /^[A-Za-z0-9 -]*$/.test(text)

function checkPlace(role: Role, { Country = '', ZipCode = '' }: Party): Problem | null {
  return firstWrong([
    [!isCountry(Country), `${role}Country est inconnu`],
    [!isPostcode(Country, ZipCode), `${role}ZipCode ne correspond pas au pays ${Country}`],
  ])
}

function checkContact(role: Role, party: Party): Problem | null {
  const { Civility = '', Email = '', Phone = '', MobilePhone = '', PreAlert = '', printAsSender = 'N' } = party
  const isCivil = ['M', 'E', 'L'].includes(Civility) || (role !== 'shipper' && Civility === '')
  return firstWrong([
    [!isCivil, `${role}Civility doit être M, E ou L`],
    [Email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(Email), `${role}Email est invalide`],
    [!isPhone(Phone), `${role}Phone est invalide`],
    [!isPhone(MobilePhone), `${role}MobilePhone est invalide`],
    [!PRE_ALERTS[role].includes(PreAlert.trim()), `${role}PreAlert doit être ${PRE_ALERTS[role].join(' ou ')}`],
    [!['Y', 'N'].includes(printAsSender), 'printAsSender doit être Y ou N'],
  ])
}

const isPhone = (text: string) => text === '' || /^\+?[0-9 ]{6,17}$/.test(text)
