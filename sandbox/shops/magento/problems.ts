/** One mistake of a request, as Magento words it: `%name` in the message stands for a parameter and is not replaced. */
export interface Mistake {
  message: string
  parameters?: Record<string, unknown> | unknown[]
}

/** A refusal as Magento writes it. */
export class Refusal extends Error {
  readonly status: number
  readonly body: Mistake & { errors?: Mistake[] }

  constructor(status: number, body: Mistake & { errors?: Mistake[] }) {
    super(body.message)
    this.status = status
    this.body = body
  }
}

/** A mistake of input: 400. */
export const badRequest = (message: string, parameters?: Mistake['parameters']): Refusal =>
  new Refusal(400, { message, ...(parameters ? { parameters } : {}) })

/** A parameter that must be there and is not. */
export const required = (fieldName: string): Refusal =>
  badRequest('"%fieldName" is required. Enter and try again.', { fieldName })

/** Proof of who is asking that was read and refused. */
export const badProof = (message: string, parameters?: unknown[]): Refusal =>
  new Refusal(401, { message, ...(parameters ? { parameters } : {}) })

/** Nobody known is asking, or somebody without the right: the same text for both. */
export const notAuthorized = (resources: string): Refusal =>
  new Refusal(401, { message: "The consumer isn't authorized to access %resources.", parameters: { resources } })

/** No row with this number. */
export const noEntity = (): Refusal =>
  new Refusal(404, { message: "The entity that was requested doesn't exist. Verify the entity and try again." })

/** No such address, or no such method there. */
export const noRoute = (): Refusal => new Refusal(404, { message: 'Request does not match any route.' })

/** What the database refuses, in production mode: no detail. */
export const internalError = (): Refusal =>
  new Refusal(500, {
    message: 'Internal Error. Details are available in Magento log file. Report ID: webapi-65f0c0ffee',
  })

/** A document that the business rules refuse, with every reason on its own line. */
export const invalidDocument = (name: 'Invoice' | 'Shipment' | 'Creditmemo', reasons: string[]): Refusal =>
  badRequest(`${name} Document Validation Error(s):\n${reasons.join('\n')}`)
