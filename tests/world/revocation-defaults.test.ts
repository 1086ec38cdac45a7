import { type EndReason, revocationReason } from '@cardwright/core'
import { expect, test } from 'vitest'
import { endReasons, reasonOf } from '../../apps/portal/src/lifecycle-settings/revocation.ts'

test('R-19: the reasons that the settings page shows are those that a certificate authority is told', () => {
  const known: readonly EndReason[] = endReasons
  for (const why of known) {
    expect(reasonOf({}, 'ca', why)).toBe(revocationReason({ revocationReasons: {} }, 'ca', why))
    const revocationReasons = { ca: { [why]: 'unspecified' } }
    expect(reasonOf(revocationReasons, 'ca', why)).toBe(revocationReason({ revocationReasons }, 'ca', why))
  }
})
