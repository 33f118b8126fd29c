import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Company } from '../support/company.ts'
import { openCompany, orderRow, pack } from '../support/company.ts'
import { assertNothingTwice, ONE_ORDER, totalsOf } from '../support/effects.ts'
import { decideAll } from '../support/person.ts'

const problem = (code: string, status: number) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: 'about:blank', title: code, status, code, champ: '/mode' }),
})

const shopRefusal = {
  status: 401,
  body: JSON.stringify({ code: 'woocommerce_rest_cannot_edit', message: 'no', data: { status: 401 } }),
}

const LABEL_REFUSED = {
  status: 400,
  body: JSON.stringify({
    messages: [
      {
        id: '30204',
        type: 'ERROR',
        messageContent: "La rue du destinataire n'a pas été transmise",
        replacementValues: [],
      },
    ],
    labelXmlV2Reponse: null,
    labelV31Response: null,
  }),
}

/** Every step that the outside can refuse: how it is refused, and how the step must then wait. */
const REFUSALS = [
  {
    step: /^register$/,
    code: 'state-forbidden',
    server: 'codial',
    match: '^POST /v1/commandes$',
    fault: problem('etat_interdit', 409),
  },
  {
    step: /^match payment/,
    code: 'unknown-payment-method',
    server: 'codial',
    match: '/reglements',
    fault: problem('mode_reglement_inconnu', 422),
  },
  {
    step: /^make label of parcel 1$/,
    code: 'address-refused',
    server: 'colissimo',
    match: 'checkGenerateLabel',
    fault: LABEL_REFUSED,
  },
  {
    step: /^announce parcel 1/,
    code: 'state-forbidden',
    server: 'codial',
    match: '/suivi',
    fault: problem('etat_interdit', 409),
  },
  {
    step: /^ship delivery note$/,
    code: 'state-forbidden',
    server: 'codial',
    match: '/expedition',
    fault: problem('etat_interdit', 409),
  },
  { step: /^show parcel 1/, code: 'login-refused', server: 'shop', match: '^POST .*/notes', fault: shopRefusal },
  {
    step: /^push status shipped$/,
    code: 'login-refused',
    server: 'shop',
    match: '^PUT .*/orders/',
    fault: shopRefusal,
  },
  {
    step: /^tell Codial that parcel 1/,
    code: 'state-forbidden',
    server: 'codial',
    match: '/evenements-suivi',
    fault: problem('etat_interdit', 409),
  },
  {
    step: /^draw invoice/,
    code: 'refused',
    server: 'codial',
    match: '^GET /v1/factures/',
    fault: problem('inconnu', 404),
  },
] as const

const LETTERS = [
  [/^send registered e-mail$/, 'enregistrée'],
  [/^send tracking e-mail$/, 'expédiée'],
  [/^send invoice/, 'facture'],
] as const

test('every step that is refused waits alone with its cause, and goes on from there after one decision: each effect once', async () => {
  const company = await openCompany({ namespace: 'parked' })
  try {
    const { world } = company
    for (const { server, match, fault } of REFUSALS) world[server].faults.add({ match, ...fault })
    for (const [, match] of LETTERS) {
      world.mailbox.smtpFaults.add({ at: 'data-end', match, reply: { code: 554, message: 'refused' } })
    }
    const seen = await live(company)
    for (const { step, code } of REFUSALS) {
      assert.ok(
        seen.some((wait) => step.test(wait.step) && wait.code === code),
        `${step} waited as ${code}: ${JSON.stringify(seen)}`,
      )
    }
    for (const [step] of LETTERS)
      assert.ok(
        seen.some((wait) => step.test(wait.step) && wait.code === 'mail-refused'),
        String(step),
      )
    assert.deepEqual(totalsOf(world), ONE_ORDER)
    assertNothingTwice(world)
  } finally {
    await company.close()
  }
})

/** One order to its end; gives every step that waited, with its code, and retries each. */
async function live(company: Company): Promise<{ step: string; code: string }[]> {
  const { world, db } = company
  const id = world.shop.placeOrder({ template: 'paid-card', seed: 0 }).id
  const seen = new Map<string, { step: string; code: string }>()
  let invoiced = false
  for (const end = Date.now() + 60_000; ; await delay(20)) {
    await company.tick()
    await decideAll(company, {
      look({ step, code, remedy }) {
        assert.ok(remedy.length > 20, `a remedy for ${step}`)
        seen.set(`${step}:${code}`, { step, code })
      },
    })
    const row = await orderRow(db, id)
    const notes = world.codial.deliveryNotes()
    if (row?.erp_number && notes.length === 0) pack(world, row.erp_number)
    if (row?.erp_number && notes[0]?.statut === 'expediee') {
      if (!invoiced) world.codial.invoice(row.erp_number)
      invoiced = true
      world.colissimo.advance()
    }
    if (row?.closed_at) return [...seen.values()]
    if (Date.now() > end) throw new Error(`the order did not end: ${JSON.stringify([...seen.values()])}`)
  }
}
