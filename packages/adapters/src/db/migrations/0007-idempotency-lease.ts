import { ddl } from './ddl.ts'

/** Who carries a request out, and until when this is believed; a key without both was left behind by an earlier release. */
export const idempotencyLease = ddl(
  `alter table idempotency_keys
    add column claim uuid,
    add column lease_until timestamptz`,
)
