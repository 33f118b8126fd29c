import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { useDesk } from './magento-desk.ts'

const { desk, open, call, later } = useDesk()

describe('lists', () => {
  const count = async (query: string) => {
    const { status, body } = await call('GET', `/orders?${query}&fields=total_count`)
    return status === 200 ? (body as { total_count: number }).total_count : status
  }
  const where = (group: number, filter: number, field: string, value: string, condition = 'eq') => {
    const base = `searchCriteria[filter_groups][${group}][filters][${filter}]`
    return `${base}[field]=${field}&${base}[value]=${encodeURIComponent(value)}&${base}[condition_type]=${condition}`
  }

  it('OR inside a group, AND between groups; every condition', async () => {
    await open()
    for (const template of ['paid-card', 'coupons-fee-bank-transfer', 'guest-no-tax']) {
      desk.shop.placeOrder({ template, seed: 0 })
      later(1)
    }
    const either = `${where(0, 0, 'state', 'new')}&${where(0, 1, 'entity_id', '3')}`
    assert.equal(await count(either), 2)
    assert.equal(await count(`${either}&${where(1, 0, 'entity_id', '3', 'neq')}`), 1)
    const conditions: [string, string, string, number][] = [
      ['updated_at', '2026-11-24 10:01:00', 'gteq', 2],
      ['updated_at', '2026-11-24 10:01:00', 'gt', 1],
      ['updated_at', '2026-11-24', 'from', 3],
      ['updated_at', '2026-11-24 10:00:00', 'to', 1],
      ['grand_total', '84.42', 'lteq', 2],
      ['increment_id', '000000001,000000003', 'in', 2],
      ['increment_id', '000000001,000000003', 'nin', 1],
      ['customer_email', 'JEANNE%', 'like', 2],
      ['coupon_code', '', 'null', 2],
      ['coupon_code', '', 'notnull', 1],
      ['applied_rule_ids', '3', 'finset', 1],
      ['updated_at', '2026-11-24T10:00:00Z', 'gteq', 500],
      ['no_such_column', '1', 'eq', 500],
    ]
    for (const [field, value, condition, expected] of conditions)
      assert.equal(await count(where(0, 0, field, value, condition)), expected, `${field} ${condition} ${value}`)
  })

  it('give everything without a page size, sort downwards by default, know camel case', async () => {
    await open()
    for (let seed = 1; seed <= 25; seed++) desk.shop.placeOrder({ seed })
    const ids = async (query: string) => {
      const { body } = await call('GET', `/orders?${query}&fields=items[entity_id]`)
      return (body as { items: { entity_id: number }[] }).items.map((order) => order.entity_id)
    }
    assert.equal((await ids('searchCriteria')).length, 25)
    assert.deepEqual(await ids('searchCriteria[sortOrders][0][field]=entity_id&searchCriteria[pageSize]=2'), [25, 24])
    assert.deepEqual(
      await ids(
        'searchCriteria[sort_orders][0][field]=entity_id&searchCriteria[sort_orders][0][direction]=ASC&' +
          'searchCriteria[page_size]=10&searchCriteria[current_page]=3',
      ),
      [21, 22, 23, 24, 25],
    )
    assert.equal((await call('GET', '/orders')).status, 400)
    assert.equal((await call('GET', '/orders?searchCriteria[pageSize]=ten')).status, 400)
  })
})
