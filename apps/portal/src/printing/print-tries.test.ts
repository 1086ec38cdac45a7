import { expect, test } from 'vitest'
import { errorFromAnswer, networkError } from '../api/api-error.ts'
import { printTries } from './print-tries.ts'

const refusal = errorFromAnswer(409, { code: 'PRINTER_NOT_READY', detail: 'The cover is open.' })
const sending = (...outcomes: Error[]) => {
  const names: string[] = []
  const send = async (name: string) => {
    names.push(name)
    const outcome = outcomes.shift()
    if (outcome) throw outcome
    return 'job'
  }
  return { names, send }
}

test('P-4, P-7: a print whose answer was lost is asked for by the same name; one that was refused is a new try', async () => {
  const { names, send } = sending(networkError(), refusal)
  const print = printTries('7')
  const attempt = (name: string) => print({ name, openedLater: false }, send)
  await expect(attempt('a')).rejects.toMatchObject({ status: 0 })
  await expect(attempt('b')).rejects.toMatchObject({ status: 409 })
  expect(await attempt('c')).toBe('job')
  expect(names).toEqual(['print-7', 'print-7', 'c'])
})

test('P-7: a refusal that the server has kept from an earlier visit does not hold for a printer that is ready now', async () => {
  const { names, send } = sending(refusal)
  expect(await printTries('7')({ name: 'a', openedLater: true }, send)).toBe('job')
  expect(names).toEqual(['print-7', 'a'])
})
