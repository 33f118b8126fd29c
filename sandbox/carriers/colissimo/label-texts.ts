import type { Parcel } from './model.ts'
import { insuredLevel } from './parcel-rules.ts'
import type { LabelAddress } from './schema.ts'

const PRODUCT_NAMES: Record<string, string> = {
  DOM: 'Domicile sans signature',
  DOS: 'Domicile avec signature',
  HD: 'Point de retrait',
  BPR: 'Point de retrait : bureau de poste',
  A2P: 'Point de retrait : commerçant',
  CMT: 'Point de retrait à l’étranger : commerçant',
  PCS: 'Point de retrait à l’étranger : consigne',
  BDP: 'Point de retrait à l’étranger : poste',
  COM: 'Outre-Mer sans signature',
  CDS: 'Outre-Mer avec signature',
  ECO: 'Outre-Mer économique',
  COL: 'Intra Outre-Mer avec signature',
  COLD: 'Intra Outre-Mer sans signature',
  COLI: 'Outre-Mer vers l’étranger',
  CORE: 'Retour France',
  CORI: 'Retour international',
  CORF: 'Retour vers l’étranger',
}

const COUNTRIES = new Intl.DisplayNames('fr', { type: 'region', fallback: 'code' })

/** What a product is called on paper. */
export const productName = (code: string): string => PRODUCT_NAMES[code] ?? code

/** An address as on an envelope, one line each; the country is left out inside France. */
export function linesOf(address: LabelAddress | undefined): string[] {
  if (!address) return []
  const { companyName, firstName, lastName, line0, line1, line2, line3, zipCode, city, countryCode } = address
  const name = [firstName, lastName].filter(Boolean).join(' ')
  const town = [zipCode, city].filter(Boolean).join(' ')
  const country =
    countryCode === undefined || countryCode === 'FR' ? undefined : COUNTRIES.of(countryCode)?.toUpperCase()
  return [companyName, name, line0, line1, line2, line3, town, country].filter(
    (line) => line !== undefined && line !== '',
  ) as string[]
}

/** 2.35 as a reader writes it. */
export const decimal = (value: number | string, digits = 2): string => Number(value).toFixed(digits).replace('.', ',')

/** The references and options printed beside the sender. */
export function detailsOf({ request, multi }: Parcel): string[] {
  const { letter } = request
  const { parcel, service, sender, addressee } = letter
  const insured = insuredLevel(parcel.insuranceValue ?? 0) / 100
  return [
    `Dépôt le ${(service.depositDate ?? '').split('-').reverse().join('/')}`,
    sender?.senderParcelRef && `Réf. exp. ${sender.senderParcelRef}`,
    addressee.addresseeParcelRef && `Réf. dest. ${addressee.addresseeParcelRef}`,
    insured > 0 && `Assurance ${insured} EUR`,
    parcel.nonMachinable && 'Hors norme (non mécanisable)',
    parcel.ftd && 'Franc de taxes et de droits',
    parcel.ddp && 'Droits acquittés (DDP)',
    parcel.hazmatFlag && `Matières dangereuses, cat. ${parcel.hazmatCategory}`,
    multi && 'Envoi de plusieurs colis',
  ].filter((line) => typeof line === 'string')
}

/** What the postman must know at the door or where the parcel waits. */
export function hintsOf({ request }: Parcel): string[] {
  const { parcel, addressee } = request.letter
  const { mobileNumber, phoneNumber, doorCode1, doorCode2, intercom } = addressee.address
  const codes = [doorCode1, doorCode2].filter(Boolean).join(' / ')
  return [
    (mobileNumber ?? phoneNumber) && `Tél. ${mobileNumber ?? phoneNumber}`,
    codes && `Code porte ${codes}`,
    intercom && `Interphone ${intercom}`,
    parcel.pickupLocationId && `Point de retrait ${parcel.pickupLocationId}`,
    parcel.instructions,
  ].filter((line) => typeof line === 'string' && line !== '') as string[]
}
