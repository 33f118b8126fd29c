import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const COMMANDS = [['docker', 'compose'], ['docker-compose']]

test('docker compose accepts the installation, where docker is', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'codial-compose-'))
  try {
    writeFileSync(join(folder, 'docker-compose.yml'), readFileSync('docker-compose.yml'))
    writeFileSync(join(folder, '.env'), 'POSTGRES_PASSWORD=x\nCONSOLE_SECRET=x\nOPERATOR_PASSWORD=x\n')
    const command = COMMANDS.find((words) => runs(words, ['version']))
    if (!command) return t.diagnostic('no docker compose here: the file is not checked')
    const [program = '', ...rest] = command
    const shown = execFileSync(program, [...rest, 'config'], { cwd: folder, encoding: 'utf8' })
    for (const service of ['postgres', 'temporal', 'temporal-ui', 'workers', 'console', 'mail'])
      assert.match(shown, new RegExp(`^  ${service}:`, 'm'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

function runs([program = '', ...words]: string[], more: string[]): boolean {
  try {
    execFileSync(program, [...words, ...more], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
