import { openChronopost } from '../../../activities/carriers/chronopost/chronopost.ts'
import { startChronopost } from '../../../sandbox/carriers/chronopost/server.ts'
import { validate } from '../chronopost-samples.ts'
import { SENDER } from './battery/harness.ts'
import type { Heard } from './battery/recorder.ts'
import { type CarrierHarness, runCarrierBattery } from './battery.ts'

const ACCOUNT = { account: '12345678', password: '255562' }

const harness: CarrierHarness = {
  startSandbox: () => startChronopost(ACCOUNT),
  open: ({ url, format, login }) =>
    openChronopost({
      login: {
        ...ACCOUNT,
        carrier: 'CHRONOPOST',
        url,
        subAccount: '0',
        saturday: false,
        ...(login === 'right' ? {} : { password: 'wrong1' }),
      },
      sender: SENDER,
      format,
    }),
  services: { home: '01', pickup: '86', europe: '44', world: '17' },
  pickupPoint: { id: '1234A', network: 'CHRONOPOST', name: 'TABAC DU PORT' },
  calls: {
    dryRun: null, // its list of products is a help only: a purchase does not wait for it
    buy: '/shipping-cxf/',
    track: '/tracking-cxf/',
    find: '/tracking-cxf/',
  },
  faultOf({ path, body }: Heard) {
    if (!/\/(shipping|tracking|quickcost)-cxf\//.test(path) || body === '') return null
    try {
      validate(body)
      return null
    } catch (error) {
      return String(error)
    }
  },
  homeWords: [/<productCode>01</, /<weight>1\.2</, /72 rue Reine Elisabeth/i, /<recipientZipCode>06500</],
}

runCarrierBattery('Chronopost', harness)
