import type { LabelAddress } from './schema.ts'

const LANGUAGES = ['FR', 'ES', 'IT', 'NL', 'EN', 'DE']

/** Whether an e-mail address has the form that the carrier asks for, text@text.text. */
export const isEmail = (text: string): boolean =>
  text.length >= 5 && text.length <= 80 && /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text)

/** Whether the carrier writes notices in a language. */
export const isLanguage = (code: string): boolean => LANGUAGES.includes(code.toUpperCase())

/** A CEDEX postcode belongs to one company: the name, the street and the city may then be left out. */
export const isCedex = ({ city }: LabelAddress): boolean => /\bcedex\b/i.test(city ?? '')

/** Whether a text is a day of the calendar, YYYY-MM-DD. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T12:00:00Z`).toJSON()?.startsWith(text) === true

/** Today in Paris, YYYY-MM-DD. */
export const parisDate = (now: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' }).format(now)
