import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type CarrierSettings, carriersOf } from './config-carriers.ts'
import { parse, webUrl } from './config-parse.ts'
import { printersOf } from './config-printers.ts'
import { type SiteSettings, siteOf } from './config-sites.ts'

export type { CarrierSettings } from './config-carriers.ts'
export { ConfigProblem } from './config-parse.ts'
export type { PrinterSettings } from './config-printers.ts'
export type { SiteSettings } from './config-sites.ts'

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback)
const text = (fallback: string) => z.string().trim().min(1).default(fallback)
const url = webUrl

const Environment = z.object({
  DATA_FOLDER: text('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  TEMPORAL_ADDRESS: z.string().optional(),
  TEMPORAL_NAMESPACE: text('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: z.string().optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: z.string().optional(),
  TEMPORAL_UI_URL: url.optional(),
  TEMPORAL_CLI: z.string().optional(),
  PATH: z.string().default(''),
  XDG_CACHE_HOME: z.string().optional(),
  CONSOLE_HOST: text('127.0.0.1'),
  CONSOLE_PORT: port(4000),
  CONSOLE_SECRET: z.string().min(32).optional(),
  WEBHOOK_HOST: text('127.0.0.1'),
  WEBHOOK_PORT: port(4009),
  WEBHOOK_PUBLIC_URL: url.optional(),
  PUBLIC_URL: url.optional(),
  OPERATOR_CODE: text('marie'),
  OPERATOR_NAME: text('Marie'),
  OPERATOR_PASSWORD: z.string().min(8).optional(),
  OPERATOR_BRANCH: text('LYON'),
  SITES: z.string().optional(),
  CODIAL_URL: url.optional(),
  CODIAL_TOKEN: z.string().optional(),
  CODIAL_PACE: z.coerce.number().positive().default(9),
  CARRIERS: text('COLISSIMO'),
  PRINTERS: z.string().default(''),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SELLER_NAME: text('Comptoir des Pins'),
  SELLER_ADDRESS: text('12 rue des Pins, 69003 Lyon'),
  SELLER_STREET: text('12 rue des Pins'),
  SELLER_POSTAL_CODE: text('69003'),
  SELLER_CITY: text('Lyon'),
  SELLER_PHONE: text('+33472000000'),
  SELLER_EMAIL: text('contact@comptoir-des-pins.example'),
  SELLER_SIREN: text('732829320'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})

/** Everything that can be set, checked once; `outside` is null when no real system is named: the sandbox serves. */
export type Config = ReturnType<typeof readConfig>

/** The real systems to serve. */
export interface Outside {
  sites: SiteSettings[]
  /** `pace`: requests per second that this Codial bears. */
  codial: { url: string; token: string; pace: number }
  carriers: CarrierSettings[]
  smtpUrl: string
}

/** Reads the settings, from `.env` and the environment unless others are given; throws a `ConfigProblem` that lists all that is wrong. */
export function readConfig(source: Record<string, string | undefined> = environment()) {
  const env = parse(Environment, source, '')
  return {
    dataFolder: env.DATA_FOLDER,
    databaseUrl: env.DATABASE_URL ?? null,
    temporal: temporalOf(env),
    console: {
      host: env.CONSOLE_HOST,
      port: env.CONSOLE_PORT,
      publicUrl: env.PUBLIC_URL ?? null,
      secret: env.CONSOLE_SECRET ?? null,
      operator: {
        code: env.OPERATOR_CODE,
        name: env.OPERATOR_NAME,
        password: env.OPERATOR_PASSWORD ?? null,
        branch: env.OPERATOR_BRANCH,
      },
    },
    webhooks: { host: env.WEBHOOK_HOST, port: env.WEBHOOK_PORT, publicUrl: env.WEBHOOK_PUBLIC_URL ?? null },
    seller: sellerOf(env),
    printers: printersOf(env.PRINTERS),
    logLevel: env.LOG_LEVEL,
    identity: `${hostname()}-${process.pid}`,
    outside: env.SITES ? outsideOf(env, source) : null,
  }
}

function environment(): Record<string, string | undefined> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return process.env
}

type Env = z.output<typeof Environment>

function temporalOf(env: Env) {
  const {
    TEMPORAL_TLS_CLIENT_CERT_PATH: cert,
    TEMPORAL_TLS_CLIENT_KEY_PATH: key,
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: ca,
  } = env
  const clientCertPair = cert && key ? { crt: readFileSync(cert), key: readFileSync(key) } : undefined
  const tls =
    clientCertPair || ca ? { clientCertPair, serverRootCACertificate: ca ? readFileSync(ca) : undefined } : undefined
  return {
    address: env.TEMPORAL_ADDRESS ?? null,
    namespace: env.TEMPORAL_NAMESPACE,
    uiUrl: env.TEMPORAL_UI_URL ?? null,
    cli: env.TEMPORAL_CLI,
    path: env.PATH,
    cacheHome: env.XDG_CACHE_HOME,
    login: env.TEMPORAL_API_KEY ? { apiKey: env.TEMPORAL_API_KEY, tls: tls ?? true } : { tls },
  }
}

function sellerOf(env: Env) {
  return {
    name: env.SELLER_NAME,
    address: env.SELLER_ADDRESS,
    siren: env.SELLER_SIREN,
    email: env.SELLER_EMAIL,
    phone: env.SELLER_PHONE,
    street: env.SELLER_STREET,
    postalCode: env.SELLER_POSTAL_CODE,
    city: env.SELLER_CITY,
  }
}

function outsideOf(env: Env, source: Record<string, string | undefined>): Outside {
  const needed = parse(
    z.object({
      CODIAL_URL: url,
      CODIAL_TOKEN: z.string(),
      SMTP_URL: z.url(),
    }),
    env,
    '',
  )
  return {
    sites: (env.SITES ?? '').split(',').map((code) => siteOf(code.trim(), source)),
    codial: { url: needed.CODIAL_URL, token: needed.CODIAL_TOKEN, pace: env.CODIAL_PACE },
    carriers: carriersOf(env.CARRIERS, source),
    smtpUrl: needed.SMTP_URL,
  }
}

/** A secret kept in the data folder, readable by its owner only, made at first use. */
export function keptSecret(folder: string, name: string, bytes = 32): string {
  const file = join(folder, name)
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const secret = randomBytes(bytes).toString('base64url')
  writeFileSync(file, secret, { mode: 0o600 })
  return secret
}
