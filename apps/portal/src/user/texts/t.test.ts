import { expect, test } from 'vitest'
import { workstation } from '../../texts/en/workstation.ts'
import { frame } from './en/frame.ts'
import { home } from './en/home.ts'
import { issue } from './en/issue.ts'
import { login } from './en/login.ts'
import { request } from './en/request.ts'
import { start } from './en/start.ts'
import { en } from './en.ts'
import { t } from './t.ts'

test('no text takes the place of another one', () => {
  const parts = [workstation, frame, start, login, issue, home, request]
  const keys = parts.flatMap(part => Object.keys(part))
  expect(Object.keys(en)).toHaveLength(keys.length)
})

test('values are filled in, and counted', () => {
  expect(t('frame.step', { step: 2, steps: 5 })).toBe('Step 2 of 5')
  expect(t('device.found', { count: 1 })).toBe('A device was found.')
  expect(t('device.found', { count: 2 })).toContain('2 devices')
})

test('a value that looks like a pattern stays as it is', () => {
  expect(t('home.title', { name: '$& {name} $1' })).toBe('Hello, $& {name} $1')
})
