import { ORDER_LABELS, type OrderState } from '../domain/order.ts'
import { TRACKING_LABELS, type TrackingStatus } from '../domain/shipment.ts'

interface Row {
  /** The effect's step in the database. */
  effect?: string
  /** The step's name in the life of an order or shipment. */
  step?: string
  done?: string
  todo: string
}

/** Everything that is done for an order, in French; $names are what the two names hold. */
const ROWS: Row[] = [
  { step: 'admit', todo: 'Contrôler la commande' },
  { effect: 'erp-order', step: 'register', done: 'Commande créée dans Codial', todo: 'Créer la commande dans Codial' },
  {
    effect: 'erp-cancel',
    step: 'cancel in Codial',
    done: 'Commande annulée dans Codial',
    todo: 'Annuler la commande dans Codial',
  },
  {
    effect: 'payment:$id',
    step: 'match payment $id',
    done: 'Règlement $id enregistré dans Codial',
    todo: 'Enregistrer le règlement $id dans Codial',
  },
  { step: 'decide payment $id', todo: 'Décider du règlement $id' },
  {
    effect: 'status:$state',
    step: 'push status $state',
    done: 'Statut $state affiché sur la boutique',
    todo: 'Afficher le statut $state sur la boutique',
  },
  {
    effect: 'label:$bl:$n',
    step: 'make label of parcel $n',
    done: 'Étiquette du colis $n créée ($bl)',
    todo: 'Créer l’étiquette du colis $n ($bl)',
  },
  {
    effect: 'label:$bl:$n:$again',
    done: 'Nouvelle étiquette du colis $n créée ($bl)',
    todo: 'Refaire l’étiquette du colis $n ($bl)',
  },
  { step: 'make labels', todo: 'Préparer les étiquettes ($bl)' },
  { step: 'make labels of parcels $ranks', todo: 'Créer les étiquettes des colis $ranks ($bl)' },
  { step: 'set aside label of parcel $n', todo: 'Mettre de côté l’étiquette du colis $n ($bl)' },
  { step: 'give up labels in doubt', todo: 'Rechercher les étiquettes en doute ($bl)' },
  { step: 'void label of parcel $n', todo: 'Annuler l’étiquette du colis $n ($bl)' },
  {
    effect: 'return-label:$bl:$n',
    step: 'make return label of parcel $n',
    done: 'Étiquette de retour du colis $n créée ($bl)',
    todo: 'Créer l’étiquette de retour du colis $n ($bl)',
  },
  {
    effect: 'return-label:$bl:$n:$again',
    done: 'Nouvelle étiquette de retour du colis $n créée ($bl)',
    todo: 'Refaire l’étiquette de retour du colis $n ($bl)',
  },
  {
    effect: 'tracking-erp:$bl:$n',
    step: 'announce parcel $n to Codial',
    done: 'Numéro de suivi du colis $n inscrit dans Codial ($bl)',
    todo: 'Inscrire le numéro de suivi du colis $n dans Codial ($bl)',
  },
  {
    effect: 'expedition:$bl',
    step: 'ship delivery note',
    done: 'Bon de livraison $bl expédié dans Codial',
    todo: 'Expédier le bon de livraison $bl dans Codial',
  },
  {
    effect: 'tracking-shop:$bl:$n',
    step: 'show parcel $n on the shop',
    done: 'Suivi du colis $n affiché sur la boutique ($bl)',
    todo: 'Afficher le suivi du colis $n sur la boutique ($bl)',
  },
  {
    effect: 'scan-erp:$bl:$n:$scan:$at',
    step: 'tell Codial that parcel $n is $scan',
    done: 'Colis $n : $scan inscrit dans Codial ($bl)',
    todo: 'Inscrire $scan pour le colis $n dans Codial ($bl)',
  },
  {
    effect: 'incident-shop:$bl:$n:$at',
    step: 'tell the shop of the incident of parcel $n',
    done: 'Incident du colis $n noté sur la boutique ($bl)',
    todo: 'Noter l’incident du colis $n sur la boutique ($bl)',
  },
  { step: 'close shipment', todo: 'Terminer le suivi du bon de livraison $bl' },
  {
    effect: 'mail:registered',
    step: 'send registered e-mail',
    done: 'E-mail « commande enregistrée » envoyé au client',
    todo: 'Envoyer l’e-mail « commande enregistrée » au client',
  },
  {
    effect: 'mail:shipped:$bl',
    step: 'send tracking e-mail',
    done: 'E-mail de suivi envoyé au client ($bl)',
    todo: 'Envoyer l’e-mail de suivi au client ($bl)',
  },
  {
    effect: 'mail:delivered:$bl',
    step: 'send delivered e-mail',
    done: 'E-mail « commande livrée » envoyé au client ($bl)',
    todo: 'Envoyer l’e-mail « commande livrée » au client ($bl)',
  },
  {
    effect: 'mail:incident:$bl:$n:$at',
    step: 'send incident e-mail of parcel $n',
    done: 'E-mail de retard du colis $n envoyé au client ($bl)',
    todo: 'Envoyer l’e-mail de retard du colis $n au client ($bl)',
  },
  {
    effect: 'mail:return-label-$ref',
    step: 'send return label',
    done: 'Étiquette de retour envoyée au client par e-mail',
    todo: 'Envoyer l’étiquette de retour au client par e-mail',
  },
  {
    effect: 'mail:invoice:$id',
    step: 'send invoice $id',
    done: 'Facture $id envoyée au client par e-mail',
    todo: 'Envoyer la facture $id au client par e-mail',
  },
  {
    effect: 'invoice-pdf:$id',
    step: 'draw invoice $id',
    done: 'Facture $id mise en PDF',
    todo: 'Mettre la facture $id en PDF',
  },
  {
    effect: 'invoice-shop:$id',
    step: 'publish invoice $id',
    done: 'Facture $id déposée dans le compte du client',
    todo: 'Déposer la facture $id dans le compte du client',
  },
  { step: 'cancel asked by the shop', todo: 'Traiter l’annulation demandée par la boutique' },
  { step: 'note refund', todo: 'Noter le remboursement' },
  { step: 'refund $id', todo: 'Faire l’avoir du remboursement $id' },
  { step: 'look at the changed $what', todo: 'Traiter la modification de la commande : $what' },
  { step: 'close', todo: 'Clore la commande' },
  { step: 'gather parcels', todo: 'Rassembler les colis du bordereau' },
  {
    effect: 'manifest:$n',
    step: 'make manifest $n',
    done: 'Bordereau fait (partie $n)',
    todo: 'Faire le bordereau (partie $n)',
  },
  { step: 'merge manifest', todo: 'Réunir les pages du bordereau' },
  {
    effect: 'pickup',
    step: 'call the courier',
    done: 'Enlèvement demandé au transporteur',
    todo: 'Demander l’enlèvement au transporteur',
  },
  { step: 'close manifest', todo: 'Clore le bordereau' },
]

