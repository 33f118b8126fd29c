import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  ScheduleOverlapPolicy,
} from '@temporalio/client'
import { CONNECTOR_QUEUE } from '../workflows/queues.ts'

/** How often each errand runs, in milliseconds. */
export interface Rhythm {
  import: number
  erp: number
  tracking: number
}

const MINUTE = 60_000

/** A real installation's rhythm (temporal.md, section 5). */
export const RHYTHM: Rhythm = { import: 2 * MINUTE, erp: MINUTE, tracking: 30 * MINUTE }

/** Creates or updates every schedule; a person's pause and note survive. */
export async function keepSchedules(
  client: Client,
  o: { sites: string[]; carriers: string[]; rhythm: Rhythm },
): Promise<string[]> {
  const { import: importing, erp, tracking } = o.rhythm
  const wanted = [
    ...o.sites.map((site, i) =>
      errand({
        id: `import-orders:${site}`,
        every: importing,
        offset: (i * importing) / o.sites.length,
        catchup: MINUTE,
        type: 'importOrders',
        args: [{ site }],
      }),
    ),
    errand({ id: 'follow-erp', every: erp, offset: 0, catchup: MINUTE, type: 'followErp', args: [] }),
    ...o.carriers.map((carrier) =>
      errand({
        id: `track-parcels:${carrier}`,
        every: tracking,
        offset: 0,
        catchup: 10 * MINUTE,
        type: 'trackParcels',
        args: [{ carrier }],
      }),
    ),
  ]
  for (const schedule of wanted) await keep(client, schedule)
  return wanted.map((schedule) => schedule.scheduleId)
}

interface Errand {
  id: string
  every: number
  offset: number
  catchup: number
  type: string
  args: object[]
}

function errand({ id, every, offset, catchup, type, args }: Errand): ScheduleOptions {
  return {
    scheduleId: id,
    spec: { intervals: [{ every, offset: Math.floor(offset / 1000) * 1000 }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: catchup, pauseOnFailure: false },
    action: { type: 'startWorkflow', workflowType: type, workflowId: id, taskQueue: CONNECTOR_QUEUE, args },
  }
}

async function keep(client: Client, wanted: ScheduleOptions): Promise<void> {
  try {
    await client.schedule.create(wanted)
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
    await client.schedule.getHandle(wanted.scheduleId).update((was) => ({ ...wanted, state: was.state }))
  }
}

/** Takes the schedules of sites and carriers away that are not served any more. */
export async function dropSchedules(client: Client, ids: string[]): Promise<void> {
  for (const id of ids) {
    await client.schedule
      .getHandle(id)
      .delete()
      .catch((error: unknown) => {
        if (!(error instanceof ScheduleNotFoundError)) throw error
      })
  }
}
