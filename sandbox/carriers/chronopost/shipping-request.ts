import { childOf, childrenOf, type Element, textOf, textsOf } from './element.ts'
import type { Party } from './model.ts'

/** A purchase as its rules read it; an element that was left out is an empty list or an empty text. */
export interface ShippingRequest {
  /** Names of the elements right under the operation. */
  given: string[]
  header: Record<string, string>
  password: string
  shippers: Party[]
  customers: Party[]
  recipients: Party[]
  refs: Record<string, string>[]
  skybills: Record<string, string>[]
  slots: Record<string, string>[]
  customs: Element[]
  mode: string
  withReservation: string
  modeRetour: string
  /** 1 where the operation has no such element. */
  numberOfParcel: number
  version: string
  /** Empty where the operation has no such element. */
  multiParcel: string
  isSingle: boolean
}

/** Reads any of the shipping operations: they differ in a few elements only. */
export function readShipping(request: Element): ShippingRequest {
  const params = childOf(request, 'skybillParamsValue')
  const isSingle = request.name === 'shippingV7'
  return {
    given: request.children.map(({ name }) => name),
    header: textsOf(childOf(request, 'headerValue')),
    password: textOf(request, 'password'),
    shippers: partiesOf(request, 'shipper'),
    customers: partiesOf(request, 'customer'),
    recipients: partiesOf(request, 'recipient'),
    refs: childrenOf(request, 'refValue').map(textsOf),
    skybills: childrenOf(request, 'skybillValue').map(textsOf),
    slots: childrenOf(request, 'scheduledValue').map((slot) => textsOf(childOf(slot, 'appointmentValue'))),
    customs: childrenOf(request, 'customsValue'),
    mode: textOf(params, 'mode'),
    withReservation: textOf(params, 'withReservation').trim(),
    modeRetour: textOf(request, 'modeRetour'),
    numberOfParcel: isSingle ? 1 : Number(textOf(request, 'numberOfParcel')),
    version: textOf(request, 'version'),
    multiParcel: textOf(request, 'multiParcel'),
    isSingle,
  }
}

/** "shipperCity" becomes "City". */
function partiesOf(request: Element, role: string): Party[] {
  return childrenOf(request, `${role}Value`).map((element) =>
    Object.fromEntries(
      Object.entries(textsOf(element)).map(([name, text]) => [
        name.startsWith(role) ? name.slice(role.length) : name,
        text,
      ]),
    ),
  )
}
