import type { ManifestPaper } from '../../activities/documents/manifest-pdf.ts'
import type { Contact } from '../../domain/address.ts'

/** A hand-over of more parcels than a page holds, each with the longest numbers and references there are. */
export const longManifest = (sender: Contact): ManifestPaper => ({
  carrier: 'CHRONOPOST',
  number: 'CHRONOPOST-AGENCE-DE-LYON-PART-DIEU-VILLETTE-2026-11-24-12',
  branch: 'AGENCE DE LYON PART-DIEU VILLETTE',
  day: '2026-11-24',
  sender,
  lines: Array.from({ length: 40 }, (_, i) => ({
    trackingNumber: i % 2 ? `XP69698${String(i).padStart(4, '0')}FR` : `11037${String(i).padStart(5, '0')}`,
    pieceNumber: i % 2 ? null : `JD0146000046172${String(i).padStart(5, '0')}`,
    reference: `BOUTIQUE-DES-PINS-MWM-${String(i).padStart(6, '0')}-1`,
    weight: 1_234_567,
    product: 'MWMW',
    postalCode: 'SW1W 0WW',
    country: ['FR', 'GB', 'PM', 'VC'][i % 4] ?? '',
  })),
})
