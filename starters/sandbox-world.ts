import { join } from 'node:path'
import type { Outside } from '../config.ts'
import type { Platform } from '../domain/site.ts'
import { type ColissimoSandbox, startColissimo } from '../sandbox/carriers/colissimo/server.ts'
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
  mailbox: Mailbox
  outside: Outside
  /** Customers pay, the branch prepares and invoices, parcels move: each one step a pace. */
  startHands(pace: number): void
  close(): Promise<void>
}

const KEYS = { token: 'jeton-bac-a-sable', apiKey: 'cle-colissimo-bac-a-sable', okapiKey: 'cle-suivi-bac-a-sable' }

/** Starts the sandbox; `folder` keeps its state, none forgets it; ports are wanted, not sure, and 0 means any. */
export async function startSandboxWorld({
  folder,
  ports,
  more = [],
}: {
  folder: string | null
  ports: [number, number, number, number, number]
  /** Platforms of further sites, for the demo; their shops are kept in memory. */
  more?: Platform[]
}): Promise<SandboxWorld> {
  const kept = (name: string) => (folder ? { file: join(folder, `${name}.json`) } : {})
  const [shopPort, codialPort, carrierPort, mailPort, smtpPort] = ports
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
    port: await freePort(carrierPort),
    apiKey: KEYS.apiKey,
    okapiKey: KEYS.okapiKey,
    ...kept('colissimo'),
  })
  const mailbox = await startMailbox({
    port: await freePort(mailPort),
    smtpPort: await freePort(smtpPort),
    ...kept('mailbox'),
  })
  const servers = [...sites.map(({ shop }) => shop), codial, colissimo, mailbox]
  return {
    shop: first.shop,
    sites,
    codial,
    colissimo,
    mailbox,
    outside: outsideOf({ sites, codial, colissimo, mailbox }),
    startHands(pace) {
      for (const { shop } of sites) shop.startHand(pace)
      codial.startHand(pace)
      colissimo.startHand(pace)
    },
    async close() {
      for (const hand of [...sites.map(({ shop }) => shop), codial, colissimo]) hand.stopHand()
      await Promise.all(servers.map((server) => server.close()))
    },
  }
}

function outsideOf({
  sites,
  codial,
  colissimo,
  mailbox,
}: Pick<SandboxWorld, 'sites' | 'codial' | 'colissimo' | 'mailbox'>): Outside {
  return {
    sites: sites.map(({ settings }) => settings),
    codial: { url: `${codial.url}/v1`, token: KEYS.token, pace: 45 },
    colissimo: {
      url: `${colissimo.url}/sls-ws/SlsServiceWSRest/3.1`,
      apiKey: KEYS.apiKey,
      trackingUrl: `${colissimo.url}/suivi/v2`,
      okapiKey: KEYS.okapiKey,
    },
    smtpUrl: mailbox.smtpUrl,
  }
}
