import type { CarrierCode } from './carrier.ts'

/** What is known of a carrier's services: how a code looks, the usual ones in French, and those that need a pickup point. */
export interface CarrierServices {
  shape: RegExp
  /** Said when a code does not look so. */
  shapeWords: string
  usual: Record<string, string>
  atPickupPoint: string[]
}

/** Services by carrier (product codes of the carriers' contracts); one that is not listed may still be bought. */
export const CARRIER_SERVICES: Record<CarrierCode, CarrierServices> = {
  COLISSIMO: {
    shape: /^[A-Z][A-Z0-9+]{1,4}$/,
    shapeWords: '2 à 5 lettres, par exemple DOM',
    usual: {
      DOM: 'domicile sans signature',
      DOS: 'domicile avec signature',
      HD: 'point de retrait',
      COM: 'outre-mer sans signature',
      CDS: 'outre-mer avec signature',
      ECO: 'outre-mer économique',
    },
    atPickupPoint: ['HD', 'BPR', 'A2P', 'CMT', 'PCS', 'BDP'],
  },
  CHRONOPOST: {
    shape: /^[A-Z0-9]{2}$/,
    shapeWords: '2 chiffres ou lettres, par exemple 01',
    usual: {
      '01': 'Chrono 13',
      '02': 'Chrono 10',
      '16': 'Chrono 18',
      '86': 'Chrono Relais',
      '49': 'Relais Europe',
      '44': 'Chrono Classic, Europe',
      '17': 'Chrono Express, monde',
      '4P': 'Chrono Relais outre-mer',
      '5X': '2Shop Direct, relais',
    },
    atPickupPoint: ['86', '49', '4P', '5X', '5E', '6B'],
  },
  DHL: {
    shape: /^[A-Z0-9]$/,
    shapeWords: '1 lettre ou chiffre, par exemple P',
    usual: {
      N: 'Express Domestic, France',
      '1': 'Express Domestic 12:00, France',
      U: 'Express Worldwide, Union européenne',
      P: 'Express Worldwide, hors Union européenne',
      W: 'Economy Select, Union européenne',
      H: 'Economy Select, hors Union européenne',
      T: 'Express 12:00, Union européenne',
      Y: 'Express 12:00, hors Union européenne',
    },
    atPickupPoint: [],
  },
}

/** What is known of a carrier's services; undefined for a carrier that this version does not serve. */
export const servicesOf = (carrier: string): CarrierServices | undefined =>
  Object.hasOwn(CARRIER_SERVICES, carrier) ? CARRIER_SERVICES[carrier as CarrierCode] : undefined

/** True when a service brings parcels to a pickup point, and can do nothing without one. */
export const needsPickupPoint = ({ carrier, service }: { carrier: string; service: string }): boolean =>
  servicesOf(carrier)?.atPickupPoint.includes(service) ?? false
