const HOUR = 3_600_000
const CLOCK = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' })

/** What the clocks of Paris show at an instant: "2026-03-16T15:00:00". */
const parisTime = (instant: number): string => CLOCK.format(instant).replace(' ', 'T')

/** The ISO day in Paris, some days later or earlier. */
export const parisDay = (now: Date, days = 0): string =>
  new Date(Date.parse(`${parisTime(now.getTime()).slice(0, 10)}T00:00:00Z`) + days * 24 * HOUR)
    .toISOString()
    .slice(0, 10)

/** Milliseconds that Paris is ahead of UTC at an instant. */
const offsetAt = (instant: number): number => Date.parse(`${parisTime(instant)}Z`) - Math.floor(instant / 1000) * 1000

/** The instant of a reading of Paris's clocks; NaN when it is none. */
function instantOf(local: string): number {
  const asUtc = Date.parse(`${local}Z`)
  return Number.isNaN(asUtc) ? asUtc : asUtc - offsetAt(asUtc - offsetAt(asUtc))
}

/** A Paris time as DHL wants it: "2026-03-16T15:00:00 GMT+01:00"; error 998 for any other shape. */
export function stampOf(local: string): string {
  const hours = offsetAt(instantOf(local)) / HOUR
  return `${local} GMT+0${hours}:00`
}

/** When a parcel is handed over, never in the past: 15:00 on its day, or in an hour; Paris time. */
export function handOverTime({ shipOn, now }: { shipOn: string; now: Date }): string {
  const today = parisDay(now)
  const soon = parisTime(now.getTime() + HOUR)
  const planned = `${shipOn > today ? shipOn : today}T15:00:00`
  if (planned >= soon) return planned
  return soon.startsWith(today) ? soon : `${soon.slice(0, 10)}T15:00:00`
}

/** The ISO moment of an event; read as Paris time when it names no offset, as the reply of many shipments does (contract, 3.8). */
export function momentOf(o: { date: string; time: string; offset: string }): string | null {
  const [, clock = '', own = ''] = /^(\d\d:\d\d(?::\d\d)?)(.*)$/.exec(o.time.trim()) ?? []
  const local = `${o.date.trim()}T${clock || '00:00:00'}`
  const [, hours, minutes] = /([+-]\d\d):?(\d\d)/.exec((own || o.offset).replace(/^Z$/, '+00:00')) ?? []
  const instant = hours ? Date.parse(`${local}${hours}:${minutes}`) : instantOf(local)
  return Number.isNaN(instant) ? null : new Date(instant).toISOString()
}
