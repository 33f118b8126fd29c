import { describe } from 'node:test'
import { checkChanges } from './battery/changes.ts'
import { checkConnecting } from './battery/connecting.ts'
import { checkFaults } from './battery/faults.ts'
import type { ShopHarness } from './battery/harness.ts'
import { checkReading } from './battery/reading.ts'
import { checkTemplates } from './battery/templates.ts'
import { checkTransport } from './battery/transport.ts'
import { checkWriting } from './battery/writing.ts'

export type { Ground, ShopHarness, StartChoice } from './battery/harness.ts'

/** What every shop adapter must do the same, run unchanged over HTTP against its sandbox. */
export function runShopBattery(name: string, harness: ShopHarness): void {
  describe(`${name}: each kind of order`, () => checkTemplates(harness))
  describe(`${name}: reading`, () => checkReading(harness))
  describe(`${name}: what changes in an order`, () => checkChanges(harness))
  describe(`${name}: writing`, () => checkWriting(harness))
  describe(`${name}: connecting`, () => checkConnecting(harness))
  describe(`${name}: faults`, () => checkFaults(harness))
  describe(`${name}: what hosts do to replies`, () => checkTransport(harness))
}
