/** A label printer that takes what it is sent as it is. */
export interface Printer {
  /** How people name it, in the settings and on the buttons: "prepa". */
  code: string
  /** False: a PDF sent to it would come out as pages of signs. */
  takesPdf: boolean
  /** Sends one label; `Unavailable` when the printer is not reached or stops taking it, so that the label may be sent again. */
  send(label: Uint8Array): Promise<void>
}

/** Gives a printer by its code; throws `Refused` when none is set up. */
export type PrinterOf = (code: string) => Printer
