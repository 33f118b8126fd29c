import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { CarrierRule } from '../domain/carrier-choice.ts'
import type { Trouble } from '../domain/failures.ts'
import type { OrderState, WebOrder } from '../domain/order.ts'
import type { PaymentState } from '../domain/payment.ts'
import type { MappingKind } from '../domain/site.ts'
import type { ManifestsTable, ParcelsTable, ShipmentsTable, VoidedLabelsTable } from './schema-shipments.ts'

/** A moment: read as a date, written as a date or ISO text. */
export type Moment = ColumnType<Date, Date | string, Date | string>

/** A web order: the shop's last word about it, and where its life stands. The only home of personal data. */
export interface OrdersTable {
  site: string
  web_id: string
  number: string
  web_status: string
  snapshot: JSONColumnType<WebOrder> | null
  /** What kept the shop's order from being read, when it could not be. */
  refusal: JSONColumnType<Trouble> | null
  /** Hash of what a person could have changed; our own status pushes do not move it. */
  fingerprint: string
  modified_at: Moment
  placed_at: Moment
  imported_at: Generated<Date>
  total: number
  currency: string
  state: Generated<OrderState>
  payment_state: Generated<PaymentState>
  erp_number: string | null
  /** True once the life was surely started. */
  life_started: Generated<boolean>
  closed_at: Moment | null
  outcome: string | null
}

/** One effect outside: prepared (nothing sent yet), started (past the point of no return), done (answer known). */
export interface EffectsTable {
  key: string
  site: string
  web_id: string
  step: string
  state: 'prepared' | 'started' | 'done'
  answer: JSONColumnType<object> | null
  /** The number that the outside gave: shown in the timeline. */
  outside_number: string | null
  attempts: Generated<number>
  /** The decision that settled a doubt about this effect; it settles one doubt only. */
  settled_by: string | null
  started_at: Generated<Date>
  done_at: Moment | null
}

/** Bytes: labels, invoices, exported histories. */
export interface DocumentsTable {
  id: string
  site: string
  web_id: string
  kind:
    | 'label'
    | 'return-label'
    | 'customs-form'
    | 'waybill'
    | 'customs-invoice'
    | 'invoice'
    | 'history'
    | 'manifest'
    | 'print'
  name: string
  media_type: string
  bytes: Buffer
  sha256: string
  created_at: Generated<Date>
}

/** An invoice or credit note of the ERP, one row per order on it. */
export interface InvoicesTable {
  number: string
  site: string
  web_id: string
  kind: 'invoice' | 'credit-note'
  gross: number
  document: string | null
  created_at: Generated<Date>
}

/** A payment sighted for an order; `state` null until the ERP has it. */
export interface PaymentsTable {
  site: string
  web_id: string
  id: string
  method: string
  amount: number
  transaction_id: string | null
  paid_at: Moment
  state: PaymentState | null
}

/** How far a repeated reading has come. */
export interface CursorsTable {
  name: string
  value: string
  updated_at: Generated<Date>
}

/** One row of a site's table of correspondences. */
export interface MappingsTable {
  site: string
  kind: MappingKind
  source: string
  target: string
  operator: string
  updated_at: Generated<Date>
}

/** One rule of a site's own list of carriers; the list is replaced as a whole. */
export interface CarrierRulesTable {
  site: string
  /** From 0; the first rule that an order meets decides. */
  position: number
  rule: JSONColumnType<CarrierRule>
  operator: string
  updated_at: Generated<Date>
}

/** One row of "Rapport des opérations". */
export interface OperationsTable {
  id: string
  type: string
  direction: 'site-codial' | 'codial-site' | 'interne'
  site: string | null
  web_id: string | null
  erp_number: string | null
  light: Light
  message: string
  handled: Generated<number>
  created: Generated<number>
  modified: Generated<number>
  ignored: Generated<number>
  failed: Generated<number>
  trigger: 'planifié' | 'manuel' | 'webhook' | 'relance'
  operator: Generated<string>
  branch: string | null
  error_code: string | null
  remedy: string | null
  step: string | null
  parked_at: Moment | null
  started_at: Generated<Date>
  ended_at: Moment | null
}

/** The status light: success, success with rejects, failure, running, ignored, in doubt, waiting for a person. */
export type Light = 'vert' | 'orange' | 'rouge' | 'bleu' | 'gris' | 'violet'

/** A step that waits for a person; mirrors the workflow's search attributes for the console's lists. */
export interface ParkedStepsTable {
  site: string
  web_id: string
  workflow_id: string
  step: string
  code: string
  remedy: string
  may_skip: boolean
  since: Moment
}

/** A webhook delivery that was taken, by its hash: nothing of its content is kept. */
export interface WebhookDeliveriesTable {
  /** Hash of site, delivery id and content. */
  delivery: string
  site: string
  /** Hash of site and content: several hooks of a shop may send the same. */
  content: string
  received_at: Moment
}

/** The tables of the connector's own database. */
export interface Tables {
  orders: OrdersTable
  effects: EffectsTable
  documents: DocumentsTable
  shipments: ShipmentsTable
  parcels: ParcelsTable
  manifests: ManifestsTable
  voided_labels: VoidedLabelsTable
  invoices: InvoicesTable
  payments: PaymentsTable
  cursors: CursorsTable
  mappings: MappingsTable
  carrier_rules: CarrierRulesTable
  operations: OperationsTable
  parked_steps: ParkedStepsTable
  webhook_deliveries: WebhookDeliveriesTable
}
