import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Worker } from '@temporalio/worker'
import { testServers } from '../support/servers.ts'

const folder = fileURLToPath(new URL('../histories/', import.meta.url))
const files = globSync('**/*.json', { cwd: folder })
const read = (file: string): string => readFileSync(`${folder}${file}`, 'utf8')

/** Replays one history; gives what went wrong, or null. */
async function replay(file: string, history: unknown): Promise<string | null> {
  const histories = [{ workflowId: file, history }]
  for await (const { error } of Worker.runReplayHistories(
    { workflowBundle: { codePath: testServers().bundle } },
    histories,
  )) {
    return error ? error.message : null
  }
  return 'nothing was replayed'
}

test('orders in flight survive this version: every recorded history replays', async () => {
  assert.ok(files.length >= 12, 'the histories are there; npm run record-histories makes them')
  for (const file of files) assert.equal(await replay(file, JSON.parse(read(file))), null, file)
})

test('the gate sees a renamed step', async () => {
  const changed = read('order-lifecycle/settled.json').replaceAll('"createErpOrder"', '"makeErpOrder"')
  assert.match(
    (await replay('order-lifecycle/settled.json', JSON.parse(changed))) ?? '',
    /nondeterminism|Nondeterminism|does not match/i,
  )
})
