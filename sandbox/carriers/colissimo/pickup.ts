import { Hono } from 'hono'
import { z } from 'zod'
import type { Access } from './access.ts'
import { faultOfCaller, faultOfLookUp, faultOfSearch, POINT_TEXTS, type PointCode } from './point-rules.ts'
import { findPoint, searchPoints } from './point-search.ts'
import { readJson } from './replies.ts'

// A number is taken where a text is expected: callers send both.
const anyRequest = z.record(z.string(), z.union([z.string(), z.number().transform(String)]))

/** Points of withdrawal near an address, and one of them by its id; faults are told in a reply with 200. */
export function openPickup(access: Access): Hono {
  const app = new Hono().basePath('/pointretrait-ws-cxf/rest/v2/pointretrait')
  app.post('/findRDVPointRetraitAcheminement', async (c) => {
    const read = anyRequest.safeParse(await readJson(c))
    if (!read.success) return c.json(replyOf(1000), 400)
    const fault = faultOfCaller(access, read.data) ?? faultOfSearch(read.data)
    return c.json(fault ? withList(fault) : search(read.data))
  })
  app.post('/findPointRetraitAcheminementByID', async (c) => {
    const read = anyRequest.safeParse(await readJson(c))
    if (!read.success) return c.json(replyOf(1000), 400)
    const { id = '', reseau } = read.data
    const fault = faultOfCaller(access, read.data) ?? faultOfLookUp(read.data)
    const point = fault ? undefined : findPoint(id, reseau)
    return c.json({ ...replyOf(fault ?? (point ? 0 : 124)), pointRetraitAcheminement: point ?? null })
  })
  return app
}

function search(request: Record<string, string>) {
  const { zipCode = '', countryCode = '', weight = '1', filterRelay = '1' } = request
  const { points, isEmpty } = searchPoints({
    zipCode,
    countryCode,
    grams: Number(weight),
    hasShops: filterRelay === '1',
  })
  if (points.length === 0) return withList(isEmpty ? 301 : 300)
  return { ...head(0, request.requestId), listePointRetraitAcheminement: points }
}

const replyOf = (errorCode: 0 | PointCode) => ({
  errorCode,
  errorMessage: errorCode === 0 ? 'Code retour OK' : POINT_TEXTS[errorCode],
})

const head = (errorCode: 0 | PointCode, requestId = '1') => ({
  ...replyOf(errorCode),
  qualiteReponse: errorCode === 0 ? 2 : 0,
  rdv: false,
  wsRequestId: requestId,
})

const withList = (errorCode: PointCode) => ({ ...head(errorCode), listePointRetraitAcheminement: [] })
