import { type Context, Hono } from 'hono'
import { EVENT_CODES } from './events.ts'
import { COUNTRIES } from './places.ts'
import { refuse, refuseBusiness, refuseMissing } from './problems.ts'
import { PRODUCTS } from './products.ts'
import { SERVICES } from './service-rules.ts'

type Row = { attribute: string; value: string }[]
const yes = (is: boolean): string => (is ? 'Yes' : 'No')
const rowOf = (values: Record<string, string>): Row =>
  Object.entries(values).map(([attribute, value]) => ({ attribute, value }))

const SETS: Record<string, () => Row[]> = {
  country: () => COUNTRIES.map(({ code, name }) => rowOf({ countryCode: code, countryName: name })),
  productCode: () =>
    PRODUCTS.map(({ code, name, content, isDocument, maxWeightKg, deliveryTime }) =>
      rowOf({
        productCode: code,
        productName: name,
        productContentCode: content,
        docNonDocIndicator: isDocument ? 'Y' : 'N',
        shipmentMaximumWeight: maxWeightKg.toFixed(3),
        defaultDeliveryTime: deliveryTime,
      }),
    ),
  serviceCode: () =>
    Object.entries(SERVICES).map(([code, { name }]) => rowOf({ serviceCode: code, serviceName: name })),
  trackingEventCode: () =>
    EVENT_CODES.map(({ code, description, hasServiceArea, isVisible }) =>
      rowOf({
        eventTypeCode: code,
        eventTypeDescription: description,
        eventWithServiceAreaDetail: yes(hasServiceArea),
        visibleToCustomer: yes(isVisible),
      }),
    ),
}

const COMPARE: Record<string, (value: string, wanted: string) => boolean> = {
  equal: (value, wanted) => value === wanted,
  notEqual: (value, wanted) => value !== wanted,
  contains: (value, wanted) => value.includes(wanted),
}

/** Code lists: countries, products, services and tracking events, filtered by one attribute. */
export function openReferenceData(): Hono {
  const app = new Hono()
  app.get('/reference-data', sendList)
  return app
}

function sendList(c: Context): Response {
  const datasetName = c.req.query('datasetName')
  if (!datasetName) return refuseMissing(c, ['datasetName'])
  const attribute = c.req.query('filterByAttribute')
  const compare = COMPARE[c.req.query('comparisonOperator') ?? 'equal']
  const isShort = c.req.query('queryString')?.split(':').length !== 3
  if (!compare || (c.req.query('queryString') !== undefined && isShort)) return refuseBusiness(c, [QUERY_SHAPE])
  const wanted = c.req.query('filterByValue') ?? ''
  const rows = (Object.hasOwn(SETS, datasetName) ? SETS[datasetName]?.() : undefined) ?? []
  const data = rows.filter(
    (row) => !attribute || row.some((one) => one.attribute === attribute && compare(one.value, wanted)),
  )
  if (data.length) return c.json({ referenceData: [{ datasetName, data }] })
  const title = 'Reference Data Not found'
  return refuse(c, { httpStatus: 404, title, message: title, details: ['5030: No reference data found'] })
}

const QUERY_SHAPE =
  '5029: Parameters not having correct format: queryString must be provided in format [filterByAttribute:filterByValue:comparisonOperator].'
