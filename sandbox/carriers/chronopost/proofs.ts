import { type Carrier, findParcel, stateOf } from './carrier.ts'
import type { Operation } from './door.ts'
import { textOf } from './element.ts'
import { drawText } from './label.ts'
import type { Parcel } from './model.ts'
import { parisTime } from './paris.ts'
import { ALL_RIGHT, checkLogin, refuse } from './problems.ts'

/** The proof of delivery of a parcel, once it is delivered. */
export function proofOperations(carrier: Carrier): Record<string, Operation> {
  return {
    async searchPOD(request) {
      const problem = checkLogin(carrier, request)
      if (problem) return refuse(problem, { podPresente: false, statusCode: 0 })
      const parcel = findParcel(carrier, textOf(request, 'skybillNumber').trim())
      const isThere = parcel !== undefined && stateOf(parcel) === 'D'
      const isAsked = ['true', '1'].includes(textOf(request, 'pdf').trim())
      const proof = isThere && isAsked ? { formatPOD: 'PDF', pod: await drawProofOf(parcel) } : {}
      return { ...ALL_RIGHT, ...proof, podPresente: isThere, statusCode: 0 }
    },
  }
}

async function drawProofOf({ skybillNumber, recipient, scans, soldAt }: Parcel): Promise<string> {
  const lines = [skybillNumber, `Livré à ${recipient.Name ?? ''}`, parisTime(scans.at(-1)?.at ?? soldAt), 'SPECIMEN']
  return (await drawText('Preuve de livraison Chronopost', lines)).toString('base64')
}
