/** A waybill number: nine digits and their remainder modulo seven. */
export const waybillOf = (serial: number): string => {
  const digits = String(serial).padStart(9, '0')
  return `${digits}${Number(digits) % 7}`
}

/** Whether a text can be a waybill number. */
export const isWaybill = (text: string): boolean =>
  /^\d{10}$/.test(text) && Number(text.slice(0, 9)) % 7 === Number(text[9])

/** A piece number: `JD`, the sandbox's prefix and a serial number. */
export const pieceNumberOf = (serial: number): string => `JD01460000${String(serial).padStart(10, '0')}`

/** A courier's number: the service area, the day and a serial number, 15 characters. */
export const dispatchNumberOf = (o: { area: string; day: string; serial: number }): string =>
  `${o.area}${o.day.slice(2).replaceAll('-', '')}${String(o.serial).padStart(6, '0')}`
