import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { startChromium } from '../support/chromium.ts'
import type { Picture } from './picture.ts'

/** Draws PDFs as a reader of them does, in a real browser. */
export interface Easel {
  /** Page by page, `most` of them; `name` is what a kept picture is called. */
  draw(o: { name: string; pdf: Uint8Array; most?: number }): Promise<Picture[]>
  /** What the browser complained about, and every address that is not ours. */
  complaints: string[]
  close(): Promise<void>
}

/** Dots per point: 144 dots per inch, the coarsest that keeps every bar apart from the next. */
const SCALE = 2

/** Opens the browser with pdf.js; `keep` is handed each picture; undefined where there is no browser. */
export async function openEasel(
  keep: ((picture: { name: string; png: Uint8Array }) => Promise<void>) | null,
): Promise<Easel | undefined> {
  const browser = await startChromium()
  if (!browser) return undefined
  const server = await serveEasel()
  const page = await browser.newPage()
  const complaints = listenTo(page, server.url)
  await page.goto(`${server.url}/`)
  await page.waitForFunction('window.drawPdf')
  return {
    complaints,
    async draw({ name, pdf, most = 100 }) {
      const order = { pdf: Buffer.from(pdf).toString('base64'), scale: SCALE, most, keepsPictures: keep !== null }
      const drawn = await page.evaluate<Drawn[]>(`drawPdf(${JSON.stringify(order)})`)
      const pictures = drawn.map((one, i) => ({ ...one, name: `${name}-${i + 1}`, gray: bytesOf(one.gray) }))
      for (const { name, png } of pictures) await keep?.({ name, png: bytesOf(png) })
      return pictures
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

type Drawn = Omit<Picture, 'name' | 'gray'> & { gray: string; png: string }

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

function listenTo(page: Page, url: string): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (line) => ['error', 'warning'].includes(line.type()) && complaints.push(line.text()))
  page.on('request', (request) => request.url().startsWith(url) || complaints.push(request.url()))
  return complaints
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.mjs': 'text/javascript' }
const HERE = new URL('./easel.html', import.meta.url)
const PDFJS = new URL('../../node_modules/pdfjs-dist/', import.meta.url)

/** Serves the page and pdf.js from this machine; nothing comes from elsewhere. */
async function serveEasel(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = pathname === '/' ? HERE : new URL(pathname.replace(/^\/pdfjs\//, ''), PDFJS)
    readFile(fileURLToPath(file)).then(
      (bytes) =>
        response
          .writeHead(200, { 'content-type': TYPES[extname(file.pathname)] ?? 'application/octet-stream' })
          .end(bytes),
      () => response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
