import { z } from 'zod'
import { type Units, unitsFrom } from './amounts.ts'

/** Magento leaves empty members out or says null; texts then read as empty. */
export const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? ''))
/** A number of a row. */
export const id = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)])
/** Yes or no, as 1, "1" or true. */
export const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .transform((value) => value === true || Number(value) === 1)

/** An amount or a rate, exactly. */
export const amount = z.union([z.number(), z.string()]).transform((value, context): Units => {
  const units = unitsFrom(value)
  if (units !== null) return units
  context.addIssue('not an amount')
  return z.NEVER
})
/** An amount that may be missing. */
export const known = amount.nullish().transform((value) => value ?? null)
/** An amount that is nothing where it is missing. */
export const orZero = z
  .literal('')
  .transform(() => 0n)
  .or(amount)
  .nullish()
  .transform((value) => value ?? 0n)

/** `2026-11-24 04:21:41`, always UTC. */
export const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  .transform((value) => `${value.replace(' ', 'T')}Z`)
  .refine((value) => !Number.isNaN(Date.parse(value)))

/** PHP writes an empty object as `[]`. */
export const object = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value == null || Array.isArray(value) ? {} : value), schema)
/** A list that may be missing. */
export const list = <S extends z.ZodType>(schema: S) =>
  z
    .array(schema)
    .nullish()
    .transform((value) => value ?? [])
/** A status in the merchant's own words; null when the order lost it. */
export const status = text.transform((value) => value || null)
