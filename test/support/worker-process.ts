import { pino } from 'pino'
import { openDatabase } from '../../db/connect.ts'
import { connectTemporal, installRuntime } from '../../workers/connect.ts'
import { serve, type WorkerPlan } from './company.ts'

// A worker process that tests kill: its plan comes by the environment, "ready" says that it works.
const plan = JSON.parse(process.env.WORKER_PLAN ?? '') as WorkerPlan
installRuntime(pino({ level: 'silent' }))
const db = openDatabase(plan.databaseUrl, { connections: 20 })
const temporal = await connectTemporal({
  address: plan.temporalAddress,
  namespace: plan.namespace,
  login: { tls: undefined },
})
const workers = await serve(plan, { db, temporal })
console.log('ready')
await workers.finished
