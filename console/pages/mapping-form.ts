import { customsGoodsOf } from '../../domain/goods.ts'
import { decimalOf, unitsOf } from '../../domain/money.ts'
import { ORDER_LABELS } from '../../domain/order.ts'
import type { Mapping, MappingKind, SiteRules } from '../../domain/site.ts'

/** The source under which the one rule for gaps is kept. */
export const GAP_SOURCE = '*'

/** A correspondence ready to be saved, or what is wrong with it. */
export type CheckedMapping = { mapping: Mapping } | { problem: string }

/** Checks and tidies what a person entered. */
export function checkMapping(entered: Mapping): CheckedMapping {
  const [kind, source, target] = [
    entered.kind,
    entered.kind === 'gap' ? GAP_SOURCE : entered.source.trim(),
    entered.target.trim(),
  ]
  if (!source || !target) return { problem: 'Remplissez les deux côtés de la correspondance.' }
  if (source.length > 200 || target.length > 100) return { problem: 'Ce texte est trop long.' }
  return CHECKS[kind]({ kind, source, target })
}

type Check = (mapping: Mapping) => CheckedMapping

const code: Check = (mapping) =>
  /^[\w.\-/ ]+$/.test(mapping.target)
    ? { mapping }
    : { problem: 'Un code de Codial est fait de lettres, chiffres, points, tirets et traits bas.' }

const CHECKS: Record<MappingKind, Check> = {
  admission: (mapping) =>
    ['import', 'wait', 'ignore'].includes(mapping.target)
      ? { mapping }
      : { problem: 'Écrivez import, wait (attendre le règlement) ou ignore.' },
  'shop-status': (mapping) =>
    Object.hasOwn(ORDER_LABELS, mapping.source)
      ? { mapping }
      : { problem: `Écrivez à gauche un état parmi : ${Object.keys(ORDER_LABELS).join(', ')}.` },
  'payment-method': code,
  item: code,
  fee: code,
  gap: code,
  'vat-rate'(mapping) {
    const [source, target] = [rateOf(mapping.source), rateOf(mapping.target)]
    if (!source || !target) return { problem: 'Écrivez les taux avec deux décimales, par exemple 20.00.' }
    return { mapping: { ...mapping, source, target } }
  },
  'erp-status': (mapping) =>
    Object.hasOwn(ORDER_LABELS, mapping.target)
      ? { mapping }
      : { problem: 'Choisissez l’état de la commande dans la liste.' },
  customs: (mapping) =>
    customsGoodsOf(mapping.target)
      ? { mapping }
      : { problem: 'Écrivez code SH (6, 8 ou 10 chiffres)/pays d’origine/désignation, par exemple 34011100/FR/Savon.' },
}

/** "20", "20,0" and "20.00 %" all become "20.00", the form that rates are compared in. */
function rateOf(text: string): string | null {
  const units = unitsOf(text.replace(',', '.').replace(/\s*%$/, ''), 2)
  return units !== null && units >= 0n && units <= 10_000n ? decimalOf(units) : null
}

/** What holds for a site where its operators entered nothing. */
export function defaultsOf(rules: SiteRules, kind: MappingKind): { source: string; target: string }[] {
  const rows: Record<MappingKind, [string, string | null][]> = {
    'payment-method': Object.entries(rules.paymentMethods),
    item: Object.entries(rules.items),
    'vat-rate': Object.entries(rules.vatRates),
    fee: Object.entries(rules.fees),
    'erp-status': Object.entries(rules.erpStatuses),
    admission: Object.entries(rules.admission),
    'shop-status': Object.entries(rules.shopStatuses),
    gap: [[GAP_SOURCE, rules.gapMethod]],
    customs: Object.entries(rules.customs).map(([reference, { hsCode, origin, description }]) => [
      reference,
      `${hsCode}/${origin}/${description}`,
    ]),
  }
  return rows[kind].flatMap(([source, target]) => (target ? [{ source, target }] : []))
}
