import { storeDocument } from '../db/documents.ts'
import { type Effect, performOnce, type Verdict } from '../db/effects.ts'
import { addParcel, hasLeft } from '../db/shipments.ts'
import { Refused, Unavailable } from '../domain/failures.ts'
import type { Cents } from '../domain/money.ts'
import type { OrderRef } from '../domain/order.ts'
import type { Carrier, Label, LabelRequest, Paper, Purchase } from './carriers/carrier.ts'
import type { Deps } from './deps.ts'
import { lostLabelPdf } from './documents/lost-label-pdf.ts'
import { type LabelStep, labelRequest } from './label-request.ts'

type Sold = { reference: string; trackingNumber: string; rank: number }

/** The steps that buy labels: each once, whatever crashes. */
export function labelActivities(deps: Deps) {
  const { db, carrierOf, siteOf, findsWithin } = deps

  /** The effect of one purchase: what to do, and how to settle a doubt about it. */
  function purchase(o: {
    step: LabelStep
    request: LabelRequest
    carrier: Carrier
    keep: (bought: Purchase) => Promise<Sold[]>
  }): Pick<Effect<{ labels: Sold[]; price: Cents | null }>, 'act' | 'find' | 'adopt' | 'numberOf'> {
    const { step, request, carrier, keep } = o
    const kept = async (bought: Purchase) => {
      if (bought.labels.length !== request.parcels.length) throw new Error('not one label a parcel')
      return { labels: await keep(bought), price: bought.price }
    }
    return {
      act: async ({ start }) => {
        await carrier.checkLabels(request)
        await start()
        return kept(await carrier.createLabels(request))
      },
      find: async ({ startedAt }) => {
        const found = await carrier.findLabels(request)
        if (typeof found === 'object' && found.purchase) return kept(found.purchase)
        const { findsWithin: delay } = carrier.abilities
        const mayComeYet = found === 'absent' && Date.now() - startedAt.getTime() < findsWithin(delay ?? 0)
        if (mayComeYet) throw new Unavailable(`${step.carrier}: ${request.reference} is not visible yet`)
        throw new Refused('in-doubt', doubtOf({ name: step.carrier, carrier, request, found }))
      },
      adopt: async (given) => {
        const numbers = given.split(/[\s,;]+/).filter(Boolean)
        const fetched = await carrier.fetchLabels({ trackingNumber: numbers[0] ?? '', request })
        return kept(fetched ?? (await withoutLabel({ request, numbers, name: step.carrier, carrier })))
      },
      numberOf: ({ labels }) => [...new Set(labels.map(({ trackingNumber }) => trackingNumber))].join(', '),
    }
  }

  async function keepPapers(
    order: OrderRef,
    kind: 'label' | 'return-label',
    { reference, trackingNumber, ...label }: Label,
  ) {
    const document = `${kind}-${reference}`
    const named = (paper: Paper) => ({
      name: `${trackingNumber}.${ENDINGS[paper.mediaType]}`,
      mediaType: paper.mediaType,
    })
    await storeDocument(db, { id: document, ref: order, kind, ...named(label.label), bytes: label.label.bytes })
    for (const [i, paper] of label.papers.entries()) {
      const paperKind = paper.kind === 'invoice' ? 'customs-invoice' : paper.kind
      const id = `${paperKind}-${reference}${i > 0 ? `-${i}` : ''}`
      await storeDocument(db, { id, ref: order, kind: paperKind, ...named(paper), bytes: paper.bytes })
    }
    return document
  }

  return {
    /** How many parcels one purchase at this carrier may hold. */
    parcelsPerPurchase: async ({ carrier }: { carrier: string }): Promise<number> =>
      carrierOf(carrier).abilities.parcelsPerPurchase,

    /** Buys the labels of one or several parcels in one purchase, once. */
    async createLabels(step: LabelStep & { verdict?: Verdict | undefined }): Promise<{ labelled: number[] }> {
      const { order, deliveryNote, ranks, generation, carrier: code, verdict } = step
      const [rank] = ranks
      const [carrier, request] = [carrierOf(code), await labelRequest(deps, step)]
      const branch = siteOf(order.site).rules.branch
      const keep = (bought: Purchase) =>
        inTurn(bought.labels, async (label, i) => {
          const document = await keepPapers(order, 'label', label)
          const { reference, trackingNumber, pieceNumber, trackingUrl } = label
          const parcel = {
            reference,
            deliveryNote,
            ref: order,
            rank: rankOf(request, reference),
            carrier: code,
            service: request.service,
            branch,
          }
          const price = i === 0 ? bought.price : null // a purchase has one price
          await addParcel(db, { ...parcel, trackingNumber, pieceNumber, trackingUrl, document, price })
          return { reference, trackingNumber, rank: parcel.rank }
        })
      const { labels } = await performOnce(db, {
        ref: order,
        step: `label:${deliveryNote}:${rank}${generation ? `:${generation}` : ''}`,
        verdict,
        ...purchase({ step, request, carrier, keep }),
      })
      return { labelled: labels.map(({ rank }) => rank) }
    },

    /** Buys the label with which a parcel comes back, once. */
    async createReturnLabel(
      o: Omit<LabelStep, 'isReturn'> & { verdict?: Verdict | undefined },
    ): Promise<{ document: string }> {
      const { order, deliveryNote, ranks, generation, verdict } = o
      const [rank] = ranks
      if (!(await hasLeft(db, deliveryNote)))
        throw new Refused('state-forbidden', `le bon ${deliveryNote} n'est pas encore parti`)
      const step = { ...o, isReturn: true }
      const [carrier, request] = [carrierOf(o.carrier), await labelRequest(deps, step)]
      const keep = (bought: Purchase) =>
        inTurn(bought.labels, async (label) => {
          await keepPapers(order, 'return-label', label)
          const { reference, trackingNumber } = label
          return { reference, trackingNumber, rank: rankOf(request, reference) }
        })
      await performOnce(db, {
        ref: order,
        step: `return-label:${deliveryNote}:${rank}${generation ? `:${generation}` : ''}`,
        verdict,
        ...purchase({ step, request, carrier, keep }),
      })
      return { document: `return-label-${request.reference}` }
    },
  }
}

