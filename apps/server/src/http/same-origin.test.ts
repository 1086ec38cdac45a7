import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { addressOf, isLoopback, originIsOwn } from './same-origin.ts'

test('a server on loopback is reached as localhost and nothing else', () => {
  const { publicUrl, allowedHosts } = addressOf({ host: '127.0.0.1', port: 8420, url: undefined })
  expect(publicUrl).toBe('http://localhost:8420')
  expect([...allowedHosts].sort()).toEqual(['127.0.0.1:8420', '[::1]:8420', 'localhost:8420'])
})

test('behind a proxy the public address counts too', () => {
  const { publicUrl, allowedHosts } = addressOf({ host: '127.0.0.1', port: 8420, url: 'https://cards.example/' })
  expect(publicUrl).toBe('https://cards.example')
  expect(allowedHosts.has('cards.example')).toBe(true)
})

test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['10.0.0.1', false],
  ['localhost.evil.example', false],
])('%s is loopback: %s', (host, expected) => expect(isLoopback(host)).toBe(expected))

test.each([
  ['https://cards.example', true],
  ['http://cards.example', false],
  ['https://cards.example:8443', false],
  ['https://evil.example', false],
  ['null', false],
])('behind TLS a page of %s is our own: %s', (origin, expected) => {
  const address = addressOf({ host: '127.0.0.1', port: 8420, url: 'https://cards.example' })
  const request = { headers: { host: 'cards.example', origin } } as FastifyRequest
  expect(originIsOwn(request, address)).toBe(expected)
})
