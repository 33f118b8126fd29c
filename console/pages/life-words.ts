import { parseLifeId, parseManifestId } from '../../workflows/ids.ts'

/** What the console calls a life that waits for a person, and what giving it up means. */
export interface LifeWords {
  /** On the button that gives it up. */
  button: string
  /** In "Annuler … ?" */
  what: string
  /** What is undone, and what stays. */
  effect: string
  /** Said once it is given up. */
  done: string
}

/** The words for the workflow that a step waits in. */
export function lifeWords(workflowId: string): LifeWords {
  const [kind = ''] = workflowId.split(':')
  return (WORDS[kind] ?? ORDER)(workflowId)
}

const ORDER = (id: string): LifeWords => ({
  button: 'Annuler la commande…',
  what: `la commande ${parseLifeId(id)?.webId ?? ''}`,
  effect:
    'Ce qui a été fait est défait : la commande est annulée dans Codial et sur la boutique. Les e-mails déjà envoyés restent envoyés.',
  done: 'La commande est annulée ; ce qui a été fait est défait.',
})

const WORDS: Record<string, (id: string) => LifeWords> = {
  order: ORDER,
  shipment: (id) => ({
    button: 'Annuler l’expédition…',
    what: `l’expédition ${parseLifeId(id)?.deliveryNote ?? ''}`,
    effect: 'Les étiquettes déjà faites sont abandonnées et le suivi s’arrête. La commande, elle, continue.',
    done: 'L’expédition est annulée.',
  }),
  return: (id) => ({
    button: 'Annuler le retour…',
    what: `le retour de ${parseLifeId(id)?.deliveryNote ?? ''}`,
    effect: 'La demande de retour s’arrête. La commande, elle, continue.',
    done: 'Le retour est annulé.',
  }),
  manifest: (id) => ({
    button: 'Annuler le bordereau…',
    what: `le bordereau ${parseManifestId(id)?.carrier ?? ''} de ${parseManifestId(id)?.branch ?? ''}`,
    effect:
      'Les papiers déjà faits restent, les autres colis attendent le prochain bordereau. Ceux dont le bordereau est à vérifier restent sur celui-ci.',
    done: 'Le bordereau est annulé.',
  }),
}
