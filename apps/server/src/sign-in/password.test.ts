import { expect, test } from 'vitest'
import { createPasswords, PasswordsBusyError } from './password.ts'

/** Cheap parameters: what is tried here does not depend on the cost. */
const passwords = createPasswords({ logN: 4, r: 8, p: 1 })

test('a hash verifies its password, however its letters are composed, and no other', async () => {
  const stored = await passwords.hash('Ångström lösenord'.normalize('NFC'))
  expect(await passwords.verify('Ångström lösenord'.normalize('NFD'), stored)).toBe(true)
  expect(await passwords.verify('Ångström losenord', stored)).toBe(false)
})

test('two hashes of one password differ, and each carries its cost', async () => {
  const [a, b] = await Promise.all([passwords.hash('same password'), passwords.hash('same password')])
  expect(a).not.toBe(b)
  expect(a).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$/)
  expect(await createPasswords({ logN: 5, r: 8, p: 1 }).verify('same password', a)).toBe(true)
})

test('the queue is bounded: a flood is refused instead of filling the memory, and everyone else is served', async () => {
  const tries = Array.from({ length: 60 }, () => passwords.verifyNobody('x').catch(error => error))
  const results = await Promise.all(tries)
  expect(results.filter(r => r === false)).toHaveLength(34)
  expect(results.filter(r => r instanceof PasswordsBusyError)).toHaveLength(26)
  expect(await passwords.verifyNobody('x')).toBe(false)
})
