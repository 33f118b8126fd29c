import { findArticle } from './catalogue.ts'
import { absolute, centsOf, decimalOf, divideRounded, quantityOf, sumOf, unitsOf, vatInside } from './decimals.ts'
import type { InvoiceLine, OrderBody } from './model.ts'

/** What an invoice takes from one line of an order: its quantity in units of 10^-4, and cents VAT included. */
export interface SoldLine {
  line: OrderBody['lignes'][number]
  quantity: bigint
  gross: bigint
  /** The VAT category that a rate of zero means for this customer. */
  zeroCategory: string
}

/** The amounts of an invoice; every sum is exact, and the total is that of the lines, VAT included. */
export interface Amounts {
  lignes: InvoiceLine[]
  totaux_par_taux: { taux_tva: string; base_ht: string; montant_tva: string }[]
  total_ht: string
  total_tva: string
  total_ttc: string
}

/** Computes an invoice in TTC mode: VAT is held in the total of each rate, and the lines share its base to the cent. */
export function computeAmounts(sold: SoldLine[]): Amounts {
  const grossByRate = new Map<string, bigint>()
  const lignes = sold.map((one, i) => {
    const rate = one.line.taux_tva
    const before = grossByRate.get(rate) ?? 0n
    grossByRate.set(rate, before + one.gross)
    return invoiceLine(one, i + 1, netOf(before + one.gross, rate) - netOf(before, rate))
  })
  const rates = [...grossByRate].sort(([a], [b]) => Number(unitsOf(b, 2) - unitsOf(a, 2)))
  const vat = sumOf(rates.map(([rate, gross]) => vatInside(gross, rate)))
  const gross = sumOf(rates.map(([, amount]) => amount))
  return {
    lignes,
    totaux_par_taux: rates.map(([rate, amount]) => ({
      taux_tva: rate,
      base_ht: decimalOf(netOf(amount, rate)),
      montant_tva: decimalOf(vatInside(amount, rate)),
    })),
    total_ht: decimalOf(gross - vat),
    total_tva: decimalOf(vat),
    total_ttc: decimalOf(gross),
  }
}

const netOf = (gross: bigint, rate: string): bigint => gross - vatInside(gross, rate)

function invoiceLine({ line, quantity, zeroCategory }: SoldLine, rang: number, net: bigint): InvoiceLine {
  const { reference, designation, taux_tva } = line
  const { unit, discount } = netPrice({ line, quantity, net })
  return {
    rang,
    reference,
    designation,
    quantite: quantityOf(quantity),
    unite: findArticle(reference)?.unite ?? 'PCE',
    prix_unitaire_ht: decimalOf(unit, 4),
    remise_ht: decimalOf(discount),
    taux_tva,
    categorie_tva: taux_tva === '0.00' ? zeroCategory : 'S',
    montant_ht: decimalOf(net),
  }
}

/** The unit price (units of 10^-4) and discount for which quantity x price - discount is the line's net amount to the cent. */
function netPrice(o: { line: SoldLine['line']; quantity: bigint; net: bigint }): { unit: bigint; discount: bigint } {
  const sign = o.line.prix_unitaire_ttc.startsWith('-') ? -1n : 1n
  const given = centsOf(o.line.remise_ttc ?? '0.00')
  const share = divideRounded(given * o.quantity, unitsOf(o.line.quantite, 4))
  const full = absolute(o.net + netOf(share, o.line.taux_tva))
  const amountFor = (unit: bigint) => divideRounded(o.quantity * unit, 1_000_000n)
  const own = netOf(absolute(unitsOf(o.line.prix_unitaire_ttc, 4)), o.line.taux_tva)
  const nearest = divideRounded(full * 1_000_000n, o.quantity)
  const above = (full * 1_000_000n + o.quantity - 1n) / o.quantity
  const unit = [own, nearest].find((price) => amountFor(price) === full) ?? above
  return { unit: sign * unit, discount: sign * amountFor(unit) - o.net }
}
