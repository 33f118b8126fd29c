/** A day as the carrier writes it, some days away: "2026-03-16" and 1 -> "17/03/2026". */
export function frenchDay(day: string, away = 0): string {
  const moved = new Date(Date.parse(`${day}T12:00:00Z`) + away * 86_400_000)
  return moved.toISOString().slice(0, 10).split('-').reverse().join('/')
}
