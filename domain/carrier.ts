/** The carriers that this version serves, by the ERP's codes. */
export const CARRIER_CODES = ['COLISSIMO', 'CHRONOPOST', 'DHL'] as const
export type CarrierCode = (typeof CARRIER_CODES)[number]

/** How we log in to a carrier; each has its own way. Addresses are bases without a slash at the end. */
export type CarrierLogin =
  | {
      carrier: 'COLISSIMO'
      /** Label service, up to ".../SlsServiceWSRest/3.1". */
      url: string
      apiKey: string
      /** Tracking service, up to ".../suivi/v2". */
      trackingUrl: string
      okapiKey: string
      /** Pickup points, up to ".../rest/v2/pointretrait". */
      pickupUrl: string
    }
  | {
      carrier: 'CHRONOPOST'
      /** Host of all services: "https://ws.chronopost.fr". */
      url: string
      /** 8 digits. */
      account: string
      /** "0" when there is none. */
      subAccount: string
      password: string
      /** Ask for delivery on Saturday when the parcel is handed over on a Friday. */
      saturday: boolean
    }
  | {
      carrier: 'DHL'
      /** Base of the MyDHL API: "https://express.api.dhl.com/mydhlapi". */
      url: string
      user: string
      password: string
      account: string
    }

/** The login of one carrier. */
export type LoginOf<C extends CarrierCode> = Extract<CarrierLogin, { carrier: C }>
