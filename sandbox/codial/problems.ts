const CODES = {
  jeton_refuse: [401, 'Jeton refusé'],
  interdit: [403, 'Interdit'],
  inconnu: [404, 'Inconnu'],
  cle_reutilisee: [409, "Clé d'idempotence réutilisée"],
  etat_interdit: [409, "Impossible dans l'état du document"],
  article_inconnu: [422, 'Article inconnu'],
  tva_inconnue: [422, 'Taux de TVA inconnu'],
  mode_reglement_inconnu: [422, 'Mode de règlement inconnu'],
  total_incoherent: [422, 'Total incohérent'],
  champ_invalide: [422, 'Champ invalide'],
  debit_limite: [429, 'Débit limité'],
  indisponible: [503, 'Indisponible'],
} as const satisfies Record<string, readonly [number, string]>

/** The stable words of a refusal (contract of Codial, section 2). */
export type ProblemCode = keyof typeof CODES

/** A refusal on its way to become an RFC 9457 answer; `champ` is the JSON pointer of the culprit. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly champ: string | undefined
  readonly status: number

  constructor(code: ProblemCode, detail: string, champ?: string, status: number = CODES[code][0]) {
    super(detail)
    this.code = code
    this.champ = champ
    this.status = status
  }
}

/** The HTTP answer of a refusal; a limit and an outage say when to come back. */
export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  const { code, champ, status, message: detail } = problem
  const body = { type: `urn:codial:erreur:${code}`, title: CODES[code][1], status, detail, code, champ }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json; charset=utf-8', ...RETRY[code], ...headers },
  })
}

const RETRY: Partial<Record<ProblemCode, Record<string, string>>> = {
  jeton_refuse: { 'WWW-Authenticate': 'Bearer' },
  debit_limite: { 'Retry-After': '1' },
  indisponible: { 'Retry-After': '5' },
}
