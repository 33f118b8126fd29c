import { join } from 'node:path'
import type { Outside } from '../config.ts'
import { type ColissimoSandbox, startColissimo } from '../sandbox/carriers/colissimo/server.ts'
import { type CodialSandbox, startCodial } from '../sandbox/codial/codial.ts'
import { type Mailbox, startMailbox } from '../sandbox/mailbox/mailbox.ts'
import { startWooCommerce, type WooCommerceSandbox } from '../sandbox/shops/woocommerce/server.ts'
import { freePort } from './embedded/ports.ts'

/** The sandbox in one piece: a shop, a Codial, a carrier and a mailbox that behave like the real ones. */
export interface SandboxWorld {
  shop: WooCommerceSandbox
  codial: CodialSandbox
  colissimo: ColissimoSandbox
  mailbox: Mailbox
  outside: Outside
  /** Customers pay, the branch prepares and invoices, parcels move: each one step a pace. */
  startHands(pace: number): void
  close(): Promise<void>
}

const KEYS = {
  key: `ck_${'5a'.repeat(20)}`,
  secret: `cs_${'b0'.repeat(20)}`,
  token: 'jeton-bac-a-sable',
  apiKey: 'cle-colissimo-bac-a-sable',
  okapiKey: 'cle-suivi-bac-a-sable',
}

/** Starts the sandbox; `folder` keeps its state, none forgets it; ports are wanted, not sure, and 0 means any. */
export async function startSandboxWorld({
  folder,
  ports,
}: {
  folder: string | null
  ports: [number, number, number, number, number]
}): Promise<SandboxWorld> {
  const kept = (name: string) => (folder ? { file: join(folder, `${name}.json`) } : {})
  const [shopPort, codialPort, carrierPort, mailPort, smtpPort] = ports
  const shop = await startWooCommerce({
    port: await freePort(shopPort),
    key: KEYS.key,
    secret: KEYS.secret,
    ...kept('woocommerce'),
  })
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
  const servers = [shop, codial, colissimo, mailbox]
  return {
    shop,
    codial,
    colissimo,
    mailbox,
    outside: outsideOf({ shop, codial, colissimo, mailbox }),
    startHands(pace) {
      shop.startHand(pace)
      codial.startHand(pace)
      colissimo.startHand(pace)
    },
    async close() {
      for (const hand of [shop, codial, colissimo]) hand.stopHand()
      await Promise.all(servers.map((server) => server.close()))
    },
  }
}

function outsideOf({
  shop,
  codial,
  colissimo,
  mailbox,
}: Pick<SandboxWorld, 'shop' | 'codial' | 'colissimo' | 'mailbox'>): Outside {
  return {
    sites: [
      {
        code: 'boutique-bio',
        name: 'Boutique Bio',
        platform: 'woocommerce',
        url: shop.url,
        key: KEYS.key,
        secret: KEYS.secret,
        from: 'commandes@boutique-bio.example',
        pace: 50,
        letters: { registered: true, shipped: true, invoice: true },
        importFrom: '2026-01-01T00:00:00.000Z',
      },
    ],
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
