/** One thing that goes wrong on purpose in an SMTP conversation. */
export interface SmtpFault {
  /** On connection, at RCPT TO, at DATA (around the 354 reply), or once the whole message is in. */
  at: 'connect' | 'rcpt' | 'data-start' | 'data-end'
  /** Regular expression on a recipient or, at data-end, on the subject. */
  match?: string
  /** How many times it strikes; default 1. */
  times?: number
  /** Refuse with this reply. */
  reply?: { code: number; message: string }
  /** Cut the connection: at data-start before or after the 354 reply, at data-end before or after keeping the mail. */
  drop?: 'before' | 'after'
  /** Awaited before or after the step takes effect. */
  hook?: { when: 'before' | 'after'; run: () => void | Promise<void> }
}

/** The faults waiting for their moment. */
export interface SmtpFaults {
  add(fault: SmtpFault): void
  clear(): void
}

/** Opens an empty list; `take` uses up the first fault of this moment that matches one of the texts. */
export function openSmtpFaults(): SmtpFaults & { take(at: SmtpFault['at'], texts: string[]): SmtpFault | undefined } {
  let waiting: (SmtpFault & { left: number })[] = []
  return {
    add: (fault) => void waiting.push({ ...fault, left: fault.times ?? 1 }),
    clear: () => {
      waiting = []
    },
    take(at, texts) {
      const fits = (fault: SmtpFault) =>
        fault.match === undefined || texts.some((text) => new RegExp(fault.match ?? '').test(text))
      const fault = waiting.find((one) => one.at === at && fits(one))
      if (fault) fault.left -= 1
      waiting = waiting.filter((one) => one.left > 0)
      return fault
    },
  }
}
