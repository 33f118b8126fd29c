import * as wf from '@temporalio/workflow'
import type { OrderRef } from '../domain/order.ts'
import { type Desk, openDesk } from './attention.ts'
import { progress } from './messages.ts'
import { type StepPatience, stepsOf, USUAL_PATIENCE } from './steps.ts'

/** What starts a return: the parcel that comes back, and who asked for its label. */
export interface ReturnInput {
  order: OrderRef
  deliveryNote: string
  rank: number
  /** How many return labels of this parcel were made before. */
  generation: number
  carrier: string
  /** True when the label goes to the customer by e-mail. */
  mailed: boolean
  /** For tests. */
  patience?: StepPatience
}

/** One return label, bought once, and mailed to the customer when it is wanted; it may come long after the order is closed. */
export async function returnLifecycle(input: ReturnInput): Promise<{ document: string | null }> {
  const { order, deliveryNote, patience = USUAL_PATIENCE } = input
  const steps = stepsOf({ site: order.site, patience })
  const desk = openDesk({
    tell: (parked, decision) => steps.console.noteAttention({ order, deliveryNote, parked, decision }),
  })
  wf.setHandler(progress, () => ({ stage: 'labelling', parked: desk.parked() }))
  try {
    return { document: await labelled(input, { steps, desk }) }
  } catch (error) {
    if (error instanceof wf.ApplicationFailure && error.type === 'CancelledByPerson') return { document: null }
    throw error
  }
}

async function labelled(
  { order, deliveryNote, rank, generation, carrier, mailed }: ReturnInput,
  { steps, desk }: { steps: ReturnType<typeof stepsOf>; desk: Desk },
): Promise<string> {
  const asked = new Date().toISOString()
  const bought = await desk.attempt(`make return label of parcel ${rank}`, (pace, verdict) =>
    steps
      .carrier(carrier)
      [pace].createReturnLabel({ order, deliveryNote, ranks: [rank], generation, carrier, service: null, verdict }),
  )
  const { document } = bought as { document: string }
  if (mailed) {
    await desk.attempt(
      'send return label',
      (pace, verdict) => steps.mail[pace].sendReturnLabelEmail({ order, document, at: asked, verdict }),
      { maySkip: true },
    )
  }
  return document
}
