/** What operators read for each stable failure code: the cause, and what to do about it. */
export const FAILURES = {
  'unknown-payment-method': {
    title: 'Mode de règlement inconnu',
    remedy: 'Faites correspondre ce mode de règlement à un mode de Codial, puis relancez.',
  },
  'unknown-carrier': {
    title: 'Mode de livraison inconnu',
    remedy: 'Ajoutez ou corrigez une règle sur la page « Règles de transport » (menu Transport), puis relancez.',
  },
  'unknown-item': {
    title: 'Article inconnu',
    remedy: "Créez l'article dans Codial ou faites correspondre sa référence, puis relancez.",
  },
  'unknown-vat-rate': {
    title: 'Taux de TVA inconnu',
    remedy: 'Faites correspondre ce taux à un taux de Codial ou corrigez-le sur la boutique, puis relancez.',
  },
  'unknown-status': {
    title: 'Statut de la boutique inconnu',
    remedy: "Dites dans les correspondances ce qu'il faut faire des commandes de ce statut (Admission), puis relancez.",
  },
  'totals-mismatch': {
    title: 'Total de la commande incohérent',
    remedy: "Vérifiez la commande sur la boutique; si l'écart est un chèque cadeau, déclarez-le, puis relancez.",
  },
  'unreadable-order': {
    title: 'Commande illisible',
    remedy: 'Corrigez la commande sur la boutique; elle sera relue, puis relancez.',
  },
  'not-offered': {
    title: 'Non proposé par ce transporteur',
    remedy: 'Choisissez un autre service ou un autre transporteur, ou faites-le sur le portail du transporteur.',
  },
  'customs-incomplete': {
    title: 'Déclaration en douane incomplète',
    remedy: "Complétez l'article dans la table « Douane » du site (code SH, origine), puis relancez.",
  },
  'label-taken': {
    title: 'Colis déjà pris en charge',
    remedy:
      'Le transporteur a déjà ce colis : retrouvez-le ou réclamez-le, puis ignorez cette étape ; son étiquette reste surveillée.',
  },
  'address-refused': { title: 'Adresse refusée', remedy: "Corrigez l'adresse de livraison, puis relancez." },
  'in-doubt': {
    title: 'Résultat inconnu, à vérifier',
    remedy:
      "Vérifiez à l'extérieur si l'opération a eu lieu avant de relancer : elle ne sera jamais refaite à l'aveugle.",
  },
  'login-refused': {
    title: 'Identifiants refusés',
    remedy: 'Corrigez la clé ou le jeton dans les réglages, puis relancez.',
  },
  'mail-refused': { title: 'E-mail refusé', remedy: "Corrigez l'adresse du client ou ignorez cet envoi." },
  'payment-partial': { title: 'Règlement partiel', remedy: 'Décidez dans Codial, puis relancez pour continuer.' },
  'payment-overpaid': {
    title: 'Trop-perçu',
    remedy: 'Décidez dans Codial, puis relancez pour continuer.',
  },
  'state-forbidden': {
    title: "Impossible dans l'état du document",
    remedy: 'Vérifiez le document dans Codial, puis relancez ou ignorez.',
  },
  'cancel-too-late': {
    title: 'Annulation demandée trop tard',
    remedy: 'La commande est déjà partie : traitez le retour, puis ignorez cette demande.',
  },
  'order-changed': {
    title: 'Commande modifiée sur la boutique',
    remedy: 'Corrigez la commande dans Codial puis relancez, ou ignorez la modification.',
  },
  'changed-too-late': {
    title: 'Commande modifiée après expédition',
    remedy: 'Le colis est parti : traitez la différence avec le client puis relancez, ou ignorez.',
  },
  'refund-made': {
    title: 'Remboursement fait sur la boutique',
    remedy: "Faites l'avoir dans Codial puis relancez, ou ignorez si rien n'est à faire.",
  },
  refused: { title: 'Refusé', remedy: 'Lisez le message, corrigez la cause, puis relancez.' },
  unavailable: { title: 'Injoignable', remedy: "Vérifiez que le service répond, puis relancez : rien n'est perdu." },
  defect: { title: 'Défaut du connecteur', remedy: 'Déployez la correction, puis relancez.' },
} as const satisfies Record<string, { title: string; remedy: string }>

/** A stable word for a cause of refusal; a contract with the console, the reports and the operators' habits. */
export type FailureCode = keyof typeof FAILURES

/** The outside did not answer well enough to know, or asked to come back later: wait and try again. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  /** Milliseconds asked for by Retry-After, when it was given. */
  readonly retryAfterMs: number | undefined
  /** True when it is proven that nothing happened outside (refused connection, 429), so that a repeat is safe. */
  readonly nothingHappened: boolean

  constructor(
    message: string,
    { retryAfterMs, nothingHappened = false }: { retryAfterMs?: number; nothingHappened?: boolean } = {},
  ) {
    super(message.slice(0, 200))
    this.retryAfterMs = retryAfterMs
    this.nothingHappened = nothingHappened
  }
}

/** A person can mend it: carries a stable code and the remedy, in French, without personal data. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: FailureCode
  readonly remedy: string

  constructor(code: FailureCode, detail = '') {
    super(`${code}${detail ? `: ${detail}` : ''}`.slice(0, 200))
    this.code = code
    this.remedy = [detail, FAILURES[code].remedy].filter(Boolean).join(' — ').slice(0, 400)
  }
}

/** What a parked step shows: the code, and one French sentence with the remedy. */
export interface Trouble {
  code: string
  remedy: string
}
