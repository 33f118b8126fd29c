/** What a rule found wrong: the code of the carrier, and the member it is about where the message names it. */
export interface Fault {
  id: keyof typeof TEXTS
  detail?: string
}

/** One entry of `messages` as the carrier writes it. */
export interface Message {
  id: string
  type: 'INFOS' | 'SUCCESS' | 'ERROR'
  messageContent: string
  replacementValues: string[]
}

const TEXTS = {
  '422': 'Le JSON en entrée du service est mal formaté',
  '30000': 'Identifiant ou mot de passe incorrect',
  '30002': 'La date de dépôt est antérieure à la date courante',
  '30010': 'La date n’a pas été transmise ou est invalide',
  '30014': 'Le code produit n’a pas été transmis',
  '30015': 'Le code produit est incorrect',
  '30018': 'Le nom commercial n’a pas été transmis',
  '30020': 'Le montant total de transport n’a pas été transmis',
  '30025': 'Le format d’impression n’a pas été transmis',
  '30026': 'Le format d’impression est incorrect',
  '30027': 'Le choix du réseau postal n’est pas proposé pour ce produit',
  '30046': 'L’adresse électronique de l’expéditeur est incorrecte',
  '30047': 'Le numéro de téléphone de l’expéditeur est incorrect',
  '30065': 'Le nom ou la raison sociale de l’expéditeur n’a pas été transmis',
  '30089': 'La raison sociale du destinataire n’a pas été transmise',
  '30090': 'La référence destinataire ne doit pas dépasser 15 caractères',
  '30100': 'Le numéro et libellé de voie de l’expéditeur n’a pas été transmis',
  '30102': 'Le code pays de l’expéditeur n’a pas été transmis',
  '30103': 'Le code pays de l’expéditeur est incorrect',
  '30104': 'La ville de l’expéditeur n’a pas été transmise',
  '30106': 'Le code postal de l’expéditeur n’a pas été transmis',
  '30107': 'Le code postal de l’expéditeur est incorrect',
  '30109': "Le code pays ou le code postal de l'expéditeur est incorrect pour le code produit fourni",
  '30200': 'Le nom du destinataire n’a pas été transmis',
  '30202': 'Le prénom du destinataire n’a pas été transmis',
  '30204': 'Le numéro et libellé de voie du destinataire n’a pas été transmis',
  '30206': 'Le code pays du destinataire n’a pas été transmis',
  '30207': 'Le code pays du destinataire est incorrect',
  '30208': 'La ville du destinataire n’a pas été transmise',
  '30210': 'Le code postal du destinataire n’a pas été transmis',
  '30211': 'Le code postal du destinataire est incorrect',
  '30212': 'Le code postal du destinataire ne correspond pas au pays',
  '30213': 'Le code pays ou le code postal du destinataire est incorrect pour le code produit fourni',
  '30220': 'Le numéro de portable du destinataire n’a pas été transmis',
  '30221': 'Le numéro de portable du destinataire est incorrect',
  '30222': 'L’adresse électronique du destinataire n’a pas été transmise',
  '30223': 'L’adresse électronique du destinataire est incorrecte',
  '30300': 'Le poids n’a pas été transmis',
  '30301': 'Le poids est incorrect',
  '30309': 'La valeur assurée est incorrecte',
  '30321': 'Le numéro de colis est incorrect',
  '30324': 'Le choix de retour est incorrect',
  '30327': 'Le numéro de colis n’a pas été transmis',
  '30400': 'L’identifiant du point de retrait n’a pas été transmis',
  '30401': 'L’identifiant du point de retrait est incorrect',
  '30500': 'Le contenu du colis n’a pas été transmis',
  '30503': 'La nature de l’envoi n’a pas été transmise',
  '30504': 'La nature de l’envoi est incorrecte',
  '30505': 'Les articles n’ont pas été transmis',
  '30507': 'Le poids total des articles dépasse le poids du colis',
  '30510': 'La description de l’article n’a pas été transmise',
  '30511': 'La description de l’article est incorrecte',
  '30512': 'La quantité de l’article n’a pas été transmise',
  '30513': 'La quantité de l’article est incorrecte',
  '30514': 'Le poids de l’article n’a pas été transmis',
  '30515': 'Le poids de l’article est incorrect',
  '30516': 'La valeur de l’article n’a pas été transmise',
  '30517': 'La valeur de l’article est incorrecte',
  '30518': 'Le numéro tarifaire n’a pas été transmis',
  '30519': 'Le numéro tarifaire est incorrect',
  '30520': 'Le pays d’origine n’a pas été transmis',
  '30521': 'Le pays d’origine est incorrect',
  '30523': 'Le nombre d’articles est limité à 100',
  '30531': 'Le nombre de colis d’origine est limité à 5',
  '30537': 'Tous les articles doivent être dans la même devise',
  '30600': 'Le champ contient un caractère interdit ou est trop long',
  '50005': 'letter.service.depositDate ne doit pas être nul',
  '50031': 'Le colis ne peut pas figurer sur un bordereau',
} as const

/** A fault in the carrier's words. */
export const messageOf = ({ id, detail }: Fault): Message => ({
  id,
  type: 'ERROR',
  messageContent: detail === undefined ? TEXTS[id] : `${TEXTS[id]} : ${detail}`,
  replacementValues: [],
})

/** The message of a request that went well. */
export const allRight = (type: 'INFOS' | 'SUCCESS' = 'INFOS'): Message => ({
  id: '0',
  type,
  messageContent: 'La requête a été traitée avec succès',
  replacementValues: [],
})

/** Keeps the faults whose condition holds. */
export const faults = (checks: [isBroken: boolean, id: Fault['id'], detail?: string][]): Fault[] =>
  checks.filter(([isBroken]) => isBroken).map(([, id, detail]) => (detail === undefined ? { id } : { id, detail }))
