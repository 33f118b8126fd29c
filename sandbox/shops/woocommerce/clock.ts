const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    formatters.set(zone, formatter)
  }
  return formatter
}

/** An instant as WooCommerce writes GMT: `YYYY-MM-DDTHH:MM:SS`, without a zone. */
export const gmtOf = (date: Date): string => date.toISOString().slice(0, 19)

/** The instant of a GMT text of WooCommerce, in milliseconds. */
export const instantOfGmt = (gmt: string): number => Date.parse(`${gmt}Z`)

/** A GMT text as the shop's local time, without a zone. */
export function localOf(gmt: string, zone: string): string {
  return formatterOf(zone).format(instantOfGmt(gmt)).replace(' ', 'T')
}

/** The instant of a local time of the shop; of an hour that comes twice, the first. */
export function instantOfLocal(local: string, zone: string): number {
  const wall = instantOfGmt(local)
  const offsetAt = (instant: number) => instantOfGmt(localOf(gmtOf(new Date(instant)), zone)) - instant
  const day = 86_400_000
  const candidates = [wall - offsetAt(wall - day), wall - offsetAt(wall + day)].sort((a, b) => a - b)
  const [first = wall, second = wall] = candidates
  return first + offsetAt(first) === wall ? first : second
}
