import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'

const file = new URL('../../data/dhl/schemas.json', import.meta.url)
const ajv = new Ajv({
  allErrors: true,
  strict: false,
  verbose: true,
  // 0.7 is not a multiple of 0.001 in binary floating point; the carrier takes it all the same.
  multipleOfPrecision: 6,
  formats: { date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/ },
})
ajv.addSchema({ $id: 'mydhl', ...JSON.parse(readFileSync(file, 'utf8')) })

const compiled = new Map<string, ValidateFunction>()

function validatorOf(name: string): ValidateFunction {
  const known = compiled.get(name) ?? ajv.compile({ $ref: `mydhl#/$defs/${name}` })
  compiled.set(name, known)
  return known
}

/** What a message breaks in the schema of this name, in the words of the carrier; empty when it is right. */
export function schemaProblems(name: string, message: unknown): string[] {
  const validate = validatorOf(name)
  return validate(message) ? [] : (validate.errors ?? []).map(textOf)
}

type Writer = (o: { params: Record<string, unknown>; data: unknown }) => string

const lengthOf = (data: unknown): number => (Array.isArray(data) || typeof data === 'string' ? data.length : 0)
const nameOfType = (data: unknown): string => {
  if (data === null) return 'Null'
  if (Array.isArray(data)) return 'JSONArray'
  if (typeof data === 'object') return 'JSONObject'
  return typeof data === 'number' ? 'Number' : typeof data === 'boolean' ? 'Boolean' : 'String'
}
const capital = (text: unknown): string => String(text).replace(/^./, (letter) => letter.toUpperCase())

// Texts as in the recorded refusals of the carrier, where one was recorded; the others follow the same wording.
const TEXTS: Record<string, Writer> = {
  additionalProperties: ({ params }) => `extraneous key [${params.additionalProperty}] is not permitted`,
  required: ({ params }) => `required key [${params.missingProperty}] not found`,
  maxLength: ({ params, data }) => `expected maxLength: ${params.limit}, actual: ${lengthOf(data)}`,
  minLength: ({ params, data }) => `expected minLength: ${params.limit}, actual: ${lengthOf(data)}`,
  maxItems: ({ params, data }) => `expected maximum item count: ${params.limit}, found: ${lengthOf(data)}`,
  minItems: ({ params, data }) => `expected minimum item count: ${params.limit}, found: ${lengthOf(data)}`,
  type: ({ params, data }) => `expected type: ${capital(params.type)}, found: ${nameOfType(data)}`,
  enum: ({ data }) => `${JSON.stringify(data)} is not a valid enum value`,
  pattern: ({ params, data }) => `string [${data}] does not match pattern ${params.pattern}`,
  format: ({ params, data }) => `[${data}] is not a valid ${params.format}`,
  minimum: ({ params, data }) => `${data} is not greater or equal to ${params.limit}`,
  maximum: ({ params, data }) => `${data} is not less or equal to ${params.limit}`,
  multipleOf: ({ params, data }) => `${data} is not a multiple of ${params.multipleOf}`,
  uniqueItems: () => 'array items are not unique',
}

function textOf({ keyword, instancePath, params, data, message }: ErrorObject): string {
  const write = TEXTS[keyword]
  return `#${instancePath}: ${write ? write({ params, data }) : message}`
}
