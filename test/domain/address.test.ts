import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { fitLines, spelledFor } from '../../domain/address.ts'

const words = (lines: string[]): string[] => lines.join(' ').split(/\s+/).filter(Boolean)
const written = fc.array(fc.array(fc.stringMatching(/^[A-Za-zé0-9]{1,12}$/), { maxLength: 6 }), { maxLength: 5 })

describe('street lines', () => {
  it('keep every word in its order, on few enough lines that are short enough', () => {
    const room = fc.record({ count: fc.integer({ min: 1, max: 4 }), width: fc.integer({ min: 8, max: 40 }) })
    fc.assert(
      fc.property(written, room, (given, { count, width }) => {
        const lines = given.map((line) => line.join(' '))
        const fitted = fitLines(lines, { count, width })
        if (fitted === null) {
          // Only for want of room: a word too long, or more lines than a page that is full to more than half.
          const all = words(lines)
          const full = all.join(' ').length
          assert.ok(all.some((word) => word.length > width) || full > (count * width) / 2)
          return
        }
        assert.ok(fitted.length <= count && fitted.every((line) => line.length <= width && line !== ''))
        assert.deepEqual(words(fitted), words(lines))
      }),
    )
  })

  it('stay as they were written when they fit', () => {
    assert.deepEqual(fitLines([' 4  rue Hugo ', '', 'Bât. B'], { count: 2, width: 10 }), ['4 rue Hugo', 'Bât. B'])
  })

  it('run on when they do not, and give up on a word that is too long', () => {
    const room = { count: 2, width: 10 }
    assert.deepEqual(fitLines(['4 rue', 'Victor', 'Hugo'], { count: 2, width: 12 }), ['4 rue Victor', 'Hugo'])
    assert.equal(fitLines(['Anticonstitutionnellement'], room), null)
    assert.equal(fitLines(['un deux trois quatre cinq six'], room), null)
  })
})

describe('a spelled text', () => {
  const kept = /[A-Za-z0-9 '-]/

  it('has only letters that were asked for, single blanks, and does not change again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const spelled = spelledFor(text, kept)
        assert.ok(Array.from(spelled).every((letter) => kept.test(letter)))
        assert.ok(spelled === spelled.trim() && !spelled.includes('  '))
        assert.equal(spelledFor(spelled, kept), spelled)
      }),
    )
  })

  it('keeps what is kept, letter by letter', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9'-]{0,30}$/), (text) => spelledFor(text, kept) === text),
    )
  })

  it('spells, strips accents, or leaves a blank', () => {
    const cases: [text: string, kept: RegExp, spelled: string][] = [
      ['Œuvre de Łukasz, straße 3', kept, 'OEuvre de Lukasz strasse 3'],
      ['Ærø – l’été', kept, "AEro - l'ete"],
      ['Cafe\u0301 Škoda', /[A-Za-zÀ-ÖØ-öø-ÿ ]/, 'Café Skoda'],
      ['山田 太郎', kept, ''],
      ['A🎁B', kept, 'A B'],
      ['œ', /[a-n]/, ''],
    ]
    for (const [text, letters, spelled] of cases) assert.equal(spelledFor(text, letters), spelled, text)
  })
})
