// What every server of the sandbox is built on: effects that are counted, faults on demand, a state that survives a restart.
export type { Fault, Faults } from './kit/faults.ts'
export type { Counters, Ledger } from './kit/ledger.ts'
export { openLedger } from './kit/ledger.ts'
export type { SandboxServer } from './kit/serve.ts'
export { serveSandbox } from './kit/serve.ts'
export type { Store } from './kit/store.ts'
export { openStore } from './kit/store.ts'
