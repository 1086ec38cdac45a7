import { resetLogin } from '@cardwright/adapters/db'
import { type Directory, DirectoryError, type User } from '@cardwright/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anOperator, createUserPortalBench, type UserPortalBench } from '../testing/user-portal.ts'

let bench: UserPortalBench
let ada: User
const MINUTE = 60_000
const ANSWERS = ['Mrs Byron', 'Mayfair', 'Puff']

beforeEach(async () => {
  bench = await createUserPortalBench()
  ada = await bench.user('ada')
}, 60_000)
afterEach(() => bench.db.destroy())

/** A directory that knows these passwords, and counts how often it was asked. */
const aDirectory = (passwords: Record<string, string>) => {
  const asked: string[] = []
  const authenticate: Directory['authenticate'] = async (name, password) => {
    asked.push(name)
    return passwords[name] === password ? 'RIGHT' : 'WRONG'
  }
  return { directory: { authenticate } as Directory, asked }
}
const unreachable = {
  authenticate: () => Promise.reject(new DirectoryError('DIRECTORY_UNREACHABLE', 'silence', 'wait')),
} as unknown as Directory

const ldapWithoutDevice = () =>
  bench.settings({
    login: { firstIssuance: 'LDAP_PASSWORD', laterIssuance: 'LDAP_PASSWORD', withoutDevice: 'LDAP_PASSWORD' },
  })

/** Every try as it looks from outside: what is answered, and how many slow hashes that took. */
const seen = async (tries: number, one: () => Promise<string | null>) => {
  const all: [string | null, number][] = []
  for (let n = 0; n < tries; n++) {
    const before = bench.counted.hashes
    const answer = await one()
    all.push([answer, bench.counted.hashes - before])
  }
  return all
}

describe('U-8: no hint whether a name exists', () => {
  test('answers: the same answers and the same work for known names, names without answers, disabled and unknown ones', async () => {
    await bench.answered(ada, ANSWERS)
    await bench.user('blank')
    const gone = await bench.user('gone')
    await bench.answered(gone, ANSWERS)
    await bench.disable(gone)
    const expected = [
      ...Array.from({ length: 5 }, () => ['LOGIN_FAILED', 3]),
      ...Array.from({ length: 2 }, () => ['LOGIN_LOCKED', 0]),
    ]
    for (const name of ['ada', 'blank', 'gone', 'nobody']) {
      expect([name, await seen(7, () => bench.answers(name, ['a', 'b', 'c'], 'WITHOUT_DEVICE'))]).toEqual([
        name,
        expected,
      ])
    }
  })

  test('initial passwords: one hash each, however many a user has', async () => {
    for (const _ of [1, 2, 3]) {
      const { password } = await bench.portal.initialPasswords.create(await bench.device(ada.id), anOperator)
      expect(password).not.toBeNull()
    }
    const expected = [...Array.from({ length: 5 }, () => ['LOGIN_FAILED', 1]), ['LOGIN_LOCKED', 0]]
    for (const name of ['ada', 'nobody']) {
      expect([name, await seen(6, () => bench.password(name, '3333-3333-3333-3333'))]).toEqual([name, expected])
    }
  })

  test('directory passwords: the directory is asked for unknown names too, and a right password of one is refused', async () => {
    await ldapWithoutDevice()
    const { directory, asked } = aDirectory({ ada: 'right', stranger: 'right' })
    bench.directory = directory
    expect(await bench.ldap('stranger', 'right')).toBe('LOGIN_FAILED')
    expect(await bench.ldap('ada', 'wrong')).toBe('LOGIN_FAILED')
    expect(await bench.ldap('ADA', 'right')).toBe('WITHOUT_DEVICE')
    expect(asked).toEqual(['stranger', 'ada', 'ada'])
    await bench.disable(ada)
    expect(await bench.ldap('ada', 'right')).toBe('LOGIN_FAILED')
    expect(await bench.audited()).toEqual([
      'user.login-failed USER_DISABLED',
      'user.logged-in',
      'user.login-failed WRONG',
      'user.login-failed UNKNOWN_NAME',
    ])
  })

  test('spellings that find nobody are other names, for a name that exists as for one that does not', async () => {
    await bench.user('office')
    for (const [name, ligature] of [
      ['office', 'oﬃce'],
      ['offiter', 'oﬃter'],
    ] as const) {
      for (let n = 0; n < 5; n++) await bench.password(name, 'wrong')
      const after = [await bench.password(name, 'wrong'), await bench.password(ligature, 'wrong')]
      expect([name, after]).toEqual([name, ['LOGIN_LOCKED', 'LOGIN_FAILED']])
    }
  })

  test('whatever spelling finds a person counts for that person', async () => {
    for (const name of ['ada', 'ADA', 'Ada', 'aDA', 'adA']) await bench.password(name, 'wrong')
    expect(await bench.password('ada', 'wrong')).toBe('LOGIN_LOCKED')
  })
})

