import { type FailureCode, Refused, Unavailable } from '../../../domain/failures.ts'
import { type SlsMessage, type SlsReply, WHO } from './wire.ts'

/** What a code of the label service means; `advice` says in French what to mend where our own remedy does not. */
interface Meaning {
  code: FailureCode
  advice?: string
}

/** The table of the contract (error-codes.csv), by what a person can do about it; the first line that matches counts. */
const MEANINGS: [codes: RegExp, meaning: Meaning][] = [
  [
    /^(30000|3000[789]|30700)$/,
    { code: 'login-refused', advice: 'clé, compte ou produit absent du contrat Colissimo' },
  ],
  [/^(3001[45]|30213|3031[2678]|3070[45]|4001[123])$/, { code: 'not-offered' }],
  [/^(30089|302\d\d|304\d\d|309\d\d|30600)$/, { code: 'address-refused' }],
  [/^305\d\d$/, { code: 'customs-incomplete' }],
  [/^(3004[3567]|30065|30085|3010\d)$/, { code: 'refused', advice: "adresse de l'expéditeur, à corriger" }],
  [/^(30018|3002[567])$/, { code: 'refused', advice: 'réglages du transporteur, à corriger' }],
  [/^(30002|30010|30017|3002[023])$/, { code: 'refused', advice: "date, port ou langue de l'envoi" }],
  [/^30090$/, { code: 'refused', advice: 'référence trop longue' }],
  [/^303\d\d$/, { code: 'refused', advice: 'poids, assurance ou option du colis' }],
  [/^(3070[123]|30800|30808|40014|40016|40018)$/, { code: 'refused', advice: 'contrat à régler avec Colissimo' }],
  [/^30(80|81|82)\d$/, { code: 'refused', advice: 'collecte ou livraison non acceptée à cette adresse' }],
  [/^(14040|40017|50005|948)$/, { code: 'refused', advice: "données de l'envoi incohérentes" }],
  [/^(50027|50031)$/, { code: 'refused', advice: 'bordereau : retirez ce colis' }],
]

/** Codes that are no error: success, and a return forced to the post office. */
const FINE = ['0', '30816']
/** Service temporarily unavailable. */
const TRANSIENT = '40015'

/** What a code of the label service means; undefined for one that the contract does not know. */
export const meaningOf = (id: string): Meaning | undefined => MEANINGS.find(([codes]) => codes.test(id))?.[1]

/** Nothing when the service says that all is well; else what its code means: `Refused`, or `Unavailable`. `buys` is true where an unknown outcome may have bought. */
export function assertDone({ status, messages }: SlsReply, { buys }: { buys: boolean }): void {
  const errors = messages.filter(({ id }) => !FINE.includes(id))
  const [error] = errors
  const says = errors.map(spoken).join(' ; ').slice(0, 150)
  if (status === 401 || status === 403) throw new Refused('login-refused', says || `HTTP ${status}`)
  if (error?.id === TRANSIENT) throw new Unavailable(`${WHO}: ${says}`, { nothingHappened: !buys })
  if (error) throw refusal(error.id, says)
  if (status >= 400) throw new Refused('refused', `HTTP ${status}`)
  if (status !== 200 || messages.length === 0)
    throw new Unavailable(`${WHO}: HTTP ${status} without an answer`, { nothingHappened: !buys })
}

function refusal(id: string, says: string): Refused {
  const { code, advice } = meaningOf(id) ?? { code: 'refused' as const }
  return new Refused(code, advice ? `${says} (${advice})` : says)
}

const PARCEL_NUMBER = /^[A-Z0-9]{13}$/

/** The carrier's code and its French sentence, with the parcels it speaks of when the sentence leaves them out; other values may be a person's. */
function spoken({ id, messageContent, replacementValues }: SlsMessage): string {
  const text = messageContent ?? ''
  const values = (replacementValues ?? []).map(({ value }) => value ?? '')
  const parcels = values.filter((value) => PARCEL_NUMBER.test(value) && !text.includes(value))
  return [id, text, ...parcels].filter(Boolean).join(' ')
}
