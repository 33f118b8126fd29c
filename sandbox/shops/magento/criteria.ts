import { badRequest, required } from './problems.ts'
import { intOf, listOf, membersOf, type Tree, textOf } from './query.ts'

/** One condition on one column. */
export interface Filter {
  field: string
  value: string
  condition_type: string
}

/** What a list is asked for: groups are ANDed, the filters inside one are ORed. */
export interface Criteria {
  filter_groups: { filters: Filter[] }[]
  sort_orders?: { field: string; direction: 'ASC' | 'DESC' }[]
  page_size?: number
  current_page?: number
}

/** Reads `searchCriteria[...]`; a list without any is refused, an empty one asks for everything. */
export function readCriteria(tree: Tree, o: { maxPageSize?: number } = {}): Criteria {
  const given = tree.searchCriteria ?? tree.search_criteria
  if (given === undefined) throw required('searchCriteria')
  const members = membersOf(given, ['filter_groups', 'sort_orders', 'page_size', 'current_page'])
  const sorts = listOf(members.sort_orders).map(readSort)
  const [size, page] = [intOf(members.page_size), intOf(members.current_page)]
  if (o.maxPageSize !== undefined && size !== undefined && size > o.maxPageSize) {
    throw badRequest('Maximum SearchCriteria pageSize is %max', { max: o.maxPageSize })
  }
  return {
    filter_groups: listOf(members.filter_groups).map(readGroup),
    ...(sorts.length > 0 ? { sort_orders: sorts } : {}),
    ...(size === undefined ? {} : { page_size: size }),
    ...(page === undefined ? {} : { current_page: page }),
  }
}

const readGroup = (group: Tree | string) => ({
  filters: listOf(membersOf(group, ['filters']).filters).map(readFilter),
})

function readFilter(filter: Tree | string): Filter {
  const { field, value, condition_type } = membersOf(filter, ['field', 'value', 'condition_type'])
  return { field: textOf(field) ?? '', value: textOf(value) ?? '', condition_type: textOf(condition_type) ?? 'eq' }
}

/** Without a direction Magento sorts downwards. */
function readSort(sort: Tree | string): { field: string; direction: 'ASC' | 'DESC' } {
  const { field, direction } = membersOf(sort, ['field', 'direction'])
  const wanted = (textOf(direction) ?? 'DESC').toUpperCase()
  if (wanted !== 'ASC' && wanted !== 'DESC') {
    const parameters = { value: textOf(direction), fieldName: 'direction' }
    throw badRequest('Invalid value of "%value" provided for the %fieldName field.', parameters)
  }
  return { field: textOf(field) ?? '', direction: wanted }
}
