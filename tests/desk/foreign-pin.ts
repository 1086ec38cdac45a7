import { expect } from 'vitest'
import { run } from '../interop/foreign-tools.ts'
import type { Desk } from './desk.ts'

const yubico = (reader: string, ...args: string[]) => run('yubico-piv-tool', ['-r', reader, ...args])

/** Leaves the page and waits until another program can have the card: a client ends some moments after its page. */
export const letGo = async (desk: Desk, reader: string): Promise<void> => {
  await desk.page.goto('about:blank')
  await expect
    .poll(async () => (await yubico(reader, '-a', 'version')).code, { timeout: 10_000, interval: 200 })
    .toBe(0)
}

/** Whether yubico-piv-tool gets the card to take a PIN. */
export const takesPin = async (reader: string, pin: string): Promise<boolean> => {
  const { code, stdout, stderr } = await yubico(reader, '-a', 'verify-pin', '-P', pin)
  if (code !== 0 && !/pin (verification failed|code blocked)/i.test(stdout + stderr))
    throw new Error(`yubico-piv-tool did not ask the card: ${stderr}`)
  return code === 0
}
