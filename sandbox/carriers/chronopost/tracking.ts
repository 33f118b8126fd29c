import type { Hono } from 'hono'
import { cancelOperations } from './cancelling.ts'
import { type Carrier, findParcel, isVisible, searchable } from './carrier.ts'
import { type Operation, openService } from './door.ts'
import { type Element, textOf } from './element.ts'
import { eventsOf, eventsWithInfo } from './events.ts'
import { ALL_RIGHT, checkLogin, refuse, wrong } from './problems.ts'
import { proofOperations } from './proofs.ts'
import { searchParcels } from './searching.ts'

/** The tracking service: events by number, parcels by the sender's reference, proofs of delivery, cancelling. */
export function openTracking(carrier: Carrier): Hono {
  return openService({
    name: 'tracking',
    path: '/tracking-cxf/TrackingServiceWS',
    operations: {
      trackSkybill: track(carrier, 'listEvents', eventsOf),
      trackSkybillV2: track(carrier, 'listEventInfoComp', eventsWithInfo),
      trackSearch: (request) => searchParcels(carrier, request),
      trackWithSenderRef: (request) => trackByReference(carrier, request),
      ...proofOperations(carrier),
      ...cancelOperations(carrier),
    },
    alsoByGet: ['trackSkybill', 'trackSkybillV2'],
  })
}

/** An unknown parcel is no error: its list of events is empty. */
function track(carrier: Carrier, list: string, events: typeof eventsOf): Operation {
  return (request) => {
    const skybillNumber = textOf(request, 'skybillNumber').trim()
    if (skybillNumber === '') return refuse(wrong('skybillNumber est obligatoire'))
    const parcel = findParcel(carrier, skybillNumber)
    const isKnown = parcel !== undefined && isVisible(carrier, parcel)
    const known = isKnown ? { events: events(parcel, textOf(request, 'language')) } : {}
    return { ...ALL_RIGHT, [list]: { ...known, skybillNumber } }
  }
}

function trackByReference(carrier: Carrier, request: Element) {
  const problem = checkLogin(carrier, request)
  if (problem) return refuse(problem)
  const reference = textOf(request, 'sendersRef')
  if (reference === '') return refuse(wrong('sendersRef est obligatoire'))
  const parcels = searchable(carrier).filter(({ shipperRef }) => shipperRef === reference)
  const language = textOf(request, 'language')
  return {
    ...ALL_RIGHT,
    listParcel: parcels.map((parcel) => ({
      events: eventsOf(parcel, language),
      skybillNumber: parcel.skybillNumber,
    })),
  }
}
