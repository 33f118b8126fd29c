import { describe } from 'node:test'
import { checkActs } from './battery/acts.ts'
import { checkBuying } from './battery/buying.ts'
import { checkFaults } from './battery/faults.ts'
import type { CarrierHarness } from './battery/harness.ts'
import { checkLimits } from './battery/limits.ts'
import { checkPapers } from './battery/papers.ts'
import { checkTracking } from './battery/tracking.ts'

export type { CarrierGround, CarrierHarness } from './battery/harness.ts'

/** What every carrier adapter must do the same, run unchanged over HTTP against its sandbox. */
export function runCarrierBattery(name: string, harness: CarrierHarness): void {
  describe(`${name}: buying`, () => checkBuying(harness))
  describe(`${name}: papers`, () => checkPapers(harness))
  describe(`${name}: limits`, () => checkLimits(harness))
  describe(`${name}: tracking`, () => checkTracking(harness))
  describe(`${name}: what persons do`, () => checkActs(harness))
  describe(`${name}: faults`, () => checkFaults(harness))
}
