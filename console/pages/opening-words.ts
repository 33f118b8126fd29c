const WEEK = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']

/** When a place is open, days with the same hours together: "lundi à vendredi : 09:00–12:00 et 14:00–19:00". */
export function openingWords(opening: Record<string, string>): string[] {
  const runs: { days: string[]; hours: string }[] = []
  for (const day of WEEK) {
    const hours = opening[day] ?? ''
    const last = runs.at(-1)
    if (last?.hours === hours) last.days.push(day)
    else runs.push({ days: [day], hours })
  }
  return runs.filter(({ hours }) => hours).map(({ days, hours }) => `${daysWords(days)} : ${hoursWords(hours)}`)
}

function daysWords(days: string[]): string {
  if (days.length === WEEK.length) return 'tous les jours'
  const [first = '', last = first] = [days[0], days.at(-1)]
  return days.length > 2 ? `${first} à ${last}` : days.join(' et ')
}

/** A span is never broken over two lines (U+2060 joins). */
const hoursWords = (hours: string): string => hours.replaceAll('-', '\u2060–\u2060').split(' ').join(' et ')

/** "350 m", "1,2 km". */
export const distanceWords = (metres: number): string =>
  metres < 1_000 ? `${metres}\u00a0m` : `${KILOMETRES.format(metres / 1_000)}\u00a0km`

const KILOMETRES = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 })