function rankOf({ parcels }: LabelRequest, reference: string): number {
  const parcel = parcels.find((one) => one.reference === reference)
  if (!parcel) throw new Error('a label of no parcel that was asked for')
  return parcel.rank
}

const ENDINGS: Record<Paper['mediaType'], string> = {
  'application/pdf': 'pdf',
  'application/zpl': 'zpl',
  'application/dpl': 'dpl',
}

async function inTurn<A, B>(all: A[], work: (one: A, index: number) => Promise<B>): Promise<B[]> {
  const done: B[] = []
  for (const [i, one] of all.entries()) done.push(await work(one, i))
  return done
}

interface Doubt {
  name: string
  carrier: Carrier
  request: LabelRequest
  found: Awaited<ReturnType<Carrier['findLabels']>>
}

/** What a person must know to decide: where to look, the two choices, and what each costs. */
function doubtOf({ name, carrier, request: { reference }, found }: Doubt): string {
  const unused = carrier.abilities.voids
    ? 'annulez alors l’ancienne sur son portail'
    : 'l’ancienne, jamais déposée, n’est en principe pas facturée'
  if (typeof found === 'object')
    return `${name} a vendu l’étiquette ${found.trackingNumber} (${reference}) mais ne la redonne pas : donnez ce numéro pour la garder (à imprimer sur son portail, rien n’est racheté), ou relancez sans numéro pour en acheter une autre (${unused})`
  return `cherchez ${reference} sur le portail ${name} : trouvée, donnez son numéro (rien n’est racheté) ; absente, relancez sans numéro (une étiquette neuve est achetée ; ${unused})`
}

/**
 * Stands for labels that were bought but that the carrier does not give again: a page that says where to print them. A person
 * gives one number for each parcel, in their order; one is enough where the pieces of a shipment share it.
 */
async function withoutLabel(o: {
  request: LabelRequest
  numbers: string[]
  name: string
  carrier: Carrier
}): Promise<Purchase> {
  const { request, numbers, name, carrier } = o
  if (numbers.length < request.parcels.length && !carrier.abilities.sharesNumber)
    throw new Refused('in-doubt', `donnez les ${request.parcels.length} numéros, dans l’ordre des colis`)
  const labels = await inTurn(request.parcels, async ({ reference, rank }, i) => {
    const trackingNumber = numbers[i] ?? (numbers[0] as string)
    return {
      reference,
      trackingNumber,
      pieceNumber: null,
      trackingUrl: carrier.trackingPage(trackingNumber),
      label: {
        kind: 'label' as const,
        mediaType: 'application/pdf' as const,
        bytes: await lostLabelPdf({ carrier: name, trackingNumber, reference, rank }),
      },
      papers: [],
    }
  })
  return { labels, price: null }
}
