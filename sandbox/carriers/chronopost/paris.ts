const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' })

/** An instant as the services write it: Paris time with its offset, "2026-03-16T15:00:00+01:00". */
export function parisTime(at: string | Date): string {
  const instant = Math.floor(new Date(at).getTime() / 1000) * 1000
  const wall = clock.format(instant).replace(' ', 'T')
  const hours = Math.round((Date.parse(`${wall}Z`) - instant) / 3_600_000)
  return `${wall}+0${hours}:00`
}

/** The day of an xs:dateTime in Paris, YYYY-MM-DD; one without a zone is Paris time already. */
export const parisDay = (dateTime: string): string =>
  /(Z|[+-]\d\d:\d\d)$/.test(dateTime) ? parisTime(dateTime).slice(0, 10) : dateTime.slice(0, 10)

/** An ISO day out of "dd/MM/yyyy"; null when it is no day of the calendar. */
export function readFrenchDay(text: string): string | null {
  const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text) ?? []
  const iso = `${year}-${month}-${day}`
  const instant = Date.parse(`${iso}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(iso) ? iso : null
}
