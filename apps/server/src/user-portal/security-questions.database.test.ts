import { listSecurityQuestions, updateSecurityQuestion } from '@cardwright/adapters/db'
import type { User } from '@cardwright/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EdgeError } from '../http/problems.ts'
import { anOperator, createUserPortalBench, type UserPortalBench } from '../testing/user-portal.ts'

let bench: UserPortalBench
let ada: User
const ANSWERS = ['Mrs Byron', 'Mayfair', 'Puff']

beforeEach(async () => {
  bench = await createUserPortalBench()
  ada = await bench.user('ada')
}, 60_000)
afterEach(() => bench.db.destroy())

const asked = async (name: string) => (await bench.portal.questions.forName(name)).map(q => q.text)
const catalogue = () => listSecurityQuestions(bench.db)
const retire = async (position: number) => {
  const question = (await catalogue())[position]
  if (!question) throw new Error('no such question')
  const by = { actor: anOperator, at: bench.now }
  await updateSecurityQuestion(bench.database, question.id, { ...question, retired: true }, by)
  return question
}
/** What is refused, by field; null = nothing. */
const refused = (answers: { id: string; answer: string }[], first = true) =>
  bench.portal.questions.set(ada, answers, { first, by: { kind: 'user', id: ada.id, label: 'ada' } }).then(
    () => null,
    error => {
      if (error instanceof EdgeError) return error.fields ?? error.code
      throw error
    },
  )

describe('the questions to answer', () => {
  test('are 12 to begin with, made once', async () => {
    const texts = (await catalogue()).map(q => q.text)
    expect([texts.length, new Set(texts).size]).toEqual([12, 12])
  })

  test('U-8: of unknown names and of names without answers are as many, from the catalogue, and stay the same', async () => {
    await bench.answered(ada, ANSWERS)
    await bench.user('blank')
    const all = (await catalogue()).map(q => q.text)
    for (const name of ['nobody', 'blank', 'somebody else']) {
      const questions = await asked(name)
      expect([questions.length, new Set(questions).size]).toEqual([3, 3])
      for (const text of questions) expect(all).toContain(text)
      expect(await asked(name.toUpperCase())).toEqual(questions)
    }
    expect(await asked('ada')).toEqual(all.slice(0, 3))
    const sets = await Promise.all(Array.from({ length: 20 }, (_, n) => asked(`name ${n}`)))
    expect(new Set(sets.map(questions => questions.join())).size).toBeGreaterThan(15)
  })

  test('of an unknown name change only where the catalogue did', async () => {
    const before = await asked('nobody')
    const gone = await retire((await catalogue()).findIndex(q => q.text === before[1]))
    const after = await asked('nobody')
    expect(after).not.toContain(gone.text)
    expect(after.slice(0, 2)).toEqual([before[0], before[2]])
  })

  test('that are retired are still asked whom they were answered by, and answers to them log in', async () => {
    await bench.answered(ada, ANSWERS)
    const retired = await retire(0)
    expect(await asked('ada')).toContain(retired.text)
    expect(await bench.answers('ada', ANSWERS, 'WITHOUT_DEVICE')).toBe('WITHOUT_DEVICE')
    const choice = await bench.portal.questions.choice((await bench.user('blank')).id)
    expect(choice.catalogue.map(q => q.text)).not.toContain(retired.text)
    // Somebody has answered it: a name that nobody has may be asked it too.
    const sets = await Promise.all(Array.from({ length: 40 }, (_, n) => asked(`name ${n}`)))
    expect(sets.flat()).toContain(retired.text)
  })

  test('are as many for everybody when more are needed than somebody has answered', async () => {
    await bench.answered(ada, ANSWERS)
    await bench.settings({ questionsNeeded: 5 })
    const bob = await bench.user('bob')
    await bench.answered(bob, ['one', 'two', 'three', 'four', 'five'])
    expect((await Promise.all(['ada', 'bob', 'nobody'].map(asked))).map(q => q.length)).toEqual([3, 3, 3])
    expect(await bench.answers('bob', ['one', 'two', 'three'], 'WITHOUT_DEVICE')).toBe('WITHOUT_DEVICE')
    expect(await bench.answers('ada', ANSWERS, 'WITHOUT_DEVICE')).toBe('WITHOUT_DEVICE')
  })
})

