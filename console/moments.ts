import { html } from 'hono/html'

const ZONE = { timeZone: 'Europe/Paris' } as const
const DAY = new Intl.DateTimeFormat('fr-FR', { ...ZONE, day: '2-digit', month: '2-digit', year: 'numeric' })
const MINUTE = new Intl.DateTimeFormat('fr-FR', { ...ZONE, hour: '2-digit', minute: '2-digit' })
const SECOND = new Intl.DateTimeFormat('fr-FR', { ...ZONE, hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** "24/11/2026 15:32" in Paris. */
export const dayAndMinute = (at: Date): string => `${DAY.format(at)} ${MINUTE.format(at)}`

/** "24/11/2026 15:32:08" in Paris, for exports. */
export const dayAndSecond = (at: Date): string => `${DAY.format(at)} ${SECOND.format(at)}`

/** A moment for the eye (day and minute in Paris) and for machines (ISO). */
export const moment = (at: Date) =>
  html`<time datetime="${at.toISOString()}" title="${dayAndSecond(at)}">${dayAndMinute(at)}</time>`

/** How long something took or has lasted: "12 s", "3 min", "2 h 05", "4 j". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 1) return 'moins de 1\u00a0s'
  if (seconds < 60) return `${seconds}\u00a0s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes}\u00a0min`
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)}\u00a0h\u00a0${String(minutes % 60).padStart(2, '0')}`
  return `${Math.floor(minutes / 1440)}\u00a0j`
}
