/** A cell that a spreadsheet would take for a formula is made plain text by an apostrophe (OWASP, CSV injection). */
function cell(value: string | number | null): string {
  const text = String(value ?? '')
  const plain = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return /[;"\r\n]/.test(plain) ? `"${plain.replace(/"/g, '""')}"` : plain
}

/** Rows as a French spreadsheet opens them: semicolons, UTF-8 with its mark, CRLF. */
export const csvOf = (rows: (string | number | null)[][]): string =>
  `\ufeff${rows.map((row) => `${row.map(cell).join(';')}\r\n`).join('')}`
