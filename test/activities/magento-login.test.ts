import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { authorised } from '../../activities/shops/magento/client.ts'
import { openMagento } from '../../activities/shops/magento/magento.ts'
import { oauthHeader, oauthMembers } from '../../activities/wire/oauth.ts'
import { orderOf, startShelf } from './magento-shelf.ts'

describe('the login of the Magento adapter', () => {
  const QUERY = {
    fields: 'total_count',
    'searchCriteria[filter_groups][0][filters][0][field]': 'updated_at',
    'searchCriteria[filter_groups][0][filters][0][condition_type]': 'gteq',
    'searchCriteria[filter_groups][0][filters][0][value]': '2026-11-24 04:00:00',
    'searchCriteria[currentPage]': '1',
  }
  const ACCESS = { site: 's', url: 'https://shop.example.test/fr/rest/default/V1/', storeCode: 'all' }

  it('signs as RFC 5849 says', () => {
    const keys = { key: 'ck1', secret: 'c s!', token: { key: 'at1', secret: 'a/s' } }
    const address = 'https://shop.example.test/rest/default/V1/orders'
    const call = { method: 'GET', address, query: QUERY, keys, nonce: 'n0nce', timestamp: 1795495081 }
    // openssl dgst -sha256 -hmac 'c%20s%21&a%2Fs' -binary | base64, over the base string written by hand
    const signature = 'bn/e7aOES2ZFMLWVNhmjnwqzeO9sshteOcY6ne9GUro='
    assert.equal(oauthMembers(call).oauth_signature, signature)
    assert.match(
      oauthHeader(call),
      /^OAuth oauth_consumer_key="ck1", oauth_nonce="n0nce", oauth_signature_method="HMAC-SHA256", oauth_timestamp="1795495081", oauth_token="at1", oauth_version="1\.0", oauth_signature="bn%2Fe7aOES2ZFMLWVNhmjnwqzeO9sshteOcY6ne9GUro%3D"$/,
    )
  })

  it('signs without a token too', () => {
    const call = { method: 'GET', address: 'http://127.0.0.1:8080/wp-json/wc/v3/orders', nonce: 'abc' }
    const query = { search: 'Léa & (Max)*' }
    const members = oauthMembers({ ...call, query, keys: { key: 'ck_1', secret: 'cs_1' }, timestamp: 1795495081 })
    assert.equal(members.oauth_signature, 'OeV6D/eKIl7nl8Qfe8YcSMx7A8pqVI1iyi4vF8MZ7Kc=')
  })

  it('is a Bearer for a token, at the address of the store view', () => {
    const { url, headers } = authorised({ ...ACCESS, login: { token: 'known' } }, { method: 'GET', path: 'orders/6' })
    assert.equal(url, 'https://shop.example.test/fr/rest/all/V1/orders/6')
    assert.equal(headers.authorization, 'Bearer known')
  })

  it('never uses a nonce twice', async () => {
    const shelf = await startShelf()
    const login = { consumerKey: 'ck', consumerSecret: 'cs', accessToken: 'at', accessSecret: 'as' }
    const signed = openMagento({ site: 's', url: shelf.url, login })
    shelf.answer(() => ({ body: orderOf(6) }))
    for (let i = 0; i < 3; i++) await signed.readStatus('6')
    const nonces = shelf.seen.map(({ authorization }) => /oauth_nonce="(\w{32})"/.exec(authorization)?.[1])
    assert.equal(new Set(nonces).size, 3)
    assert.ok(nonces.every(Boolean))
    shelf.close()
  })
})
