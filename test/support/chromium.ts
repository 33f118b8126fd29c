import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const CHROMIUM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
].find(existsSync)

/** Why a test that needs a browser tried nothing. */
export const NO_CHROMIUM = 'no Chromium on this machine: not tried in a browser'

/** Starts the browser of this machine; undefined where there is none. */
export async function startChromium(): Promise<Browser | undefined> {
  if (!CHROMIUM) return undefined
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
  return chromium.launch({ executablePath: CHROMIUM, args })
}
