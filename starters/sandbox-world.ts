import { join } from 'node:path'
import type { Outside } from '../config.ts'
import type { LoginOf } from '../domain/carrier.ts'
import type { Platform } from '../domain/site.ts'
import type { CarrierSandbox } from '../sandbox/carriers/carrier-sandbox.ts'
import { type ChronopostSandbox, startChronopost } from '../sandbox/carriers/chronopost/server.ts'
import { type ColissimoSandbox, startColissimo } from '../sandbox/carriers/colissimo/server.ts'
import { type DhlSandbox, startDhl } from '../sandbox/carriers/dhl/server.ts'
import { type CodialSandbox, startCodial } from '../sandbox/codial/codial.ts'
import { type Mailbox, startMailbox } from '../sandbox/mailbox/mailbox.ts'
import type { WooCommerceSandbox } from '../sandbox/shops/woocommerce/server.ts'
import { freePort } from './embedded/ports.ts'
import { type SandboxSite, startFirstSite, startSite } from './sandbox-shops.ts'

/** The sandbox in one piece: a shop, a Codial, a carrier and a mailbox that behave like the real ones. */
export interface SandboxWorld {
  /** The first site's shop. */
  shop: WooCommerceSandbox
  sites: SandboxSite[]
  codial: CodialSandbox
  colissimo: ColissimoSandbox
  chronopost: ChronopostSandbox
  dhl: DhlSandbox
  /** All carriers, by whatever wire format. */
  carriers: CarrierSandbox[]
  mailbox: Mailbox
  outside: Outside
  /** Customers pay, the branch prepares and invoices, parcels move: each one step a pace. */
  startHands(pace: number): void
  /** Parcels move, or stand still. */
  moveParcels(pace: number | null): void
  close(): Promise<void>
}

const KEYS = { token: 'jeton-bac-a-sable', apiKey: 'cle-colissimo-bac-a-sable', okapiKey: 'cle-suivi-bac-a-sable' }
const CHRONOPOST = { account: '19869502', password: '730481' }
const DHL = { user: 'dhl-bac-a-sable', password: 'secret-dhl-bac-a-sable', account: '951237760' }

/** Where the servers are wanted: shop, Codial, Colissimo, mailbox's page, SMTP, Chronopost, DHL; 0: any free port. */
export type SandboxPorts = [number, number, number, number, number, number, number]

/** Any free ports. */
export const ANY_PORTS: SandboxPorts = [0, 0, 0, 0, 0, 0, 0]

/** Starts the sandbox; `folder` keeps its state, none forgets it; ports are wanted, not sure, and 0 means any. */
export async function startSandboxWorld({
  folder,
  ports,
  more = [],
}: {
  folder: string | null
  ports: SandboxPorts
  /** Platforms of further sites, for the demo; their shops are kept in memory. */
  more?: Platform[]
}): Promise<SandboxWorld> {
  const kept = (name: string) => (folder ? { file: join(folder, `${name}.json`) } : {})
  const [shopPort, codialPort, colissimoPort, mailPort, smtpPort, chronopostPort, dhlPort] = ports
  const first = await startFirstSite({ port: await freePort(shopPort), ...kept('woocommerce') })
  const others = await Promise.all(more.map((platform, i) => startSite(platform, i + 2)))
  const sites: SandboxSite[] = [first, ...others]
  const codial = await startCodial({
    port: await freePort(codialPort),
    token: KEYS.token,
    requestsPerSecond: 50,
    ...kept('codial'),
  })
  const colissimo = await startColissimo({
    port: await freePort(colissimoPort),
    apiKey: KEYS.apiKey,
    okapiKey: KEYS.okapiKey,
    ...kept('colissimo'),
  })
  const chronopost = await startChronopost({
    ...CHRONOPOST,
    port: await freePort(chronopostPort),
    ...kept('chronopost'),
  })
  const dhl = await startDhl({ ...DHL, port: await freePort(dhlPort), ...kept('dhl') })
  const mailbox = await startMailbox({
    port: await freePort(mailPort),
    smtpPort: await freePort(smtpPort),
    ...kept('mailbox'),
  })
  const carriers: CarrierSandbox[] = [colissimo, chronopost, dhl]
  const moveParcels = (pace: number | null): void => {
    for (const carrier of carriers) pace === null ? carrier.stopHand() : carrier.startHand(pace)
  }
  const servers = [...sites.map(({ shop }) => shop), codial, ...carriers, mailbox]
  return {
    shop: first.shop,
    sites,
    codial,
    colissimo,
    chronopost,
    dhl,
    carriers,
    mailbox,
    outside: outsideOf({ sites, codial, colissimo, chronopost, dhl, mailbox }),
    startHands(pace) {
      for (const { shop } of sites) shop.startHand(pace)
      codial.startHand(pace)
      moveParcels(pace)
    },
    moveParcels,
    async close() {
      for (const hand of [...sites.map(({ shop }) => shop), codial, ...carriers]) hand.stopHand()
      await Promise.all(servers.map((server) => server.close()))
    },
  }
}

type Servers = Pick<SandboxWorld, 'sites' | 'codial' | 'colissimo' | 'chronopost' | 'dhl' | 'mailbox'>

function outsideOf({ sites, codial, colissimo, chronopost, dhl, mailbox }: Servers): Outside {
  return {
    sites: sites.map(({ settings }) => settings),
    codial: { url: `${codial.url}/v1`, token: KEYS.token, pace: 45 },
    carriers: [
      { ...SERVED, login: colissimoLogin(colissimo.url) },
      {
        ...SERVED,
        login: { ...CHRONOPOST, carrier: 'CHRONOPOST', url: chronopost.url, subAccount: '0', saturday: false },
      },
      { ...SERVED, login: { ...DHL, carrier: 'DHL', url: `${dhl.url}/mydhlapi` } },
    ],
    smtpUrl: mailbox.smtpUrl,
  }
}

/** The sandbox's carriers bear more than the real ones. */
const SERVED = { format: 'pdf-10x15', insureFrom: null, pace: 50, fetch: null } as const

const colissimoLogin = (url: string): LoginOf<'COLISSIMO'> => ({
  carrier: 'COLISSIMO',
  url: `${url}/sls-ws/SlsServiceWSRest/3.1`,
  apiKey: KEYS.apiKey,
  trackingUrl: `${url}/suivi/v2`,
  okapiKey: KEYS.okapiKey,
  pickupUrl: `${url}/pointretrait-ws-cxf/rest/v2/pointretrait`,
})
