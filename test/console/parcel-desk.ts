import type { Db } from '../../db/connect.ts'
import { putParcel } from '../support/parcels.ts'
import { openVisitor, type Reply, stubClient, testOptions, textOf } from './kit.ts'
import { emptyWorld, putOrder, putParked, webOrder } from './world.ts'

/** The page of the delivery note on the desk, and the life behind it. */
export const PAGE = '/commandes/boutique-bio/1042/bons/BL26-1'
export const LIFE = 'shipment:boutique-bio:1042:BL26-1'
export const ORDER = { site: 'boutique-bio', webId: '1042' }
export const MARIE = { operator: 'marie', branch: 'LYON' }

/** One order with one note of three parcels, the first of which has its label. */
export async function layDesk(db: Db): Promise<void> {
  await emptyWorld(db)
  await putOrder(db, webOrder())
  await putParcel(db, { note: 'BL26-1' })
}

/** What an operator does and sees at the desk, in front of a stub of Temporal (see stubClient for what that proves). */
export async function operator(db: Db, reply?: Reply) {
  const { client, sent } = stubClient(reply ? { reply } : {})
  const visitor = openVisitor(testOptions({ db, client, carriers: ['COLISSIMO', 'CHRONOPOST', 'DHL'] }))
  await visitor.signIn()
  /** The text of a page, with plain spaces. */
  const text = async (path: string): Promise<string> => plain(textOf(await visitor.read(path)))
  return { ...visitor, sent, text, flash: () => text(PAGE) }
}

/** The same with plain spaces instead of those of French typography, and no word joiners. */
export const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ').replaceAll('\u2060', '')

/** The rows of the report. */
export const rowsOf = (db: Db) => db.selectFrom('operations').selectAll().orderBy('started_at').execute()

/** Makes the note leave. */
export const ship = (db: Db) => db.updateTable('shipments').set({ state: 'shipped' }).execute()

/** Makes a label of the note wait. */
export const waits = (db: Db, code: string, o: { step?: string; workflow_id?: string } = {}) =>
  putParked(db, { workflow_id: LIFE, step: 'make label of parcel 1', code, remedy: 'À corriger.', ...o })
