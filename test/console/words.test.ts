import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { quotedSource } from '../../console/pages/decision-form.ts'
import { effectWords, lifeStep, spokenMessage } from '../../console/steps.ts'
import { asSentence, typeset } from '../../console/typography.ts'
import { failureTitle } from '../../console/words.ts'
import { Refused } from '../../domain/failures.ts'

const SAMPLES: Record<string, string> = {
  deliveryNote: 'BL26-000045',
  rank: '2',
  status: 'delivered',
  state: 'shipped',
  document: 'return-label-bio-1042-26000045-R1',
  at: '2026-11-24T08:00:00Z',
}

/** Every text of this form in the sources, its ${parts} filled in. */
function namesIn(files: string, form: RegExp): string[] {
  const texts = globSync(files).map((file) => readFileSync(file, 'utf8'))
  const found = texts.flatMap((text) => [...text.matchAll(form)].map(([, , name = '']) => name))
  const filled = found.map((name) =>
    name.replace(/\$\{generation.*$/, '').replace(/\$\{(\w+)\}/g, (_, part: string) => SAMPLES[part] ?? 'X-1'),
  )
  return [...new Set(filled)]
}

describe('French words', () => {
  it('are there for every step that a life can stop at', () => {
    const steps = namesIn('workflows/*.ts', /\b(?:attempt|ask)\(\s*(['`])(.+?)\1/gs)
    assert.ok(steps.length >= 18, `found ${steps.length} steps`)
    for (const step of steps) {
      const { words } = lifeStep(step, 'BL26-000045')
      assert.notEqual(words, step)
      assert.match(words, /^\p{Lu}/u)
      assert.doesNotMatch(words, /\$|undefined|\(\)/)
    }
  })

  it('are there for every effect outside', () => {
    const effects = namesIn('activities/*.ts', /\bstep: (['`])([a-z-]+(?::[^'`]*)?)\1/g)
    assert.ok(effects.length >= 14, `found ${effects.length} effects`)
    for (const effect of [...effects, 'label:BL26-000045:1:2']) {
      const { done, todo } = effectWords(effect)
      assert.notEqual(done, effect)
      assert.notEqual(done, todo)
      assert.doesNotMatch(`${done}${todo}`, /\$|undefined|\(\)/)
    }
  })

  it('tie a step to the effect it works on', () => {
    const ties: [step: string, effect: string | null][] = [
      ['register', 'erp-order'],
      ['match payment ch_1', 'payment:ch_1'],
      ['make label of parcel 2', 'label:BL26-000045:2'],
      ['tell Codial that parcel 1 is delivered', 'scan-erp:BL26-000045:1:delivered:'],
      ['send invoice FA26-1', 'mail:invoice:FA26-1'],
      ['admit', null],
      ['something new', null],
    ]
    for (const [step, effect] of ties) assert.equal(lifeStep(step, 'BL26-000045').effect, effect)
  })

  it('name what is new as it is', () => {
    assert.deepEqual(effectWords('new:1'), { done: 'new:1', todo: 'new:1' })
    assert.equal(failureTitle('new-code'), 'new-code')
    assert.equal(failureTitle('toString'), 'toString')
    assert.equal(failureTitle('TypeError'), 'Défaut du connecteur')
    assert.equal(failureTitle('Unavailable'), 'Injoignable')
  })

  it('replace names of steps and facts in messages', () => {
    assert.equal(
      spokenMessage('Étape « push status shipped » relancée.'),
      'Étape « Afficher le statut “Expédiée” sur la boutique » relancée.',
    )
    assert.equal(
      spokenMessage('La boutique annonce « refundMade » : à vérifier.'),
      'La boutique annonce « remboursement » : à vérifier.',
    )
    assert.equal(spokenMessage('« alma_3x »'), '« alma_3x »')
  })
})

describe('typography', () => {
  const cases: [string, string][] = [
    ['<p>Quoi ? Oui !</p>', '<p>Quoi\u202f? Oui\u202f!</p>'],
    ['<p>a : « b » 5 % 3 €; fin</p>', '<p>a\u00a0: «\u00a0b\u00a0» 5\u00a0% 3\u00a0€; fin</p>'],
    ['<p>la boutique; si &amp; &#39; x</p>', '<p>la boutique\u202f; si &amp; &#39; x</p>'],
    ['<a href="/x?a : b">c : d</a>', '<a href="/x?a : b">c\u00a0: d</a>'],
    ['<code>a : b</code> : <pre>c ; d</pre>', '<code>a : b</code>\u00a0: <pre>c ; d</pre>'],
  ]
  for (const [from, to] of cases) it(from, () => assert.equal(typeset(from), to))

  it('gives a remedy its capital, and codes none', () => {
    assert.equal(asSentence('les lignes font 3 €'), 'Les lignes font 3 €')
    assert.equal(asSentence("l'article manque"), "L'article manque")
    for (const text of ['codePostal : 4', '« alma »', 'alma_3x']) assert.equal(asSentence(text), text)
  })
})

describe('what nobody mapped', () => {
  it('is read from the remedy', () => {
    const remedies: [string, string][] = [
      [new Refused('unknown-payment-method', '« alma_3x » (Alma)').remedy, 'alma_3x'],
      [new Refused('unknown-item', 'l’article « Café moulu » n’a pas de référence').remedy, 'Café moulu'],
      [new Refused('unknown-item', 'Codial : article_inconnu, article INCONNU-9 inconnu').remedy, 'INCONNU-9'],
      [new Refused('unknown-vat-rate', 'Codial : tva_inconnue, taux 21.00 inconnu').remedy, '21.00'],
      [new Refused('totals-mismatch', 'les lignes font 3 €').remedy, ''],
    ]
    for (const [remedy, source] of remedies) assert.equal(quotedSource(remedy), source)
  })
})
