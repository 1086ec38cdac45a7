import { StoreError } from '@cardwright/core'
import { expect, test } from 'vitest'
import { toStoreError } from './errors.ts'

const refused = (code: string, message = 'refused') =>
  Object.assign(new Error(message), { code, detail: 'Key (a)=(b)' })

test.each([
  ['53100', 'STORE_FULL'],
  ['ENOSPC', 'STORE_FULL'],
  ['08006', 'STORE_UNAVAILABLE'],
  ['57P01', 'STORE_UNAVAILABLE'],
  ['ECONNREFUSED', 'STORE_UNAVAILABLE'],
  ['ENOENT', 'STORE_UNAVAILABLE'],
  ['40001', 'STORE_CONFLICT'],
  ['40P01', 'STORE_CONFLICT'],
  ['23505', 'STORE_CONFLICT'],
])('%s is %s', (code, expected) => {
  const error = toStoreError(refused(code), 'storing a change')
  expect(error).toBeInstanceOf(StoreError)
  expect(error).toMatchObject({ code: expected, cause: { code } })
})

test('a full disk that PostgreSQL reports under another code is STORE_FULL', () => {
  const error = refused('58030', 'could not extend file "base/1/2": No space left on device')
  expect(toStoreError(error, 'storing a change')).toMatchObject({ code: 'STORE_FULL' })
})

test('a connection that pg lost without a code is STORE_UNAVAILABLE', () => {
  expect(toStoreError(new Error('Connection terminated unexpectedly'), 'x')).toMatchObject({
    code: 'STORE_UNAVAILABLE',
  })
})

test('what is none of these stays what it is, without the row that PostgreSQL printed', () => {
  const error = refused('23514')
  expect(toStoreError(error, 'x')).toBe(error)
  expect(error).not.toHaveProperty('detail')
})
