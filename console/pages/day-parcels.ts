import { html } from 'hono/html'
import { countUnclaimed } from '../../db/manifest-parcels.ts'
import type { PageKit } from '../kit.ts'
import type { ConsoleApp } from '../options.ts'
import { makeManifest, printLabels } from './day-parcels-acts.ts'
import { filterForm, LONGEST_LIST, parcelForm } from './day-parcels-list.ts'
import { manifestSection, printSection } from './day-parcels-papers.ts'
import { readBranches, readDayManifests, readDayPrints, readParcelFilter, readParcelList } from './day-parcels-rows.ts'

/** "Expéditions du jour": the labelled parcels in picking order, their labels on paper, and the manifests. */
export function dayParcelPages(app: ConsoleApp, kit: PageKit): void {
  const { db } = kit.o
  app.get('/parcels', async (c) => {
    const filter = readParcelFilter(c.req.query())
    const [list, branches, waiting, manifests, prints] = await Promise.all([
      readParcelList(db, filter, LONGEST_LIST),
      readBranches(db),
      countUnclaimed(db),
      readDayManifests(db, filter),
      readDayPrints(db, filter),
    ])
    const main = html`
      <h1>Expéditions du jour</h1>
      ${filterForm(kit.o, filter, branches)}
      ${printSection(kit.o, prints)}
      ${parcelForm(kit.o, { filter, ...list })}
      ${manifestSection(kit.o, { filter, waiting, manifests })}`
    return kit.render(c, { title: 'Expéditions du jour', main, refresh: true })
  })
  app.post('/parcels/imprimer', (c) => printLabels(kit, c))
  app.post('/parcels/bordereau', (c) => makeManifest(kit, c))
}
