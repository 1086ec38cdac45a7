import type { Route } from '@cardwright/contract'
import type { z } from 'zod'

/** A route as the portal holds it: no schemas, but their types. `unknown` = the route takes none. */
export type ClientRoute<Params, Query, Body, Answer> = {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** Who may call it: the same table that the API checks by. */
  readonly access: Route['access']
  /** Concerns everybody: not for a role for the own groups. */
  readonly needsAllGroups: boolean
  readonly idempotent: boolean
  /** Never present; carries the types. */
  readonly types?: { params: Params; query: Query; body: Body; answer: Answer }
}

// A route without a schema was inferred with the constraint `z.ZodType`, whose input is unknown.
export type ParamsOf<R> = R extends Route<infer P, infer _Q, infer _B, infer _A> ? z.input<P> : never
export type QueryOf<R> = R extends Route<infer _P, infer Q, infer _B, infer _A> ? z.input<Q> : never
export type BodyOf<R> = R extends Route<infer _P, infer _Q, infer B, infer _A> ? z.input<B> : never
export type AnswerOf<R> = R extends Route<infer _P, infer _Q, infer _B, infer A> ? z.output<A> : never

type Slot<Name extends string, T> = unknown extends T
  ? { readonly [K in Name]?: undefined }
  : { readonly [K in Name]: T }
type OptionalSlot<Name extends string, T> = unknown extends T
  ? { readonly [K in Name]?: undefined }
  : { readonly [K in Name]?: T }

/** What a call needs. The query is optional where all its members are. */
export type Input<Params, Query, Body> = Slot<'params', Params> &
  (Record<never, never> extends Query ? OptionalSlot<'query', Query> : Slot<'query', Query>) &
  Slot<'body', Body>
