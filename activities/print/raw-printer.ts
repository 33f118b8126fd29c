import { connect, type Socket } from 'node:net'
import { Unavailable } from '../../domain/failures.ts'
import type { Printer } from './printer.ts'

/** Where a printer listens, and how long it is waited for. */
export interface RawPrinterSettings {
  code: string
  host: string
  /** 9100 on most printers. */
  port: number
  takesPdf: boolean
  /** Milliseconds to connect, to take one label, and to close its side afterwards. */
  patience?: { connect: number; label: number; goodbye: number }
}

const PATIENCE = { connect: 5_000, label: 15_000, goodbye: 2_000 }

/** Opens a printer of the "raw port" kind (JetDirect, AppSocket): one connection a label, bytes as they are, no answer. */
export function openRawPrinter({ code, host, port, takesPdf, patience = PATIENCE }: RawPrinterSettings): Printer {
  return {
    code,
    takesPdf,
    async send(label) {
      const socket = connect({ host, port, noDelay: true })
      try {
        await reached(socket, patience.connect)
        await taken(socket, label, patience)
      } catch (error) {
        throw new Unavailable(`imprimante « ${code} » injoignable (${faultOf(error)})`)
      } finally {
        socket.destroy()
      }
    },
  }
}

function reached(socket: Socket, patience: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('ne répond pas')), patience)
    socket.once('connect', resolve).once('error', reject)
    socket.once('connect', () => clearTimeout(late)).once('error', () => clearTimeout(late))
  })
}

/**
 * Sends all bytes and the end of the stream. A printer that closes its side has read them all; one that keeps its side open,
 * as many do, is left after a moment; one that cuts the connection, or stops reading, has not taken the label.
 */
function taken(socket: Socket, label: Uint8Array, { label: longest, goodbye }: typeof PATIENCE): Promise<void> {
  return new Promise((resolve, reject) => {
    let wait = setTimeout(() => reject(new Error('ne prend plus rien')), longest)
    const over = (end: () => void): void => {
      clearTimeout(wait)
      end()
    }
    socket.once('error', (error) => over(() => reject(error)))
    socket.once('close', () => over(() => reject(new Error('a coupé')))) // after "end" this comes too late to matter
    socket.once('end', () => over(socket.writableFinished ? resolve : () => reject(new Error('a coupé'))))
    socket.resume()
    socket.end(label, () => {
      clearTimeout(wait)
      wait = setTimeout(resolve, goodbye)
    })
  })
}

function faultOf(error: unknown): string {
  if (error instanceof AggregateError) return faultOf(error.errors[0])
  if (!(error instanceof Error)) return 'panne du réseau'
  return 'code' in error ? String(error.code) : error.message
}
