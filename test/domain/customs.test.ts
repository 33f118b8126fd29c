import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needsCustoms } from '../../domain/customs.ts'

type Place = [country: string, postalCode: string]

const MAINLAND: Place = ['FR', '83500']
const REUNION: Place = ['RE', '97400']

/** Worked out by hand from the contract of carriers, 1.6. */
const CASES: [what: string, from: Place, to: Place, needed: boolean][] = [
  ['inside the mainland', MAINLAND, ['FR', '06500'], false],
  ['to Corsica', MAINLAND, ['FR', '20000'], false],
  ['to Monaco', MAINLAND, ['MC', '98000'], false],
  ['to Belgium', MAINLAND, ['BE', '1000'], false],
  ['to Germany', MAINLAND, ['DE', '10115'], false],
  ['to the Spanish mainland', MAINLAND, ['ES', '28001'], false],
  ['to Guadeloupe', MAINLAND, ['GP', '97100'], true],
  ['to Guadeloupe written as France', MAINLAND, ['FR', '97 100'], true],
  ['to Polynesia', MAINLAND, ['PF', '98713'], true],
  ['to Polynesia written as France', MAINLAND, ['FR', '98713'], true],
  ['inside La Réunion', REUNION, ['RE', '97410'], false],
  ['inside La Réunion written as France', REUNION, ['FR', '97 410'], false],
  ['from La Réunion to the mainland', REUNION, MAINLAND, true],
  ['from La Réunion to Martinique', REUNION, ['MQ', '97200'], true],
  ['from La Réunion to Germany', REUNION, ['DE', '10115'], true],
  ['to the Canary Islands', MAINLAND, ['ES', '35001'], true],
  ['to Tenerife', MAINLAND, ['ES', '38001'], true],
  ['to Ceuta', MAINLAND, ['ES', '51001'], true],
  ['to Melilla', MAINLAND, ['ES', '52001'], true],
  ['to Livigno', MAINLAND, ['IT', '23041'], true],
  ['to Campione', MAINLAND, ['IT', '22061'], true],
  ['to Büsingen', MAINLAND, ['DE', '78266'], true],
  ['to Heligoland', MAINLAND, ['DE', '27498'], true],
  ['to Mount Athos', MAINLAND, ['GR', '630 86'], true],
  ['to Switzerland', MAINLAND, ['CH', '1201'], true],
  ['to Andorra', MAINLAND, ['AD', 'AD500'], true],
  ['to Great Britain', MAINLAND, ['GB', 'SW1A 1AA'], true],
  ['to the United States', MAINLAND, ['US', '97401'], true],
  ['back from Switzerland', ['CH', '1201'], MAINLAND, true],
  ['back from Belgium', ['BE', '1000'], MAINLAND, false],
]

test('goods are declared where they leave or enter the fiscal union', () => {
  const place = ([country, postalCode]: Place) => ({ country, postalCode })
  for (const [what, from, to, needed] of CASES) assert.equal(needsCustoms(place(from), place(to)), needed, what)
})

test('a postcode that only looks like the same department is none', () => {
  const german = { country: 'DE', postalCode: '97424' }
  assert.equal(needsCustoms({ country: 'RE', postalCode: '97400' }, german), true, 'Schweinfurt is not on La Réunion')
  assert.equal(needsCustoms({ country: 'RE', postalCode: '97400' }, { country: 'US', postalCode: '97401' }), true)
})
