import { mayFollow, NEXT_STATES, type OrderState } from './order.ts'
import type { SiteRules } from './site.ts'

/**
 * Whether a state must be shown on the shop: it is 'shown' already, or the shop 'differs' (ended, ahead of us, or in a
 * status of the merchant's own) and is left alone, or the push is 'needed'.
 */
export function judgePush({
  now,
  state,
  rules,
}: {
  now: string
  state: OrderState
  rules: SiteRules
}): 'needed' | 'shown' | 'differs' {
  const wanted = rules.shopStatuses[state]
  if (!wanted || now === wanted) return 'shown'
  const isEnding = state === 'cancelled' || state === 'refunded'
  if (rules.admission[now] === undefined || (rules.admission[now] === 'ignore' && state !== 'refunded'))
    return 'differs'
  return !isEnding && isAhead(now, state, rules) ? 'differs' : 'needed'
}

/** True when the shop's status stands only for states that come after ours. */
function isAhead(now: string, state: OrderState, { shopStatuses }: SiteRules): boolean {
  const meant = (Object.keys(NEXT_STATES) as OrderState[]).filter((each) => shopStatuses[each] === now)
  return meant.length > 0 && meant.every((each) => each !== state && mayFollow(state, each) && !mayFollow(each, state))
}