type Parts = Record<string, string>

const SHAPES: Parts = { bl: '[^:]+', n: '\\d+', again: '\\d+', scan: '[^:]+' }
const patternOf = (name: string): RegExp =>
  new RegExp(`^${name.replace(/\$(\w+)/g, (_, part: string) => `(?<${part}>${SHAPES[part] ?? '.+'})`)}$`)

const READY = ROWS.map((row) => ({
  ...row,
  effectPattern: row.effect && patternOf(row.effect),
  stepPattern: row.step && patternOf(row.step),
}))

const LABELS: Record<string, (code: string) => string> = {
  state: (code) => `« ${ORDER_LABELS[code as OrderState] ?? code} »`,
  what: (code) => ({ address: 'adresse', lines: 'lignes', 'address and lines': 'adresse et lignes' })[code] ?? code,
  scan: (code) => `« ${TRACKING_LABELS[code as TrackingStatus] ?? code} »`,
}

const say = (sentence: string, parts: Parts): string =>
  sentence
    .replace(/\$(\w+)/g, (_, part: string) => LABELS[part]?.(parts[part] ?? '') ?? parts[part] ?? '')
    .replace(' ()', '')

/** The sentences of an effect: once done, and while it is still to be done; one without words is named as it is. */
export function effectWords(step: string): { done: string; todo: string } {
  for (const { effectPattern, done = '', todo } of READY) {
    const match = effectPattern ? effectPattern.exec(step) : null
    if (match) return { done: say(done, match.groups ?? {}), todo: say(todo, match.groups ?? {}) }
  }
  return { done: step, todo: step }
}

const NUMBERS: Parts = {
  'erp-order': 'N° Codial',
  payment: 'Transaction',
  label: 'N° de suivi',
  'return-label': 'N° de suivi',
  'tracking-erp': 'N° de suivi',
  'tracking-shop': 'N° de suivi',
  status: 'Statut de la boutique',
  mail: 'Message',
}

/** What the outside number of an effect is called; null when its sentence says it already. */
export const numberName = (step: string): string | null => NUMBERS[step.split(':')[0] ?? ''] ?? null

/** A step of an order's or shipment's life in French, with how the effect it works on begins (null: none outside). */
export function lifeStep(step: string, deliveryNote: string | null = null): { words: string; effect: string | null } {
  for (const { stepPattern, effect, todo } of READY) {
    const match = stepPattern ? stepPattern.exec(step) : null
    if (!match) continue
    const parts: Parts = { ...match.groups, bl: deliveryNote ?? '' }
    return {
      words: say(todo, parts),
      effect: effect?.replace(/\$(\w+)/g, (_, part: string) => parts[part] ?? '') ?? null,
    }
  }
  return { words: step, effect: null }
}

const FACT_WORDS: Parts = {
  webOrderChanged: 'commande modifiée',
  webOrderCancelled: 'commande annulée',
  refundMade: 'remboursement',
  paymentReceived: 'règlement reçu',
  'delivery-note-ready': 'bon de livraison prêt',
  'delivery-note-cancelled': 'bon de livraison annulé',
  'invoice-issued': 'facture émise',
  'credit-note-issued': 'avoir émis',
}

/** A message of the report with the names of steps and facts between « » put into French. */
export const spokenMessage = (message: string): string =>
  message.replace(/« ([^»]+) »/g, (_, name: string) => `« ${FACT_WORDS[name] ?? innerQuotes(lifeStep(name).words)} »`)

const innerQuotes = (text: string): string => text.replace(/« /g, '“').replace(/ »/g, '”')
