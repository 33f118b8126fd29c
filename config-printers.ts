import { ConfigProblem } from './config-parse.ts'

/** One label printer of a branch, reached by its raw port. */
export interface PrinterSettings {
  code: string
  host: string
  port: number
  /** True when it reads PDF too. */
  takesPdf: boolean
}

const SHAPE = /^(?<code>[a-z0-9-]{1,20})=(?<host>[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::(?<port>\d{1,5}))?(?<pdf>\/pdf)?$/

/** Reads PRINTERS="prepa=192.168.1.50:9100,bureau=bureau.local:9100/pdf"; throws a `ConfigProblem` that names what is wrong. */
export function printersOf(text: string): PrinterSettings[] {
  const printers = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(printerOf)
  const codes = printers.map(({ code }) => code)
  const twice = codes.find((code, i) => codes.indexOf(code) !== i)
  if (twice) throw new ConfigProblem(`PRINTERS: "${twice}" is named twice`)
  return printers
}

function printerOf(part: string): PrinterSettings {
  const { code = '', host = '', port = '9100', pdf } = SHAPE.exec(part)?.groups ?? {}
  if (!code || Number(port) < 1 || Number(port) > 65_535)
    throw new ConfigProblem(
      `PRINTERS: "${part}" must look like prepa=192.168.1.50:9100, with /pdf behind it for a printer that reads PDF`,
    )
  if (code === 'pdf') throw new ConfigProblem('PRINTERS: "pdf" stands for a file, call the printer otherwise')
  return { code, host: host.replace(/^\[|\]$/g, ''), port: Number(port), takesPdf: pdf !== undefined }
}
