import type { Carrier, CarrierSetup } from './carrier.ts'
import { openChronopost } from './chronopost/chronopost.ts'
import { openColissimo } from './colissimo/colissimo.ts'
import { openDhl } from './dhl/dhl.ts'

/** Opens a carrier: a new one is one folder and one line here. */
export function openCarrier(setup: CarrierSetup): Carrier {
  const { login } = setup
  switch (login.carrier) {
    case 'COLISSIMO':
      return openColissimo({ ...setup, login })
    case 'CHRONOPOST':
      return openChronopost({ ...setup, login })
    case 'DHL':
      return openDhl({ ...setup, login })
  }
}
