import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { openColissimo } from '../../../activities/carriers/colissimo/colissimo.ts'
import { startColissimo } from '../../../sandbox/carriers/colissimo/server.ts'
import { SENDER } from './battery/harness.ts'
import type { Heard } from './battery/recorder.ts'
import { type CarrierHarness, runCarrierBattery } from './battery.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../fixtures/colissimo/GenerateLabelRequestV31.schema.json', import.meta.url), 'utf8'),
)
const isLabelOrder = new Ajv({ strict: false, validateFormats: false }).compile(schema)

const harness: CarrierHarness = {
  startSandbox: () => startColissimo({ apiKey: 'key', okapiKey: 'okapi' }),
  open({ url, format, login }) {
    const key = login === 'right' ? 'key' : 'mauvais-secret'
    return openColissimo({
      login: {
        carrier: 'COLISSIMO',
        url: `${url}/sls-ws/SlsServiceWSRest/3.1`,
        apiKey: key,
        trackingUrl: `${url}/suivi/v2`,
        okapiKey: login === 'right' ? 'okapi' : key,
        pickupUrl: `${url}/pointretrait-ws-cxf/rest/v2/pointretrait`,
      },
      sender: SENDER,
      format,
    })
  },
  services: { home: 'DOM', pickup: 'HD', europe: 'DOS', world: 'DOS' },
  pickupPoint: { id: '957280', network: 'A2P', name: 'RELAIS EXEMPLE' },
  calls: { dryRun: '/checkGenerateLabel', buy: '/generateLabel', track: '/suivi/v2', find: null },
  faultOf({ path, body }: Heard) {
    if (!/GenerateLabel$/i.test(path)) return null
    return isLabelOrder(JSON.parse(body)) ? null : JSON.stringify(isLabelOrder.errors)
  },
  homeWords: [/"productCode":"DOM"/, /"weight":1\.2\b/, /"line2":"72 rue Reine Élisabeth"/, /"zipCode":"06500"/],
}

runCarrierBattery('Colissimo', harness)
