import { TestWorkflowEnvironment } from '@temporalio/testing'

/**
 * A program of its own, run by temporal-binary.ts: the SDK downloads its server only while starting one, and that
 * would settle the SDK's runtime in the starter's process too early.
 */
const executable = { type: 'cached-download', ...(process.argv[2] && { downloadDir: process.argv[2] }) } as const
await (await TestWorkflowEnvironment.createLocal({ server: { executable } })).teardown()
