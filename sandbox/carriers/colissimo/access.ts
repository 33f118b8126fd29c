import type { Context, Next } from 'hono'
import { readJson, refuse } from './replies.ts'

/** A customer of the carrier: its key, or its account and password, both being accepted. */
export interface Access {
  apiKey: string
  account: string
  password: string
}

/** What a request may bring to say who it is. */
export interface Credentials {
  apiKey?: unknown
  login?: unknown
  password?: unknown
}

/** Whether somebody is the customer: a key decides alone, else the account and its password do. */
export function isCustomer(access: Access, { apiKey, login, password }: Credentials): boolean {
  if (apiKey !== undefined) return apiKey === access.apiKey
  return login === access.account && password === access.password
}

/** Lets only the customer into the label service: a wrong key is 403; an account and password come in headers or in the body, and are 400. */
export const onlyCustomer = (access: Access) => async (c: Context, next: Next) => {
  const apiKey = c.req.header('apikey')
  const body = (await readJson(c)) as { contractNumber?: unknown; password?: unknown } | undefined
  const login = c.req.header('login') ?? body?.contractNumber
  const password = c.req.header('password') ?? body?.password
  if (isCustomer(access, { apiKey, login, password })) return next()
  return refuse(c, [{ id: '30000' }], apiKey === undefined ? 400 : 403)
}

/** The account that a request is made for: its sub-account, or the customer's own. */
export function accountOf(
  access: Access,
  request: {
    contractNumber?: string | undefined
    fields?: { field?: { key: string; value: string }[] | undefined } | undefined
  },
): string {
  const chosen = request.fields?.field?.find(({ key }) => key === 'ACCOUNT_NUMBER')?.value
  return chosen ?? request.contractNumber ?? access.account
}
