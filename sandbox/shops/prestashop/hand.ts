import { rowsOf, type Shop } from './shop.ts'
import { isUnpaid, markPaid } from './states.ts'

/** What happens by itself: at each beat, orders that were already unpaid at the beat before get paid. */
export function openHand(shop: Shop): { startHand(paceMs: number): void; stopHand(): void } {
  let timer: NodeJS.Timeout | undefined
  let waiting = new Set<number>()
  const beat = () => {
    const unpaid = rowsOf(shop, 'orders').filter((order) => isUnpaid(shop, order))
    for (const order of unpaid.filter(({ id }) => waiting.has(id))) markPaid(shop, order)
    waiting = new Set(unpaid.map(({ id }) => id))
  }
  const stopHand = () => clearInterval(timer)
  const startHand = (paceMs: number) => {
    stopHand()
    timer = setInterval(beat, paceMs).unref()
  }
  return { startHand, stopHand }
}
