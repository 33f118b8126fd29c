import { openDhl } from '../../../activities/carriers/dhl/dhl.ts'
import { startDhl } from '../../../sandbox/carriers/dhl/server.ts'
import { schemaOf } from '../dhl-samples.ts'
import { SENDER } from './battery/harness.ts'
import type { Heard } from './battery/recorder.ts'
import { type CarrierHarness, runCarrierBattery } from './battery.ts'

const ACCESS = { user: 'bio', password: 'un-secret', account: '350000000' }
const SCHEMAS: [RegExp, string][] = [[/^POST \/mydhlapi\/shipments/, 'CreateShipmentRequest']]

const harness: CarrierHarness = {
  startSandbox: () => startDhl(ACCESS),
  open: ({ url, format, login }) =>
    openDhl({
      login: {
        ...ACCESS,
        carrier: 'DHL',
        url: `${url}/mydhlapi`,
        ...(login === 'right' ? {} : { password: 'mauvais-secret' }),
      },
      sender: SENDER,
      format,
    }),
  services: { home: 'N', pickup: null, europe: 'U', world: 'P' },
  pickupPoint: { id: 'LYS001', network: 'DHL', name: 'Point DHL' },
  calls: {
    dryRun: 'POST /mydhlapi/shipments\\?validateDataOnly',
    buy: 'POST /mydhlapi/shipments$',
    track: 'GET /mydhlapi/(shipments/\\d+/)?tracking',
    find: 'GET /mydhlapi/tracking',
  },
  faultOf({ method, path, body }: Heard) {
    const named = SCHEMAS.find(([pattern]) => pattern.test(`${method} ${path}`))
    if (!named) return null
    const isValid = schemaOf(named[1])
    return isValid(JSON.parse(body)) ? null : JSON.stringify(isValid.errors)
  },
  homeWords: [/"productCode":"N"/, /"weight":1\.2\b/, /72 rue Reine [EÉ]lisabeth/i, /"postalCode":"06500"/],
}

runCarrierBattery('DHL', harness)
