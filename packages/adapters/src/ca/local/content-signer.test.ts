import { toPem } from '@cardwright/pki'
import { expect, test } from 'vitest'
import { caWorld } from './test/world.ts'

test('openssl verifies what the content signer signs up to the root (SP 800-73pt1-5 §3.1.2, §3.1.7)', async () => {
  const { judge, open, store } = caWorld()
  const authority = await open()
  const anchors = [authority.rootCertificate, authority.issuingCertificate]
    .map(der => toPem('CERTIFICATE', der))
    .join('')
  const trust = ['-CAfile', judge.file('anchors.pem', anchors), '-purpose', 'any']
  const signedBytes = new TextEncoder().encode('the TLVs of a CHUID')
  const chuid = await authority.signChuid({ signedBytes })
  const content = ['-content', judge.file('chuid', signedBytes)]
  expect(judge.run(['cms', '-verify', '-binary', '-inform', 'DER', ...content, ...trust], chuid).status).toBe(0)

  const groups = [{ number: 1, content: signedBytes }]
  const securityObject = await authority.signSecurityObject({ groups })
  const signer = (await store.loadAuthority())?.contentSigner?.certificate ?? new Uint8Array(0)
  const from = ['-certfile', judge.file('signer.pem', toPem('CERTIFICATE', signer))]
  const result = judge.run(['cms', '-verify', '-binary', '-inform', 'DER', ...from, ...trust], securityObject)
  expect(result).toMatchObject({ status: 0 })
  judge.remove()
})
