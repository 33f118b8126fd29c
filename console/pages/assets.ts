import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ConsoleApp } from '../options.ts'

const TYPES = {
  'console.css': 'text/css; charset=utf-8',
  'console.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const

type AssetName = keyof typeof TYPES

interface Asset {
  /** Changes with the content, so that browsers may keep it for ever. */
  href: string
  type: string
  text: string
}

/** The stylesheet, the script and the icon of every page; they say nothing about anybody. */
export const ASSETS = Object.fromEntries(
  Object.entries(TYPES).map(([name, type]) => [name, read(name, type)]),
) as Record<AssetName, Asset>

function read(name: string, type: string): Asset {
  const text = readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8')
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 12)
  return { href: `/assets/${name}?v=${hash}`, type, text }
}

/** Serves the assets, without signing in: the sign-in page wears them too. */
export function assetPages(app: ConsoleApp): void {
  app.get('/assets/:name', (c) => {
    const name = c.req.param('name')
    if (!Object.hasOwn(ASSETS, name)) return c.notFound()
    const { text, type } = ASSETS[name as AssetName]
    return c.body(text, 200, { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' })
  })
}
