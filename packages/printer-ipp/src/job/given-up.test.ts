import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, test } from 'vitest'
import { createIppClient } from '../client.ts'
import { createIppPrinter } from '../ipp-printer.ts'
import type { PrintOrder } from '../printer.ts'
import { type IppTestServer, startIppTestServer } from '../testing/index.ts'
import { takeBackLater } from './given-up.ts'
import { DEFAULT_LIMITS, pauseAfter } from './limits.ts'

const limits = { ...DEFAULT_LIMITS, answerMs: 5000, pollMs: 5, silenceMs: 60, cancelMs: 300, jobMs: 5000 }

let server: IppTestServer | undefined
afterEach(() => server?.close())

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

test('N-5: of a letter that was given up nothing is kept in memory while its printer is looked for', async () => {
  const running = await startIppTestServer()
  server = running
  const printer = createIppPrinter({ uri: running.uri, limits })
  const giveUp = async (): Promise<WeakRef<object>> => {
    const pdf = Buffer.from('%PDF-1.7 with a PIN')
    const order: PrintOrder = { jobName: 'Letter', media: 'A4', pdf, pictures: [], twoSided: false }
    const begun = running.jobs.hold()
    const printing = printer.print(order, () => {})
    await begun
    await running.vanish()
    expect(await printing).toMatchObject({ kind: 'FAILED', paperMayHaveMoved: true })
    return new WeakRef(pdf)
  }
  const document = await giveUp()
  const stillThere = () => {
    collectGarbage()
    return document.deref() !== undefined
  }
  await expect.poll(stillThere, { timeout: 5000 }).toBe(false)
  await running.comeBack()
  await expect.poll(() => running.jobs.find(1)?.state, { timeout: 5000 }).toBe('canceled')
})

test('a printer that stays away is asked less and less often, every half minute in the end', () => {
  let [pause, away, looks] = [DEFAULT_LIMITS.pollMs, 0, 0]
  while (away < DEFAULT_LIMITS.givenUpMs) {
    // One that is back after a minute has no time for a card before it is asked.
    if (away < 60_000) expect(pause).toBeLessThan(7000)
    away += pause
    looks += 1
    pause = pauseAfter(pause, DEFAULT_LIMITS)
  }
  expect(pause).toBe(30_000)
  expect(looks).toBeLessThan(1500)
})

test('nobody looks for a printer any more when whoever sent the job ends', async () => {
  const running = await startIppTestServer({ neverEnds: 'card' })
  server = running
  const ending = new AbortController()
  const job = running.jobs.create('card', {})
  await running.vanish()
  const client = createIppClient({ uri: running.uri }, 'cardwright')
  const looking = takeBackLater({ client, id: job.id, limits, abort: ending.signal, forget: false }, job.uuid)
  ending.abort()
  await looking
  await running.comeBack()
  await takeBackLater({ client, id: job.id, limits, abort: ending.signal, forget: false }, job.uuid)
  expect(running.asked).toEqual([])
})
