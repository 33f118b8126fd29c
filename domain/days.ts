const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' })

/** The ISO day in Paris: the day of labels, manifests and reports, whatever zone the machine is in. */
export const parisDay = (moment: Date): string => DAY.format(moment)
