import { isCountry } from './countries.ts'
import { type Fault, faults } from './messages.ts'
import type { CustomsArticle } from './schema.ts'

const CURRENCIES = ['USD', 'EUR', 'CHF', 'GBP', 'CNY', 'JPY', 'CAD', 'AUD']
const LONGEST = { description: 64, artref: 44 }

const isPlain = (text: string) => text.length <= LONGEST.description && /^[\x20-\x7e]+$/.test(text)

/** One line of the customs form; commercial goods and returns need their tariff number and origin. */
export function rulesOfArticle(
  article: CustomsArticle,
  { isCommercial, isReturn }: { isCommercial: boolean; isReturn: boolean },
): Fault[] {
  return [...rulesOfAmounts(article), ...rulesOfGoods(article, isCommercial || isReturn), ...rulesOfMoney(article)]
}

function rulesOfAmounts({ description, quantity, weight, value }: CustomsArticle): Fault[] {
  return faults([
    [description === undefined, '30510'],
    [description !== undefined && !isPlain(description), '30511', description],
    [quantity === undefined, '30512'],
    [quantity !== undefined && quantity < 1, '30513', String(quantity)],
    [weight === undefined, '30514'],
    [weight !== undefined && weight <= 0, '30515', String(weight)],
    [value === undefined, '30516'],
    [value !== undefined && value <= 0, '30517', String(value)],
  ])
}

function rulesOfGoods({ hsCode, originCountry: origin }: CustomsArticle, isAsked: boolean): Fault[] {
  return faults([
    [isAsked && hsCode === undefined, '30518'],
    [hsCode !== undefined && !/^(\d{6}|\d{8}|\d{10})$/.test(hsCode), '30519', hsCode],
    [isAsked && origin === undefined, '30520'],
    [origin !== undefined && !isCountry(origin), '30521', origin],
  ])
}

function rulesOfMoney({ currency, artref }: CustomsArticle): Fault[] {
  return faults([
    [currency !== undefined && !CURRENCIES.includes(currency), '30544', currency],
    [artref !== undefined && artref.length > LONGEST.artref, '30543', artref],
  ])
}
