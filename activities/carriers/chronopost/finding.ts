import { Refused, Unavailable } from '../../../domain/failures.ts'
import type { Found, LabelRequest, Purchase } from '../carrier.ts'
import type { ChronopostClient } from './client.ts'
import { frenchDay } from './days.ts'
import { answerOf, assertDone, spokenOf } from './errors.ts'
import { bytesOf, labelOf, type Print } from './sale.ts'
import { eachOf } from './side-by-side.ts'
import { FoundByReference, type Outcome, Reserved, Searched, WHO } from './wire.ts'

interface Asked {
  client: ChronopostClient
  request: LabelRequest
  print: Print
}

/**
 * Finds what a purchase whose answer was lost has bought, by each parcel's own reference. A purchase is found whole: as
 * long as some of its parcels are not shown it is waited for, and two parcels under one reference are for a person.
 */
export async function findPurchase(o: Asked): Promise<Found | 'absent'> {
  const { client, request } = o
  const found = await eachOf(request.parcels, ({ reference }) =>
    numberOf({ client, reference, shipOn: request.shipOn }),
  )
  const numbers = found.filter((number) => number !== null)
  const [trackingNumber] = numbers
  if (!trackingNumber) return 'absent'
  if (numbers.length < found.length)
    throw new Unavailable(`${WHO}: ${numbers.length} of ${found.length} parcels found so far: ${numbers.join(', ')}`)
  return { trackingNumber, purchase: await fetchNumbers({ ...o, numbers }) }
}

/** Fetches the labels of a purchase one of whose numbers is known; null when the carrier does not give them. */
export async function fetchPurchase(o: Asked & { trackingNumber: string }): Promise<Purchase | null> {
  const { request, trackingNumber, client } = o
  if (request.parcels.length === 1) return fetchNumbers({ ...o, numbers: [trackingNumber] })
  const { shipOn } = request
  const numbers = await eachOf(request.parcels, ({ reference }) => numberOf({ client, reference, shipOn }))
  const known = numbers.filter((number) => number !== null)
  if (known.length < numbers.length || !known.includes(trackingNumber)) return null
  return fetchNumbers({ ...o, numbers: known })
}

/** By parcel number: the schema has the search, but only a reservation number is known to be taken. */
async function fetchNumbers({
  client,
  request,
  print,
  numbers,
}: Asked & { numbers: string[] }): Promise<Purchase | null> {
  const files = await eachOf(numbers, (number) => fetchLabel({ client, number, print }))
  const labels = files.flatMap((bytes, i) =>
    bytes ? [labelOf({ reference: request.parcels[i]?.reference ?? '', number: numbers[i] ?? '', bytes, print })] : [],
  )
  return labels.length === numbers.length ? { labels, price: null } : null
}

async function fetchLabel(o: { client: ChronopostClient; number: string; print: Print }): Promise<Uint8Array | null> {
  const { client, number, print } = o
  try {
    const reply = answerOf(await client.getReservedByNumber({ number, mode: print.mode }), Reserved, { buys: false })
    assertDone(reply, { buys: false })
    return reply.skybill ? bytesOf(reply.skybill, print) : null
  } catch (error) {
    if (error instanceof Refused && error.code !== 'login-refused') return null
    throw error
  }
}

type Sought = { client: ChronopostClient; reference: string; shipOn: string }

/** The number of the parcel with this reference; null when none shows yet. */
async function numberOf(o: Sought): Promise<string | null> {
  const reply = answerOf(await o.client.trackWithSenderRef(o.reference), FoundByReference, { buys: false })
  const numbers = isNothingFound(reply) ? [] : distinct(reply.listParcel)
  const [only = null, ...others] = numbers.length === 1 ? numbers : await searchNumbers(o)
  if (others.length > 0)
    throw new Refused(
      'in-doubt',
      `plusieurs colis portent la référence ${o.reference} : ${[only, ...others].join(', ')}`,
    )
  return only
}

/** The second way tells the reference of each parcel, so that only this very one counts. */
async function searchNumbers({ client, reference, shipOn }: Sought): Promise<string[]> {
  const days = { from: frenchDay(shipOn, -7), until: frenchDay(shipOn, 7) }
  const reply = answerOf(await client.trackSearch({ reference, ...days }), Searched, { buys: false })
  if (isNothingFound(reply)) return []
  return distinct(reply.listInfosPOD.filter(({ shipperRef }) => shipperRef === reference))
}

/** True for an answer that says "none"; any other error throws. */
function isNothingFound(reply: Outcome): boolean {
  const isOther = ![0, 1, 3, 33].includes(reply.errorCode)
  if (isOther && /not found|no (parcel|result|data)|introuvable|inconnu|aucun/i.test(spokenOf(reply))) return true
  assertDone(reply, { buys: false })
  return false
}

const distinct = (parcels: { skybillNumber?: string | undefined }[]): string[] => [
  ...new Set(parcels.map(({ skybillNumber }) => skybillNumber ?? '').filter(Boolean)),
]
