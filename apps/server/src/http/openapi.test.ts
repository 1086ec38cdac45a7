import { type Route, routes } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { openApiDocument } from './openapi.ts'

const document = openApiDocument('http://localhost:8420') as {
  openapi: string
  paths: Record<string, Record<string, { operationId: string; parameters: { in: string; name: string }[] }>>
}

test('is OpenAPI 3.1 and has every route of the table once', () => {
  expect(document.openapi).toBe('3.1.0')
  const ids = Object.values(document.paths).flatMap(path => Object.values(path).map(o => o.operationId))
  expect(ids.sort()).toEqual(Object.keys(routes).sort())
})

test('names every path parameter, the CSRF header on unsafe methods and the idempotency key where it is taken', () => {
  for (const route of Object.values(routes) as Route[]) {
    const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
    const names = (place: string) => operation?.parameters.filter(p => p.in === place).map(p => p.name) ?? []
    expect(names('path')).toEqual([...route.path.matchAll(/:(\w+)/g)].map(m => m[1]))
    expect(names('header').includes('x-csrf-token')).toBe(route.access !== 'public' && route.method !== 'GET')
    expect(names('header').includes('Idempotency-Key')).toBe(route.idempotent === true)
  }
})

test('holds no reference that leads nowhere', () => {
  const text = JSON.stringify(document)
  for (const [, path] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = (path ?? '')
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document)
    expect([path, typeof target]).toEqual([path, 'object'])
  }
})
