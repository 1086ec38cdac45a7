import { isUserRight, problem, type Route, routes } from '@cardwright/contract'
import { z } from 'zod'

type Json = Record<string, unknown>

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' })
  return json
}

/** Path and query parameters from an object schema. */
const parameters = (schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] => {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, json]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: json,
  }))
}

const header = (name: string, required: boolean, description: string): Json => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
})

const access = (rule: Route['access']): string => {
  if (rule === 'public') return 'Open to everybody.'
  if (isUserRight(rule)) return `Needs a visit to the User portal with the right \`${rule}\`.`
  return rule === 'signed-in' ? 'Needs a session.' : `Needs the permission \`${rule}\`.`
}

const operation = (route: Route): Json => {
  const signedIn = route.access !== 'public'
  const media = route.stream ? 'text/event-stream' : 'application/json'
  const stream = route.stream ? ' Server-sent events; the data of each is one of these.' : ''
  const groups = route.needsAllGroups ? ' Refused to roles for the own groups only.' : ''
  return {
    operationId: route.id,
    summary: route.summary,
    description: access(route.access) + groups + stream,
    tags: [route.tag],
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      ...(signedIn && route.method !== 'GET' ? [header('x-csrf-token', true, 'csrfToken of the session')] : []),
      ...(signedIn && route.method === 'GET' && !isUserRight(route.access)
        ? [header('x-unattended', false, 'Any value: asked by a page by itself; does not count against idle time')]
        : []),
      ...(route.idempotent ? [header('Idempotency-Key', false, 'The same key answers with the first outcome')] : []),
    ],
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } }
      : {}),
    responses: {
      200: { description: 'Done', content: { [media]: { schema: schemaOf(route.answer, 'output') } } },
      default: { $ref: '#/components/responses/Problem' },
    },
    security: signedIn ? [{ session: [] }] : [],
  }
}

/** The route table as an OpenAPI 3.1 document. */
export const openApiDocument = (publicUrl: string): Json => {
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of Object.values(routes) as Route[]) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cardwright',
      version: '0.1.0',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: 'Everything that the portal does. Refusals are problem documents (RFC 9457) with a stable `code`.',
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      responses: {
        Problem: {
          description: 'What happened, at which step, what now',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'cardwright' } },
    },
  }
}
