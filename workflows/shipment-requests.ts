import { setHandler } from '@temporalio/workflow'
import { mayAct, type ShipmentAct } from '../domain/shipment.ts'
import { addParcel, changeService, progress, reprintLabel, voidLabel } from './messages.ts'
import { momentOf, type ShipmentFile } from './shipment-file.ts'
import { giveUpLabel } from './shipment-labels.ts'

/** What persons may ask of a running shipment; what the table of acts refuses is refused before it is written down. */
export function acceptRequests(file: ShipmentFile): void {
  setHandler(progress, () => ({ stage: file.stage, parked: file.desk.parked() }))
  acceptReprint(file)
  acceptVoid(file)
  acceptAddedParcel(file)
  acceptChangedService(file)
}

function check(file: ShipmentFile, act: ShipmentAct): void {
  const moment = momentOf(file)
  if (!mayAct(act, moment)) throw new Error(`refused: "${act}" comes too late, or too early, at "${moment}"`)
}

function checkLabelled({ parcels, labelled }: ShipmentFile, rank: number): void {
  if (!parcels.includes(rank)) throw new Error(`no parcel ${rank}`)
  if (!labelled.has(rank)) throw new Error(`parcel ${rank} has no label yet`)
}

function acceptReprint(file: ShipmentFile): void {
  const { order, deliveryNote, steps } = file
  setHandler(
    reprintLabel,
    ({ rank, operator, branch }) => steps.connector.slow.reprintLabel({ order, deliveryNote, rank, operator, branch }),
    {
      validator: ({ rank }) => checkLabelled(file, rank),
      description: 'Give the stored label again, without buying',
    },
  )
}

function acceptVoid(file: ShipmentFile): void {
  setHandler(voidLabel, ({ rank, operator, branch }) => giveUpLabel(file, rank, { operator, branch }), {
    validator: ({ rank }) => {
      checkLabelled(file, rank)
      check(file, 'void')
    },
    description: 'Give up a label before its number is announced; another is made',
  })
}

function acceptAddedParcel(file: ShipmentFile): void {
  const { order, deliveryNote, steps } = file
  setHandler(
    addParcel,
    async ({ parcel, operator, branch }) => {
      const rank = Math.max(0, ...file.parcels) + 1
      file.parcels.push(rank)
      file.acts += 1
      try {
        const added = { ...parcel, rank, lines: [] }
        await steps.connector.short.noteAddedParcel({ order, deliveryNote, parcel: added, operator, branch })
      } catch (error) {
        file.parcels.splice(file.parcels.indexOf(rank), 1) // it was not written down: it is not there
        throw error
      } finally {
        file.acts -= 1
      }
      return { rank }
    },
    {
      validator: ({ parcel }) => {
        check(file, 'add-parcel')
        if (!(parcel.weight > 0)) throw new Error('a parcel weighs something')
      },
      description: 'Add a parcel while labels are made',
    },
  )
}

/** Only while a label waits for a person and nothing is in doubt: a purchase under way is of the carrier chosen before. */
function acceptChangedService(file: ShipmentFile): void {
  const { order, deliveryNote, steps, desk } = file
  const waiting = () => desk.parked().find(({ step }) => step.startsWith('make label'))
  setHandler(
    changeService,
    async ({ id, choice, operator, branch }) => {
      file.acts += 1
      try {
        await steps.connector.short.noteChangedService({ ...choice, id, order, deliveryNote, operator, branch })
        for (const rank of [...file.labelled.keys()]) giveUpLabel(file, rank, { operator, branch })
        file.carrier = choice.carrier
        file.service = choice.service
      } finally {
        file.acts -= 1
      }
      const step = waiting()
      if (step && step.code !== 'in-doubt') desk.release(step.step, { id, operator, branch })
    },
    {
      validator: (_) => {
        check(file, 'change-service')
        const code = waiting()?.code
        if (!code || code === 'in-doubt' || code === 'unavailable')
          throw new Error('refused: no label waits for a person, or a purchase is in doubt: decide that first')
      },
      description: 'Take another carrier or service while a label waits; labels made so far are given up',
    },
  )
}
