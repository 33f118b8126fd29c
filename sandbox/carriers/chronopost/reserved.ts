import type { Carrier } from './carrier.ts'
import type { Operation } from './door.ts'
import { textOf } from './element.ts'
import { drawLabels } from './label.ts'
import type { Parcel } from './model.ts'
import { isMode } from './modes.ts'
import { ALL_RIGHT, checkLogin, refuse, wrong } from './problems.ts'
import type { Xml } from './xml.ts'

/** The second call of a purchase: the label of a reservation, as often as it is asked for. */
export function reservedOperations(carrier: Carrier): Record<string, Operation> {
  const byReservation: Operation = (request) =>
    tell({ parcels: reserved(carrier, textOf(request, 'reservationNumber')), mode: textOf(request, 'mode') })
  return {
    getReservedSkybill: async (request) => withoutType(await byReservation(request)),
    getReservedSkybillWithType: byReservation,
    getReservedSkybillWithTypeAndMode: byReservation,
    getReservedSkybillWithTypeAndModeByReservation: byReservation,
    getReservedSkybillWithTypeAndModeAuth(request) {
      const problem = checkLogin(carrier, request)
      const number = textOf(request, 'numberSearch')
      const parcels = [...reserved(carrier, number), ...numbered(carrier, number)]
      return problem ? refuse(problem) : tell({ parcels, mode: textOf(request, 'mode') })
    },
  }
}

const usable = (carrier: Carrier) => carrier.store.data.parcels.filter(({ cancelledAt }) => cancelledAt === undefined)

const reserved = (carrier: Carrier, number: string) =>
  usable(carrier).filter(({ reservationNumber }) => reservationNumber === number)

/** The search takes a parcel number too (uncertain at the real carrier). */
const numbered = (carrier: Carrier, number: string) =>
  usable(carrier).filter(({ skybillNumber }) => skybillNumber === number)

async function tell(o: { parcels: Parcel[]; mode: string }): Promise<Xml> {
  const mode = o.mode || (o.parcels[0]?.mode ?? '')
  if (o.parcels.length === 0) return refuse(wrong('Numéro de réservation inconnu'))
  if (!isMode(mode)) return refuse(wrong('mode est inconnu'))
  return { ...ALL_RIGHT, skybill: (await drawLabels(o.parcels, mode)).toString('base64'), type: mode }
}

function withoutType(result: Xml): Xml {
  if (typeof result !== 'object' || !('type' in result)) return result
  const { type, ...rest } = result
  return rest
}
