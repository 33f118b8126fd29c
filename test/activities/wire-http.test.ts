import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { jsonOf } from '../../activities/wire/http.ts'
import { Unavailable } from '../../domain/failures.ts'

const replyOf = (body: string) => ({ status: 200, headers: new Headers(), bytes: new TextEncoder().encode(body) })
const NOTICE =
  '<br />\n<b>Deprecated</b>:  Creation of property a::$b [x] {y} in <b>/x.php</b> on line <b>9</b><br />\n'

describe('a JSON reply', () => {
  const READ = {
    'as it is': '{"a":[1]}',
    'after byte order marks': '\uFEFF\uFEFF{"a":[1]}',
    'after a comment': '<!-- cache [hit] {x} -->\n{"a":[1]}',
    'after notices with tags': `${NOTICE}${NOTICE}{"a":[1]}`,
    'after a warning without tags': '\nWarning: Undefined array key "{q}" in /x.php on line 3\n{"a":[1]}',
    'after all of them': `\uFEFF<!-- x -->${NOTICE}\uFEFF {"a":[1]}`,
  }
  for (const [name, body] of Object.entries(READ))
    it(`is read ${name}`, () => assert.deepEqual(jsonOf(replyOf(body), 'Shop'), { a: [1] }))

  const NOT_READ = {
    'a page': '<!DOCTYPE html><html><script>{"a":1}</script></html>',
    'a page after a comment': '<!-- x --><html>{"a":1}</html>',
    'words before it': 'Bonjour {"a":1}',
    'a notice alone': NOTICE,
    'a notice that never ends': `Notice: ${'x'.repeat(100_000)}{"a":1}`,
    'a comment that never ends': `<!-- ${'-'.repeat(100_000)}{"a":1}`,
    'half of it': '{"a":[1',
    nothing: '',
  }
  for (const [name, body] of Object.entries(NOT_READ))
    it(`is not ${name}`, () => assert.throws(() => jsonOf(replyOf(body), 'Shop'), Unavailable))
})
