import type { Journey } from '../carrier-sandbox.ts'

/** What a scan means in each of the carrier's two tracking services, and on its page. */
interface ScanMeaning {
  /** In the list of Suivi v2. */
  label: string
  /** Code and text of the timeline service. */
  timeline: [code: string, label: string]
  /** On the page of the sandbox. */
  state: string
  /** Steps of the timeline, 0 to 5, reached by it; an incident reaches none. */
  step: number
}

/** Every scan of the sandbox, by its code in Suivi v2. */
export const SCANS = {
  DR1: {
    label: 'Votre Colissimo va bientôt nous être confié ! Il est en cours de préparation chez votre expéditeur.',
    timeline: ['PCHMQT', 'Votre Colissimo va bientôt nous être confié !'],
    state: 'Annoncé',
    step: 0,
  },
  PC1: {
    label: 'Votre colis a été déposé dans un point postal.',
    timeline: ['PCHCFM', 'Votre colis est pris en charge par La Poste'],
    state: 'Pris en charge',
    step: 1,
  },
  ET1: {
    label: "Votre colis est en cours d'acheminement.",
    timeline: ['AECCFM', "Votre colis est en cours d'acheminement."],
    state: 'En transit',
    step: 2,
  },
  MD2: {
    label:
      'Votre colis est dans le site de livraison qui dessert votre adresse. Nous le préparons pour le mettre en livraison.',
    timeline: ['MLVCFM', 'Votre colis est en cours de livraison.'],
    state: 'En livraison',
    step: 4,
  },
  PB1: {
    label: 'Votre colis a rencontré un incident. Nous mettons tout en œuvre pour reprendre son acheminement.',
    timeline: ['RENRES', 'Votre colis ne peut être livré ce jour. Il sera remis en livraison au plus tôt.'],
    state: 'Incident',
    step: 0,
  },
  AG1: {
    label: 'Votre colis est disponible dans le point de retrait choisi.',
    timeline: ['AARBPR', 'Votre colis est à disposition dans le point de retrait choisi.'],
    state: 'Au point de retrait',
    step: 4,
  },
  RE1: {
    label: "Votre colis est retourné à l'expéditeur.",
    timeline: ['RENDID', "Votre colis n'a pas été retiré dans les délais impartis , il est retourné à l'expéditeur."],
    state: 'En retour',
    step: 4,
  },
  DI1: {
    label: 'Votre colis est livré.',
    timeline: ['LIVCFM', 'Votre colis est livré.'],
    state: 'Livré',
    step: 5,
  },
  DI2: {
    label: "Votre colis est livré à l'expéditeur suite à un retour.",
    timeline: ['LIVEXP', "Votre colis est livré à l'expéditeur suite à un retour."],
    state: "Rendu à l'expéditeur",
    step: 5,
  },
} as const satisfies Record<string, ScanMeaning>

/** A code of Suivi v2 that the sandbox uses. */
export type ScanCode = keyof typeof SCANS

/** The scan of a label that was just made. */
export const FIRST: ScanCode = 'DR1'

const WAYS: Record<Journey, ScanCode[]> = {
  delivered: ['PC1', 'ET1', 'MD2', 'DI1'],
  incident: ['PB1', 'PC1', 'ET1', 'MD2', 'DI1'],
  pickup: ['PC1', 'ET1', 'AG1'],
  returned: ['PC1', 'ET1', 'RE1', 'DI2'],
}
const LAST: ScanCode[] = ['DI1', 'DI2']

/** Whether nothing comes after a scan. */
export const isLast = (code: ScanCode): boolean => LAST.includes(code)

/** The scans that a journey still holds after those already made; an incident may happen again, and who waits at a point is not driven home. */
export function scansAhead(journey: Journey, made: ScanCode[]): ScanCode[] {
  if (made.some(isLast)) return []
  const done: ScanCode[] = made.filter((code) => code !== 'PB1')
  const skipped: ScanCode[] = done.includes('AG1') ? ['MD2'] : []
  return WAYS[journey].filter((code) => !done.includes(code) && !skipped.includes(code))
}
