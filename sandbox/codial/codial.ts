import { Hono } from 'hono'
import { type SandboxServer, serveSandbox } from '../kit.ts'
import { cancel } from './cancelling.ts'
import { makeDeliveryNote } from './deliveries.ts'
import { limitPace, limitSize, requireToken } from './doors.ts'
import { type ParcelsOf, usualParcels, workOnce } from './hand.ts'
import { type CodialInvoice, viewInvoice } from './invoice-view.ts'
import { invoice } from './invoices.ts'
import type { CodialDeliveryNote, CodialEvent, CodialOrder } from './model.ts'
import { findOrder, prepare, register } from './orders.ts'
import { pageRoutes } from './page/routes.ts'
import { Problem, problemResponse } from './problems.ts'
import { apiRoutes } from './routes.ts'
import { openWorld, type World } from './world.ts'

/** A running Codial, with what its branch can do; an act that the state forbids throws a `Problem`. */
export interface CodialSandbox extends SandboxServer {
  orders(): CodialOrder[]
  order(numero: string): CodialOrder
  invoices(): CodialInvoice[]
  deliveryNotes(): CodialDeliveryNote[]
  events(): CodialEvent[]
  /** Back among the registered orders. */
  register(numero: string): void
  prepare(numero: string): void
  /** Packs what is left of the order; answers the number of the delivery note. */
  makeDeliveryNote(numero: string, o?: { parcels?: 1 | 2; backOrder?: boolean }): string
  /** Invoices what has left; answers the number of the invoice. */
  invoice(numero: string): string
  cancel(numero: string, motif: string): void
  /** From now on each order goes one step on by itself at every pace. */
  startHand(paceMs: number, o?: { parcelsOf?: ParcelsOf }): void
  stopHand(): void
}

/** Starts an ERP Codial that answers `codial-api` as the contract says, on 127.0.0.1. */
export async function startCodial(o: {
  port?: number
  token: string
  file?: string
  now?: () => Date
  /** Default 10 (contract, section 2); 0 = no limit. */
  requestsPerSecond?: number
}): Promise<CodialSandbox> {
  const world = openWorld({ file: o.file, now: o.now ?? (() => new Date()) })
  const hand = openHand(world)
  const app = new Hono()
  app.onError((error) => {
    if (error instanceof Problem) return problemResponse(error)
    throw error
  })
  app.notFound(() => problemResponse(new Problem('inconnu', 'adresse inconnue')))
  app.use('/v1/*', requireToken(o.token), limitPace(o.requestsPerSecond ?? 10), limitSize)
  app.route('/v1', apiRoutes(world))
  app.route('/', pageRoutes(world))
  const server = await serveSandbox({ app, port: o.port ?? 0, ledger: world.ledger, onClose: hand.stopHand })
  return { ...server, ...branchOf(world), ...hand }
}

function branchOf(world: World) {
  const act = <T>(run: () => T): T => {
    const result = run()
    world.save()
    return result
  }
  const { state } = world
  return {
    orders: () => structuredClone(Object.values(state.orders).map(({ order }) => order)),
    order: (numero: string) => structuredClone(findOrder(world, numero)),
    invoices: () => Object.values(state.invoices).map((record) => structuredClone(viewInvoice(world, record))),
    deliveryNotes: () => structuredClone(Object.values(state.deliveryNotes)),
    events: () => structuredClone(state.events),
    register: (numero: string) => act(() => register(world, numero)),
    prepare: (numero: string) => act(() => prepare(world, numero)),
    makeDeliveryNote: (numero: string, o?: { parcels?: 1 | 2; backOrder?: boolean }) =>
      act(() => makeDeliveryNote(world, numero, o).numero),
    invoice: (numero: string) => act(() => invoice(world, numero).document.numero),
    cancel: (numero: string, motif: string) => act(() => cancel(world, numero, motif)),
  }
}

function openHand(world: World) {
  let timer: NodeJS.Timeout | undefined
  const stopHand = () => clearInterval(timer)
  const startHand = (paceMs: number, { parcelsOf = usualParcels }: { parcelsOf?: ParcelsOf } = {}) => {
    stopHand()
    timer = setInterval(() => workOnce(world, parcelsOf), paceMs)
  }
  return { startHand, stopHand }
}
