/** One condition of a search; several are ANDed. */
export interface Filter {
  field: string
  is: 'eq' | 'gt' | 'gteq' | 'in'
  value: string | number
}

/** A search: conditions, ascending order, page from 1, and the members that are wanted. */
export interface Criteria {
  filters?: Filter[]
  sort?: string[]
  page?: number
  pageSize?: number
  fields?: string
}

/** Writes a search as Magento's query; each condition has a group of its own, as filters inside a group are ORed. */
export function criteriaQuery({ filters = [], sort = [], page = 1, pageSize, fields }: Criteria) {
  const query: Record<string, string> = {}
  filters.forEach(({ field, is, value }, group) => {
    const name = `searchCriteria[filter_groups][${group}][filters][0]`
    query[`${name}[field]`] = field
    if (is !== 'eq') query[`${name}[condition_type]`] = is
    query[`${name}[value]`] = String(value)
  })
  sort.forEach((field, i) => {
    query[`searchCriteria[sortOrders][${i}][field]`] = field
    query[`searchCriteria[sortOrders][${i}][direction]`] = 'ASC'
  })
  if (pageSize) query['searchCriteria[pageSize]'] = String(pageSize)
  query['searchCriteria[currentPage]'] = String(page)
  if (fields) query.fields = fields
  return query
}

/** Magento's moments: UTC without a suffix, whole seconds. */
export const magentoTime = (iso: string): string => new Date(iso).toISOString().slice(0, 19).replace('T', ' ')