describe('U-8: a locked method', () => {
  test('refuses the right secret too, does not end by itself, and leaves the other methods alone', async () => {
    const { password } = await bench.portal.initialPasswords.create(await bench.device(ada.id), anOperator)
    await bench.answered(ada, ANSWERS)
    for (let n = 0; n < 5; n++)
      expect(await bench.answers('ada', ['a', 'b', 'c'], 'WITHOUT_DEVICE')).toBe('LOGIN_FAILED')
    bench.now += 300 * 24 * 60 * MINUTE
    expect(await bench.answers('ada', ANSWERS, 'WITHOUT_DEVICE')).toBe('LOGIN_LOCKED')
    bench.now -= 300 * 24 * 60 * MINUTE
    expect(await bench.password('ada', password ?? '')).toBe('ISSUANCE')
    expect((await bench.audited()).slice(0, 4)).toEqual([
      'user.logged-in',
      'user.login-refused LOCKED',
      'user.login-locked',
      'user.login-failed WRONG',
    ])
  })

  test('is unlocked by a Help desk; the answers are gone and are to be set at the next login, whatever the settings say', async () => {
    await bench.settings({ setSecurityQuestions: false, wrongAnswers: 3 })
    await bench.answered(ada, ANSWERS)
    for (let n = 0; n < 4; n++) await bench.answers('ada', ['a', 'b', 'c'], 'WITHOUT_DEVICE')
    const key = await bench.portal.keyOfTries(ada.id)
    await resetLogin(bench.database, ada.id, 'SECURITY_QUESTIONS', key, { actor: anOperator, at: bench.now })
    expect(await bench.answers('ada', ANSWERS, 'WITHOUT_DEVICE')).toBe('LOGIN_FAILED')
    expect(await bench.portal.questions.mustSet(ada.id, 'WITHOUT_DEVICE')).toBe(true)
    await resetLogin(bench.database, ada.id, 'SECURITY_QUESTIONS', key, { actor: anOperator, at: bench.now })
    await bench.answered(ada, ['new one', 'new two', 'new three'])
    expect(await bench.portal.questions.mustSet(ada.id, 'WITHOUT_DEVICE')).toBe(false)
    expect(await bench.answers('ada', ['new one', 'new two', 'new three'], 'WITHOUT_DEVICE')).toBe('WITHOUT_DEVICE')
  })

  test('and whoever is logged in without a device is not any more: new answers are set by the user', async () => {
    await bench.answered(ada, ANSWERS)
    const { visits } = bench.portal
    const [guesser, issuing, other] = await Promise.all([
      visits.logIn((await visits.begin()).visitor, ada, 'WITHOUT_DEVICE'),
      visits.logIn((await visits.begin()).visitor, ada, 'ISSUANCE'),
      visits.logIn((await visits.begin()).visitor, await bench.user('bob'), 'WITHOUT_DEVICE'),
    ])
    const key = await bench.portal.keyOfTries(ada.id)
    await resetLogin(bench.database, ada.id, 'SECURITY_QUESTIONS', key, { actor: anOperator, at: bench.now })
    const there = await Promise.all(
      [guesser, issuing, other].map(async ({ token }) => (await visits.find(token)) !== null),
    )
    expect(there).toEqual([false, true, true])
  })

  test('a right try before the limit begins the counting anew', async () => {
    await bench.answered(ada, ANSWERS)
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 4; n++) await bench.answers('ada', ['a', 'b', 'c'], 'WITHOUT_DEVICE')
      expect(await bench.answers('ada', ANSWERS, 'WITHOUT_DEVICE')).toBe('WITHOUT_DEVICE')
    }
  })
})

