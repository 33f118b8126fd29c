import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'

/** What each floor may import: our own folders by path, packages by name. The first row whose folder matches holds. */
const TABLE: { floor: RegExp; may: RegExp[] }[] = [
  { floor: /^domain\//, may: [/^domain\//] },
  { floor: /^db\//, may: [/^domain\//, /^db\//, /^kysely$/, /^pg$/, /^node:crypto$/] },
  {
    floor: /^activities\/wire\//,
    may: [
      /^domain\/(failures|money)/,
      /^activities\/wire\//,
      /^node:/,
      /^zod$/,
      /^fast-xml-parser$/,
      /^@cantoo\/pdf-lib$/,
    ],
  },
  { floor: /^activities\/(shops|carriers|erp)\/index\.ts$/, may: [/^domain\//, /^activities\//] },
  { floor: /^activities\/(shops|carriers|erp)\/[a-z]+\.ts$/, may: [/^domain\//] },
  {
    floor: /^activities\/(shops|carriers|erp)\/[a-z-]+\//,
    may: [/^domain\//, /^activities\/wire\//, /^node:/, /^zod$/, /^fast-xml-parser$/],
  },
  {
    floor: /^activities\/(mail|documents)\//,
    may: [/^domain\//, /^node:/, /^nodemailer/, /^pdfkit$/, /^fontkit$/, /^@cantoo\/pdf-lib$/],
  },
  { floor: /^activities\/print\//, may: [/^domain\//, /^node:/, /^activities\/print\/printer\.ts$/] },
  {
    floor: /^activities\/[a-z-]+\.ts$/,
    may: [/^domain\//, /^db\//, /^activities\//, /^@temporalio\/activity$/, /^node:(crypto|buffer|util)$/],
  },
  { floor: /^workflows\//, may: [/^domain\//, /^workflows\//, /^@temporalio\/(workflow|common)$/] },
  {
    floor: /^sandbox\//,
    may: [
      /^sandbox\//,
      /^node:/,
      /^hono/,
      /^@hono\//,
      /^zod$/,
      /^pdfkit$/,
      /^smtp-server$/,
      /^mailparser$/,
      /^fast-xml-parser$/,
      /^libxml2-wasm$/,
      /^ajv$/,
    ],
  },
  {
    floor: /^console\//,
    may: [
      /^console\//,
      /^workflows\//,
      /^config\.ts$/,
      /^db\//,
      /^domain\//,
      /^node:/,
      /^hono/,
      /^@hono\//,
      /^zod$/,
      /^kysely$/,
      /^@temporalio\/(client|common)$/,
      /^workers\/connect\.ts$/,
    ],
  },
  { floor: /^config(-\w+)?\.ts$/, may: [/^node:/, /^zod$/, /^domain\//, /^config-\w+\.ts$/] },
]

/** Adapters reach their own folder and their port, never a sibling. */
const ADAPTER = /^activities\/(shops|carriers|erp)\/([a-z-]+)\//

interface Import {
  file: string
  target: string
  typeOnly: boolean
}

function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8')
  const found = source.matchAll(
    /^(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm,
  )
  return [...found].map(([, type, from, bare]) => {
    const specifier = from ?? bare ?? ''
    const target = specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier
    return { file, target, typeOnly: Boolean(type) }
  })
}

function isAllowed({ file, target, typeOnly }: Import): boolean {
  const row = TABLE.find(({ floor }) => floor.test(file))
  if (!row) return true
  const adapter = ADAPTER.exec(file)
  if (adapter && target.startsWith('activities/') && !target.startsWith('activities/wire/')) {
    const [, seam, name] = adapter
    return (
      target.startsWith(`activities/${seam}/${name}/`) ||
      (typeOnly && new RegExp(`^activities/${seam}/[a-z]+\\.ts$`).test(target))
    )
  }
  if (file.startsWith('workflows/') && target.startsWith('activities/')) return typeOnly
  if (/^activities\/(mail|documents)\//.test(file) && target.startsWith('activities/'))
    return target.split('/')[1] === file.split('/')[1]
  return row.may.some((allowed) => allowed.test(target))
}

const files = globSync('**/*.ts', { exclude: (path) => /(^|\/)(node_modules|\.data)$/.test(path) })

test('every import keeps to the table of the house', () => {
  const imports = files.filter((file) => !file.startsWith('test/')).flatMap(importsOf)
  assert.ok(imports.length > 100, 'the scan found the imports')
  const broken = imports.filter((each) => !isAllowed(each)).map(({ file, target }) => `${file} imports ${target}`)
  assert.deepEqual(broken, [])
})

test('the scan sees a broken import', () => {
  assert.equal(isAllowed({ file: 'domain/order.ts', target: 'kysely', typeOnly: false }), false)
  assert.equal(
    isAllowed({
      file: 'activities/carriers/dhl/dhl.ts',
      target: 'activities/carriers/colissimo/wire.ts',
      typeOnly: false,
    }),
    false,
  )
  assert.equal(
    isAllowed({ file: 'workflows/order-lifecycle.ts', target: 'activities/index.ts', typeOnly: false }),
    false,
  )
  assert.equal(
    isAllowed({ file: 'sandbox/codial/codial.ts', target: 'activities/erp/codial-api/wire.ts', typeOnly: false }),
    false,
  )
})

test('only config.ts reads the environment', () => {
  const readers = files.filter(
    (file) => !/^(test|config\.ts)/.test(file) && /process\.env\b/.test(readFileSync(file, 'utf8')),
  )
  assert.deepEqual(readers, [])
})
