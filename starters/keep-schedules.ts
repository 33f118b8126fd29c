import { ConfigProblem, readConfig } from '../config.ts'
import { connectTemporal, installRuntime, openLog } from '../workers/connect.ts'
import { prepareNamespace } from './namespace.ts'
import { keepSchedules, RHYTHM } from './schedules.ts'

/** Prepares the namespace and sets the errands of a real installation going; safe to run at each deployment. */
async function main(): Promise<void> {
  const { outside, temporal: settings, logLevel } = readConfig()
  if (!outside || !settings.address)
    throw new ConfigProblem('Schedules need TEMPORAL_ADDRESS and SITES (see .env.example).')
  installRuntime(openLog(logLevel))
  const temporal = await connectTemporal({ ...settings, address: settings.address })
  await prepareNamespace({ connection: temporal.connection, namespace: settings.namespace })
  const ids = await keepSchedules(temporal.client, {
    sites: outside.sites.map(({ code }) => code),
    carriers: outside.carriers.map(({ login }) => login.carrier),
    rhythm: RHYTHM,
  })
  console.log(`schedules kept: ${ids.join(', ')}`)
  await temporal.close()
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof ConfigProblem ? error.message : error)
    process.exit(1)
  },
)
