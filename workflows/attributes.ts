import { defineSearchAttributeKey } from '@temporalio/common'

/** Search attributes, as the Temporal UI filters by them; never personal data. */
export const SITE = defineSearchAttributeKey('Site', 'KEYWORD')
export const ORDER_REFERENCE = defineSearchAttributeKey('OrderReference', 'KEYWORD')
export const ERP_DOCUMENT = defineSearchAttributeKey('ErpDocument', 'KEYWORD')
export const STAGE = defineSearchAttributeKey('Stage', 'KEYWORD')
export const CARRIER = defineSearchAttributeKey('Carrier', 'KEYWORD')
export const BRANCH = defineSearchAttributeKey('Branch', 'KEYWORD')
export const OPERATOR = defineSearchAttributeKey('Operator', 'KEYWORD')
export const FAILURE_CODE = defineSearchAttributeKey('FailureCode', 'KEYWORD')
export const PENDING_STEP = defineSearchAttributeKey('PendingStep', 'KEYWORD_LIST')
export const NEEDS_ATTENTION = defineSearchAttributeKey('NeedsAttention', 'BOOL')
export const PARKED_AT = defineSearchAttributeKey('ParkedAt', 'DATETIME')
