const KINDS: Record<string, 'a4-proof' | 'a4' | 'thermal' | 'zpl'> = {
  PDF: 'a4-proof',
  SPD: 'a4',
  PPR: 'a4-proof',
  THE: 'thermal',
  THEPSG: 'thermal',
  SLT: 'thermal',
  Z2D: 'zpl',
  ZPL300: 'zpl',
  ZPLPSG: 'zpl',
}

/** Whether labels are printed in this mode; "THE|PDF" names one mode for each way. The data modes XML and XML2D are not part of the sandbox. */
export const isMode = (mode: string): boolean => mode.split('|').every((each) => Object.hasOwn(KINDS, each))

/** What a mode is printed as: A4 with or without its proof of deposit, a 10x15 cm page, or Zebra text. */
export const kindOf = (mode: string) => KINDS[mode.split('|')[0] ?? ''] ?? 'a4-proof'

/** Dots per inch of a mode for label printers: what its name says, or else those of the commonest printers. */
export const dotsOf = (mode: string): number => (mode.startsWith('ZPL300') ? 300 : 203)