describe('U-6: answers', () => {
  test('are compared without case and spaces; one wrong one is enough to be refused, whichever it is', async () => {
    await bench.answered(ada, ['To To', 'Straße', 'İzmir'])
    expect(await bench.answers('ada', ['toto', 'S T R A S S E', 'izmir'], 'WITHOUT_DEVICE')).toBe('WITHOUT_DEVICE')
    for (const wrong of [0, 1, 2]) {
      const answers = ['toto', 'strasse', 'izmir'].map((answer, n) => (n === wrong ? 'wrong' : answer))
      expect(await bench.answers('ada', answers, 'WITHOUT_DEVICE')).toBe('LOGIN_FAILED')
    }
    expect(await bench.answers('ada', ['strasse', 'toto', 'izmir'], 'WITHOUT_DEVICE')).toBe('LOGIN_FAILED')
  })

  test('are stored as slow hashes, each with its own salt, of the compared form', async () => {
    await bench.answered(ada, ANSWERS)
    const bob = await bench.user('bob')
    await bench.answered(bob, ANSWERS)
    const rows = await bench.db.selectFrom('security_answers').selectAll().execute()
    const hashes = rows.map(row => row.hash)
    expect([hashes.length, new Set(hashes).size]).toEqual([6, 6])
    for (const hash of hashes) expect(hash).toMatch(/^\$scrypt\$/)
    expect(JSON.stringify(rows).toLowerCase()).not.toMatch(/byron|mayfair|puff/)
  })

  test('are refused by field and never repeated: too short, equal, in the question, of a retired or unknown question', async () => {
    const retired = await retire(5)
    const ids = (await catalogue()).map(q => q.id)
    const [a = '', b = '', c = ''] = ids
    const short = await refused([
      { id: a, answer: 'x Y' },
      { id: b, answer: 'Street' },
      { id: c, answer: 'S T R E E T' },
    ])
    expect(short).toEqual({
      'answers/0/answer': 'is too short; spaces do not count',
      'answers/1/answer': 'is part of the question',
      'answers/2/answer': 'is the same as another answer',
    })
    const strange = await refused([
      { id: retired.id, answer: 'first answer' },
      { id: a, answer: 'second answer' },
      { id: a, answer: 'third answer' },
    ])
    expect(Object.keys(strange ?? {})).toEqual(['answers/0/id', 'answers/2/id'])
    expect(await refused([{ id: a, answer: 'only one' }])).toEqual({ answers: 'must be 3' })
    expect(await bench.portal.answersSetAt(ada.id)).toBeNull()
  })

  test('are set first only where there are none; changing replaces them all', async () => {
    const ids = (await catalogue()).map(q => q.id)
    const given = (from: number, ...answers: string[]) =>
      answers.map((answer, n) => ({ id: ids[from + n] ?? '', answer }))
    expect(await refused(given(0, ...ANSWERS))).toBeNull()
    expect(await refused(given(3, ...ANSWERS))).toBe('ANSWERS_SET_ALREADY')
    expect(await refused(given(2, 'other one', 'other two', 'other three'), false)).toBeNull()
    expect(await bench.answers('ada', ANSWERS, 'WITHOUT_DEVICE')).toBe('LOGIN_FAILED')
    expect(await bench.answers('ada', ['other one', 'other two', 'other three'], 'WITHOUT_DEVICE')).toBe(
      'WITHOUT_DEVICE',
    )
  })
})

describe('U-5: whether they must be set', () => {
  test('follows from the setting, for an issuance, where none are set', async () => {
    const must = (service: string) => bench.portal.questions.mustSet(ada.id, service)
    expect([await must('ISSUANCE'), await must('WITHOUT_DEVICE'), await must('DEVICE')]).toEqual([true, false, false])
    await bench.settings({ setSecurityQuestions: false })
    expect(await must('ISSUANCE')).toBe(false)
    await bench.settings({ setSecurityQuestions: true })
    await bench.answered(ada, ANSWERS)
    expect(await must('ISSUANCE')).toBe(false)
  })

  test('is no where the catalogue has too few: nobody could go on', async () => {
    for (let n = 0; n < 10; n++) await retire(n)
    expect(await bench.portal.questions.mustSet(ada.id, 'ISSUANCE')).toBe(false)
  })
})
