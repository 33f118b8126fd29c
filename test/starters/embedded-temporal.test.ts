import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Connection } from '@temporalio/client'
import { optionalTsToMs } from '@temporalio/common/lib/time.js'
import { freePort } from '../../starters/embedded/ports.ts'
import { type RunningTemporal, startTemporal } from '../../starters/embedded/temporal.ts'
import { findTemporalBinary } from '../../starters/embedded/temporal-binary.ts'
import { prepareNamespace, SEARCH_ATTRIBUTES } from '../../starters/namespace.ts'
import { cleanUp, embedded, isProblem, killHard, makeFolder, root, startInChild } from './embedded-support.ts'

const dayMs = 86_400_000

after(cleanUp)

describe('the search for the Temporal program', () => {
  let home = ''
  const lines: string[] = []
  const say = (line: string) => lines.push(line)
  const find = (o: { cli?: string; path?: string } = {}) =>
    findTemporalBinary({ say, cacheHome: join(home, 'cache'), temp: join(home, 'temp'), download: false, ...o })

  async function makeProgram(name: string, { works = true } = {}): Promise<string> {
    const file = join(home, name)
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, works ? '#!/bin/sh\necho "temporal version 1.8.2"\n' : '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    return file
  }

  before(async () => {
    home = await makeFolder({ open: false })
  })

  it('names three remedies when there is none', async () => {
    await assert.rejects(
      find({ path: join(home, 'bin') }),
      isProblem(/TEMPORAL_CLI;\n.*Go 1\.21.*\n.*TEMPORAL_ADDRESS/),
    )
  })

  it('takes an earlier build, then the download of the SDK, then the PATH, then TEMPORAL_CLI', async () => {
    const built = await makeProgram(
      `cache/codial-connector/temporal-1.8.2-${process.platform}-${process.arch}/temporal`,
    )
    assert.equal(await find(), built)
    const { version } = JSON.parse(
      await readFile(new URL('node_modules/@temporalio/testing/package.json', root), 'utf8'),
    )
    const downloaded = await makeProgram(`temp/temporal-sdk-typescript-${version}`)
    assert.equal(await find(), downloaded)
    const onPath = await makeProgram('bin/temporal')
    assert.equal(await find({ path: `/nowhere:${join(home, 'bin')}` }), onPath)
    const cli = await makeProgram('mine/temporal')
    assert.equal(await find({ path: join(home, 'bin'), cli }), cli)
  })

  it('passes over a program that does not run, but not silently over TEMPORAL_CLI', async () => {
    const broken = await makeProgram('broken/temporal', { works: false })
    assert.equal(await find({ path: `${join(home, 'broken')}:${join(home, 'bin')}` }), join(home, 'bin', 'temporal'))
    await assert.rejects(find({ cli: broken }), isProblem(/TEMPORAL_CLI names .*broken\/temporal/))
  })

  it('builds with Go once, even when two ask at the same time', async () => {
    const go = `#!/bin/sh
      case "$1" in version) echo "go version go1.26.4 linux/amd64"; exit;; env) echo "${home}/gocache"; exit;; esac
      echo run >> "${home}/builds"
      while [ "$1" != -o ]; do shift; done
      printf '#!/bin/sh\\necho "temporal version built"\\n' > "$2"; chmod 755 "$2"\n`
    await mkdir(join(home, 'go'))
    await writeFile(join(home, 'go', 'go'), go, { mode: 0o755 })
    await mkdir(join(home, 'empty'), { recursive: true })
    const o = { path: `${join(home, 'go')}`, temp: join(home, 'empty'), cacheHome: join(home, 'fresh') }
    const found = await Promise.all([1, 2].map(() => findTemporalBinary({ say, download: false, ...o })))
    assert.deepEqual([...new Set(found)].length, 1)
    assert.equal(await readFile(join(home, 'builds'), 'utf8'), 'run\n')
    assert.match(lines.join('\n'), /about 4 minutes/)
  })
})

describe('the built-in Temporal server and its namespace', () => {
  let binary = ''
  let dbFile = ''
  let server: RunningTemporal
  const start = (port = 0) =>
    startTemporal({ binary, dbFile, port, fastTimers: true, say: (line) => assert.fail(line) })

  before(async () => {
    const { TEMPORAL_CLI: cli, PATH: path, XDG_CACHE_HOME: cacheHome } = process.env
    binary = await findTemporalBinary({ cli, path, cacheHome, say: (line) => console.log(line) })
    dbFile = join(await makeFolder({ open: false }), 'data', 'temporal.db')
    server = await start()
  })
  after(() => server.stop())

  it('prepares a namespace, twice without harm: 90 days and our search attributes', async () => {
    const connection = await Connection.connect({ address: server.address })
    try {
      await prepareNamespace({ connection, namespace: 'shop', retentionDays: 30 })
      assert.equal(await retentionDays(connection), 30)
      for (const _ of [1, 2]) await prepareNamespace({ connection, namespace: 'shop' })
      assert.equal(await retentionDays(connection), 90)
      await prepareNamespace({ connection, namespace: 'shop', retentionDays: 1 })
      assert.equal(await retentionDays(connection), 90, 'never shortened')
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'shop' })
      for (const name of Object.keys(SEARCH_ATTRIBUTES)) assert.ok(customAttributes[name], name)
    } finally {
      await connection.close()
    }
  })

  it('keeps its namespaces over stop and start, and over the kill of its starter', async () => {
    await server.stop()
    const port = await freePort(0)
    const options = JSON.stringify({ binary, dbFile, port })
    const { child, line } = await startInChild({
      call: `import { startTemporal } from ${JSON.stringify(`${embedded}temporal.ts`)}
        console.log((await startTemporal(${options})).address)`,
    })
    await assert.rejects(start(), isProblem(/in use by another start/))
    await killHard(child)
    server = await start(port)
    assert.equal(server.address, line)
    const connection = await Connection.connect({ address: server.address })
    assert.equal(await retentionDays(connection), 90)
    await connection.close()
  })

  it('names the file it cannot read and the remedy, and leaves the file as it is', async () => {
    const damaged = join(await makeFolder(), 'temporal.db')
    await writeFile(damaged, 'half of a database')
    await assert.rejects(
      startTemporal({ binary, dbFile: damaged, port: 0 }),
      isProblem(/temporal\.db: .*npm start -- --fresh/),
    )
    assert.equal(await readFile(damaged, 'utf8'), 'half of a database')
  })

  it('makes the file again when its very first start was cut short', async () => {
    const fresh = join(await makeFolder(), 'temporal.db')
    await writeFile(fresh, '')
    await writeFile(`${fresh}.new`, '')
    await (await startTemporal({ binary, dbFile: fresh, port: 0 })).stop()
    await (await startTemporal({ binary, dbFile: fresh, port: 0 })).stop()
  })
})

async function retentionDays(connection: Connection): Promise<number> {
  const { config } = await connection.workflowService.describeNamespace({ namespace: 'shop' })
  return (optionalTsToMs(config?.workflowExecutionRetentionTtl) ?? 0) / dayMs
}
