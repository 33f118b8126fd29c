import type { Journey } from '../carrier-sandbox.ts'
import type { Piece, Scan } from './model.ts'

/** The code of a shipment that was sold and not seen yet. */
export const ANNOUNCED = 'DUMMY_PU'

const USUAL = ['PU', 'DF', 'WC', 'OK']
const AT_ORIGIN = [ANNOUNCED, 'PU', 'DF']

/** The way of a new piece: picked up, departed, out with the courier, delivered. */
export const firstRoute = (): string[] => [...USUAL]

/** Whether a code happens in the sender's country; a parcel on hold stays where it was. */
export const happensAtOrigin = (code: string, last: Scan | undefined): boolean =>
  AT_ORIGIN.includes(code) || (code === 'OH' && last?.isAtOrigin === true)

const ONWARD: Record<Journey, (ahead: string[], last: string) => string[]> = {
  delivered: (ahead) => ahead,
  // Nobody at home for a courier, on hold anywhere else.
  incident: (ahead, last) => [last === 'WC' ? 'NH' : 'OH', ...(last === 'WC' ? ['WC'] : []), ...ahead],
  // It waits there until it is sent on.
  pickup: (ahead) => [...ahead.filter((code) => code !== 'WC' && code !== 'OK'), 'CC'],
  returned: (ahead) => [...ahead.filter((code) => code !== 'OK'), 'RD', 'RT'],
}

/** What a piece has still to go on another way, from where it is. */
export function routeFrom(piece: Piece, journey: Journey): string[] {
  const seen = piece.scans.map(({ code }) => code)
  const farthest = Math.max(-1, ...seen.map((code) => USUAL.indexOf(code)))
  const isWaiting = seen.includes('CC')
  const ahead = USUAL.slice(farthest + 1).filter((code) => !isWaiting || code !== 'WC')
  return ONWARD[journey](ahead, seen.at(-1) ?? ANNOUNCED)
}

const FINAL = ['OK', 'RT']

/** Whether nothing can come any more. */
export const hasArrived = ({ scans }: Piece): boolean => FINAL.includes(scans.at(-1)?.code ?? '')

/** A scan with its rank among those of the same code, so that pieces can be compared. */
interface Ranked extends Scan {
  key: string
}

function rank({ scans }: Piece): Ranked[] {
  const counts = new Map<string, number>()
  return scans.map((scan) => {
    const count = (counts.get(scan.code) ?? 0) + 1
    counts.set(scan.code, count)
    return { ...scan, key: `${scan.code} ${count}` }
  })
}

/** What the shipment as a whole went through: each scan once, and PD as long as only some pieces are delivered. */
export function shipmentScans(pieces: Piece[]): Scan[] {
  const all = pieces.flatMap(rank).sort((a, b) => a.at.localeCompare(b.at))
  const steps = Map.groupBy(all, ({ key }) => key)
  const scans = [...steps.values()].flatMap((same): Scan[] => {
    const [first, last] = [same[0], same.at(-1)]
    if (!first || !last) return []
    if (!FINAL.includes(first.code)) return [first]
    const partly = first.code === 'OK' && first.at !== last.at ? [{ ...first, code: 'PD' }] : []
    if (same.length === pieces.length) return [...partly, last]
    return first.code === 'OK' ? [{ ...first, code: 'PD' }] : []
  })
  return scans.map(({ code, at, isAtOrigin }) => ({ code, at, isAtOrigin })).sort((a, b) => a.at.localeCompare(b.at))
}
