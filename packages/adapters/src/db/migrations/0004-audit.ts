import { ddl } from './ddl.ts'

/**
 * The head is a row of its own, sealed by its own MAC, so that cutting off the newest records shows. It is locked while
 * a record is appended: the numbers have no gap and follow the order of commits.
 */
export const audit = ddl(
  `create table audit (
    sequence bigint primary key check (sequence >= 1),
    at timestamptz not null check (at = date_trunc('milliseconds', at)),
    actor_kind text not null check (actor_kind in ('operator', 'user', 'system')),
    actor_id text not null,
    actor_label text not null,
    action text not null,
    object_type text not null,
    object_id text not null,
    object_label text not null,
    user_id text,
    device_id text,
    result text not null check (result in ('SUCCESS', 'FAILURE', 'DENIED')),
    reason text,
    details jsonb not null,
    mac bytea not null check (length(mac) = 32)
  )`,
  'create index audit_of_user on audit (user_id, sequence) where user_id is not null',
  'create index audit_of_device on audit (device_id, sequence) where device_id is not null',
  'create index audit_of_object on audit (object_type, object_id, sequence)',
  'create index audit_by_action on audit (action text_pattern_ops, sequence)',
  'create index audit_by_time on audit (at)',
  `create index audit_search on audit using gin (lower(' ' || actor_label || ' ' || object_label) gin_trgm_ops)`,
  `create trigger audit_rows_never_change before update or delete on audit
    for each row execute function refuse_change()`,
  `create trigger audit_is_never_emptied before truncate on audit
    for each statement execute function refuse_change()`,
  `create table audit_head (
    single boolean primary key default true check (single),
    count bigint not null check (count >= 0),
    last_mac bytea not null,
    head_mac bytea not null
  )`,
  `insert into audit_head (count, last_mac, head_mac) values (0, '', '')`,
  `create trigger audit_head_stays before delete on audit_head for each row execute function refuse_change()`,
  `create trigger audit_head_is_never_emptied before truncate on audit_head
    for each statement execute function refuse_change()`,
)
