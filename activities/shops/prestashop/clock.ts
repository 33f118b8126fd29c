const HOUR = 3_600_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** True when the zone's name, such as "Europe/Paris", is one that we know. */
export function isZone(zone: string): boolean {
  try {
    return Boolean(zone && formatOf(zone))
  } catch {
    return false
  }
}

/** Writes an instant as the shop's own clock shows it: "2026-10-25 02:30:00", without a zone. */
export function localOf(instant: number, zone: string): string {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  )
  const [date, time] = [
    ['year', 'month', 'day'],
    ['hour', 'minute', 'second'],
  ].map((names) => names.map((name) => parts.get(name as Intl.DateTimeFormatPartTypes)))
  return `${date?.join('-')} ${time?.join(':')}`
}

/** Reads a local time as an ISO instant: the earlier of the two in October's doubled hour, the later clock in March's missing one. */
export function instantOf(local: string, zone: string): string {
  const asUtc = Date.parse(`${local.replace(' ', 'T')}Z`)
  const candidates = [-24 * HOUR, 24 * HOUR].map((away) => asUtc - offsetAt(asUtc + away, zone))
  const real = candidates.filter((instant) => localOf(instant, zone) === local)
  return isoOf(real.length > 0 ? Math.min(...real) : Math.max(...candidates))
}

/** The smallest local time that the shop can have written from this instant on: an hour less before clocks go back. */
export function readFrom(instant: number, zone: string): string {
  const repeated = Math.max(0, offsetAt(instant, zone) - offsetAt(instant + HOUR, zone))
  return localOf(instant - repeated, zone)
}

/** A whole second as ISO text, always in the same form so that texts compare as moments. */
export const isoOf = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`

/** Milliseconds that the zone is ahead of UTC at an instant. */
const offsetAt = (instant: number, zone: string): number =>
  Date.parse(`${localOf(instant, zone).replace(' ', 'T')}Z`) - Math.floor(instant / 1000) * 1000

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  const format = new Intl.DateTimeFormat('en-GB', { ...fields, second: '2-digit', hourCycle: 'h23', timeZone: zone })
  formats.set(zone, format)
  return format
}
