import { CancellationScope, condition } from '@temporalio/workflow'
import type { ShipmentFile } from './shipment-file.ts'

/** A label for every parcel, as many in one purchase as the carrier sells; parcels added meanwhile are labelled too. */
export async function labelParcels(file: ShipmentFile): Promise<void> {
  for (;;) {
    await condition(() => file.acts === 0)
    const bare = withoutLabel(file)
    if (bare.length === 0) return
    const most = await parcelsPerPurchase(file)
    if (file.acts === 0) await labelSome(file, bare.slice(0, most))
  }
}

/** How many labels the carrier sells at once; a carrier that is not set up waits for a person here. */
async function parcelsPerPurchase({ carrier, desk, steps }: ShipmentFile): Promise<number> {
  const most = await desk.attempt('make labels', (pace) => steps.connector[pace].parcelsPerPurchase({ carrier }))
  return most ?? 1
}

/** The step's name: what a person sees while it waits. */
const labelStep = (ranks: number[]): string =>
  ranks.length === 1 ? `make label of parcel ${ranks[0]}` : `make labels of parcels ${ranks.join(', ')}`

async function labelSome(file: ShipmentFile, ranks: number[]): Promise<void> {
  const { order, deliveryNote, steps, desk } = file
  const generation = generationOf(file, ranks[0] as number)
  const bought = await desk.attempt(labelStep(ranks), (pace, verdict) => {
    const { carrier, service } = file
    return steps
      .carrier(carrier)
      [pace].createLabels({ order, deliveryNote, ranks, generation, carrier, service, verdict })
  })
  for (const rank of bought?.labelled ?? []) file.labelled.set(rank, generation)
}

/** The parcels without a label that may travel in one purchase: all of the first one's generation. */
function withoutLabel(file: ShipmentFile): number[] {
  const bare = file.parcels.filter((rank) => !file.labelled.has(rank))
  const [first] = bare
  return first === undefined ? [] : bare.filter((rank) => generationOf(file, rank) === generationOf(file, first))
}

const generationOf = ({ generations }: ShipmentFile, rank: number): number => generations.get(rank) ?? 0

/** Who gives labels up. */
export interface Actor {
  operator: string
  branch: string | null
}

/**
 * Gives up the label of one parcel, side by side with the rest: the next one is of a new generation. It is set aside, to be
 * watched, before another is made; the carrier is told after, as often as it takes.
 */
export function giveUpLabel(file: ShipmentFile, rank: number, actor: Actor): void {
  const { order, deliveryNote, carrier, steps, desk, branches } = file
  const generation = file.labelled.get(rank)
  if (generation === undefined) return
  file.labelled.delete(rank)
  file.generations.set(rank, generation + 1)
  const label = { order, deliveryNote, rank, generation }
  file.acts += 1
  const aside = async (): Promise<void> => {
    try {
      await desk.attempt(`set aside label of parcel ${rank}`, (pace) => steps.connector[pace].setLabelAside(label))
    } finally {
      file.acts -= 1
    }
    await desk.attempt(
      `void label of parcel ${rank}`,
      (pace) => steps.carrier(carrier)[pace].voidLabel({ ...label, carrier, ...actor }),
      { maySkip: true },
    )
  }
  branches.start(() => CancellationScope.nonCancellable(aside)) // it outlives the shipment's own cancellation
}

/** Gives up every label bought so far, newest first, and waits for it. */
export async function giveUpLabels(file: ShipmentFile, actor: Actor): Promise<void> {
  for (const rank of [...file.labelled.keys()].reverse()) giveUpLabel(file, rank, actor)
  await file.branches.settled()
}

/** Looks for purchases that were begun and are in doubt, so that none is left behind without a word. */
export async function giveUpDoubts({ order, deliveryNote, carrier, steps, desk }: ShipmentFile): Promise<void> {
  const step = 'give up labels in doubt'
  const isAny = await desk.attempt(step, (pace) => steps.connector[pace].hasLabelDoubts({ order, deliveryNote }), {
    maySkip: true,
  })
  if (!isAny) return // a carrier that is not set up has no worker to ask
  await desk.attempt(step, (pace) => steps.carrier(carrier)[pace].giveUpDoubts({ order, deliveryNote, carrier }), {
    maySkip: true,
  })
}