describe('a directory that cannot be reached', () => {
  test('says so, counts nothing and locks nobody, neither the name nor the address', async () => {
    await ldapWithoutDevice()
    await bench.settings({ wrongTriesPerSource: 10 })
    for (const directory of [unreachable, null]) {
      bench.directory = directory
      for (let n = 0; n < 8; n++) expect(await bench.ldap('ada', 'right')).toBe('DIRECTORY_UNREACHABLE')
      for (let n = 0; n < 8; n++) expect(await bench.ldap('nobody', 'right')).toBe('DIRECTORY_UNREACHABLE')
    }
    bench.directory = aDirectory({ ada: 'right' }).directory
    expect(await bench.ldap('ada', 'right')).toBe('WITHOUT_DEVICE')
  })
})

describe('one source', () => {
  test('may try wrongly so often over all names, then waits for the quarter of an hour to end; others do not', async () => {
    await bench.settings({ wrongTriesPerSource: 10 })
    await bench.answered(ada, ANSWERS)
    for (let n = 0; n < 10; n++) expect(await bench.password(`name ${n}`, 'wrong')).toBe('LOGIN_FAILED')
    const before = bench.counted.hashes
    for (let n = 0; n < 3; n++) expect(await bench.answers('ada', ANSWERS, 'WITHOUT_DEVICE')).toBe('TOO_MANY_REQUESTS')
    expect(bench.counted.hashes).toBe(before)
    expect((await bench.audited()).filter(line => line === 'user.login-source-limited')).toHaveLength(1)
    bench.address = '192.0.2.2'
    expect(await bench.answers('ada', ANSWERS, 'WITHOUT_DEVICE')).toBe('WITHOUT_DEVICE')
    bench.address = '192.0.2.1'
    bench.now += 15 * MINUTE
    expect(await bench.answers('ada', ANSWERS, 'WITHOUT_DEVICE')).toBe('WITHOUT_DEVICE')
  })

  test('is not held back by right ones, and a wrong one from there does not count for the person once it is held back', async () => {
    await bench.settings({ wrongTriesPerSource: 10 })
    await bench.answered(ada, ANSWERS)
    for (let n = 0; n < 12; n++) expect(await bench.answers('ada', ANSWERS, 'WITHOUT_DEVICE')).toBe('WITHOUT_DEVICE')
    for (let n = 0; n < 10; n++) await bench.password(`name ${n}`, 'wrong')
    for (let n = 0; n < 8; n++) await bench.answers('ada', ['a', 'b', 'c'], 'WITHOUT_DEVICE')
    bench.address = '192.0.2.2'
    expect(await bench.answers('ada', ANSWERS, 'WITHOUT_DEVICE')).toBe('WITHOUT_DEVICE')
  })
})

describe('U-4: which method is good for what', () => {
  const login = {
    firstIssuance: 'INITIAL_PASSWORD',
    laterIssuance: 'SECURITY_QUESTIONS',
    withoutDevice: 'LDAP_PASSWORD',
  } as const

  test('U-5: questions are never the first login: right answers are refused like wrong ones until a device was issued', async () => {
    await bench.settings({ login })
    await bench.answered(ada, ANSWERS)
    expect(await bench.answers('ada', ANSWERS, 'ISSUANCE')).toBe('LOGIN_FAILED')
    expect(await bench.audited()).toEqual(['user.login-failed OTHER_METHOD_APPLIES'])
    await bench.issued(ada.id)
    expect(await bench.answers('ada', ANSWERS, 'ISSUANCE')).toBe('ISSUANCE')
    expect(await bench.answers('ada', ANSWERS, 'WITHOUT_DEVICE')).toBe('LOGIN_FAILED')
  })

  test('an initial password is for the first device only where a later one asks for something else', async () => {
    await bench.settings({ login })
    const create = async () => bench.portal.initialPasswords.create(await bench.device(ada.id), anOperator)
    expect(await bench.password('ada', (await create()).password ?? '')).toBe('ISSUANCE')
    await bench.issued(ada.id)
    expect(await bench.password('ada', (await create()).password ?? '')).toBe('LOGIN_FAILED')
  })
})
