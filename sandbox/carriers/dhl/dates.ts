const SHAPE = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}) ?GMT([+-]\d{2}:\d{2})$/
const DAY = 86_400_000
const FARTHEST_DAYS = 10

/** Reads `2026-03-16T15:00:00 GMT+01:00`, with or without the blank; undefined for anything else. */
export function readMoment(text: string): Date | undefined {
  const [, wall, offset] = SHAPE.exec(text) ?? []
  if (wall === undefined) return undefined
  const moment = new Date(`${wall}${offset}`)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

/** What is wrong with a planned date: its shape, in the past, too far ahead; undefined when it will do. */
export function dateFault(text: string, now: Date): 'shape' | 'past' | 'far' | undefined {
  const moment = readMoment(text)
  if (!moment) return 'shape'
  if (moment < now) return 'past'
  return moment.getTime() - now.getTime() > FARTHEST_DAYS * DAY ? 'far' : undefined
}

/** An instant as a service area writes it, without any zone: date and time of its wall clock. */
export function wallClockOf(at: string | Date, zone: string): { date: string; time: string } {
  const [date = '', time = ''] = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
    .format(new Date(at))
    .split(' ')
  return { date, time }
}

/** The offset of a zone at an instant: `+01:00`. */
export function offsetOf(at: string | Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    new Date(at),
  )
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  return name === 'GMT' ? '+00:00' : name.slice(3)
}

/** The day so many working days after an instant (Monday to Friday), YYYY-MM-DD. */
export function workingDayAfter(from: Date, days: number): string {
  const day = new Date(from)
  for (let left = days; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1)
    if (day.getUTCDay() % 6 !== 0) left -= 1
  }
  return day.toISOString().slice(0, 10)
}
