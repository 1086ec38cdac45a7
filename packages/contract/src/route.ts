import type { z } from 'zod'
import type { Permission } from './permissions.ts'
import type { UserRight } from './user-rights.ts'

/**
 * What an id of a request names. Whoever has a role for the own groups only is answered NOT_FOUND where it names
 * something outside of them; the server derives that from the route, like the permission. `request` names a request.
 */
export type ScopedSubject =
  | 'user'
  | 'device'
  | 'credential'
  | 'issuance'
  | 'request'
  | 'group'
  | 'reader'
  | 'print-job'
  | 'delivery'
/** Belongs to no group: everybody with the permission sees all. */
export type OpenSubject = 'policy' | 'role' | 'security-question' | 'layout' | 'printer'
export type Subject = ScopedSubject | OpenSubject

/**
 * One HTTP route as data. The server registers from it, the portal and the CLI call through it, OpenAPI is made from
 * it, and the permission check is derived from it, so none of the four can disagree.
 */
export type Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> = {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with `:name` parameters. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  /**
   * `public` = before sign-in; `signed-in` = any operator session; a permission = an operator who has it; a user right =
   * a visit to the User portal that has it.
   */
  readonly access: 'public' | 'signed-in' | Permission | UserRight
  /** What `:id` names. Each operator's route with one must say it. */
  readonly about?: Subject
  /** What ids in the query and in the body name, by member; `reader` is the card in it. */
  readonly aboutQuery?: Readonly<Record<string, ScopedSubject>>
  readonly aboutBody?: Readonly<Record<string, ScopedSubject>>
  /** Concerns everybody: refused to a role for the own groups only, whatever it permits. */
  readonly needsAllGroups?: true
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  readonly answer: Answer
  /** Bytes of the largest body, where it is more than that of any other route: one with pictures in it. */
  readonly bodyLimit?: number
  /** Takes an `Idempotency-Key` header; the same key answers with the first outcome. */
  readonly idempotent?: true
  /** Answers with server-sent events; each event's data is one `answer`. */
  readonly stream?: true
}

export const route = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  r: Route<P, Q, B, A>,
): Route<P, Q, B, A> => r
