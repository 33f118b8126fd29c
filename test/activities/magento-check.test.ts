import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openMagento } from '../../activities/shops/magento/magento.ts'
import { type Answer, recorded, type Sent, startShelf } from './magento-shelf.ts'

let shelf: Awaited<ReturnType<typeof startShelf>>
before(async () => {
  shelf = await startShelf()
})
after(() => shelf.close())

const STORES = [{ code: 'fr', base_currency_code: 'EUR', timezone: 'Europe/Paris' }]
const refusal = recorded('errors_auth', 'no or unknown token, or a missing right').response
const unknown = recorded('orders_read', 'unknown order').response

/** A shop whose login may do everything, but for what `own` answers. */
function answering(own: (call: Sent, what: string) => Answer | null) {
  shelf.answer((call) => {
    const what = call.path.split('/V1/')[1] ?? ''
    const usual: Answer =
      what === 'store/storeConfigs'
        ? { body: STORES }
        : what === 'modules'
          ? { body: ['Magento_Sales', 'Magento_InventoryApi', 'Magento_JwtUserToken'] }
          : call.method === 'POST'
            ? unknown
            : { body: { items: [], total_count: 0 } }
    return own(call, what) ?? usual
  })
}
const findings = async (storeCode?: string) => {
  const place = storeCode ? { storeCode } : {}
  const shop = openMagento({ site: 's', url: shelf.url, ...place, login: { token: 'known' } })
  return (await shop.checkConnection()).map(({ ok, sentence }) => [ok, sentence])
}

describe('the connection check of Magento', () => {
  it('says what the shop is and what the login may do', async () => {
    answering(() => null)
    assert.deepEqual(await findings(), [
      [true, 'La vue « fr » répond (EUR, Europe/Paris).'],
      [true, "L'horloge de la boutique est à l'heure."],
      [true, 'Magento Open Source, version 2.4.4 au moins.'],
      [true, 'Les identifiants permettent de lire commandes, factures, expéditions et avoirs.'],
      [true, 'Les identifiants permettent de facturer, expédier, commenter et annuler.'],
    ])
    assert.deepEqual(new Set(shelf.seen.map(({ path }) => path.split('/')[2])), new Set(['default']))
  })

  it('names the rights that are missing, a wrong view and a wrong clock', async () => {
    const late = { date: new Date(Date.now() - 600_000).toUTCString() }
    answering((_, what) => {
      if (what === 'store/storeConfigs') return { body: STORES, headers: late }
      return ['modules', 'creditmemos', 'order/0/ship'].includes(what) ? refusal : null
    })
    const [view, clock, version, reading, writing] = await findings('de')
    assert.deepEqual(view, [false, "La vue « de » n'existe pas ; la boutique a : fr."])
    assert.match(String(clock?.[1]), /^L'horloge de la boutique retarde de (599|60\d) secondes/)
    assert.match(String(version?.[1]), /Magento_Sales::actions_view/)
    assert.deepEqual(reading, [false, 'Les identifiants ne permettent pas de lire : avoirs.'])
    assert.match(String(writing?.[1]), /ne permettent pas de : expédier ;/)
  })

  it('turns a shop that refuses or does not answer into findings', async () => {
    answering(() => refusal)
    assert.ok((await findings()).every(([ok]) => ok === false))
    answering(() => ({ status: 503, body: 'Maintenance', isRaw: true }))
    assert.match(String((await findings())[0]?.[1]), /ne répond pas comme un Magento \(Magento s: HTTP 503\)/)
  })
})
