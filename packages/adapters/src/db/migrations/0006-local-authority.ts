import { ddl } from './ddl.ts'

/**
 * What the built-in CA keeps. The intent (tbs) is there before the signature; what was once intended or issued never
 * changes, and a revoked certificate has no way back (RFC 5280 §5.3.1).
 */
export const localAuthority = ddl(
  `create table authorities (
    id text primary key,
    version integer not null check (version >= 1),
    root_certificate bytea not null,
    root_key_handle bytea not null,
    issuing_certificate bytea not null,
    issuing_key_handle bytea not null,
    content_signer_certificate bytea,
    content_signer_key_handle bytea,
    ocsp_responder_certificate bytea,
    ocsp_responder_key_handle bytea,
    check ((content_signer_certificate is null) = (content_signer_key_handle is null)),
    check ((ocsp_responder_certificate is null) = (ocsp_responder_key_handle is null))
  )`,
  `create table authority_certificates (
    authority_id text not null,
    idempotency_key text not null,
    version integer not null check (version >= 1),
    serial_number text check (serial_number ~ '^[0-9A-F]+$'),
    public_key_spki bytea,
    tbs bytea,
    certificate bytea,
    status text not null check (status in ('GOOD', 'ON_HOLD', 'REVOKED')),
    reason text check (reason in
      ('keyCompromise', 'superseded', 'cessationOfOperation', 'certificateHold', 'unspecified')),
    status_since timestamptz,
    not_after timestamptz not null,
    primary key (authority_id, idempotency_key),
    constraint authority_certificates_serial_number unique (authority_id, serial_number),
    check ((status = 'GOOD') = (reason is null)),
    check ((status = 'GOOD') = (status_since is null)),
    check (certificate is null or (serial_number is not null and public_key_spki is not null and tbs is not null))
  )`,
  `create index authority_certificates_revoked on authority_certificates (authority_id, not_after)
    where status <> 'GOOD' and serial_number is not null`,
  `create function keep_certificate() returns trigger language plpgsql as $$
  begin
    if (new.serial_number, new.public_key_spki, new.tbs) is distinct from (old.serial_number, old.public_key_spki, old.tbs)
      or (old.certificate is not null and new.certificate is distinct from old.certificate)
      or (old.status = 'REVOKED' and new.status <> 'REVOKED') then
      raise exception 'what was intended, issued or revoked stays so' using errcode = '42501';
    end if;
    return new;
  end $$`,
  `create trigger authority_certificates_stay before update on authority_certificates
    for each row execute function keep_certificate()`,
  `create trigger authority_certificates_are_kept before delete on authority_certificates
    for each row execute function refuse_change()`,
  `create table authority_revisions (
    authority_id text primary key,
    revision bigint not null
  )`,
  `create table authority_crls (
    authority_id text not null,
    scope text not null check (scope in ('root', 'issuing')),
    number bigint not null check (number >= 1),
    revision bigint not null,
    der bytea not null,
    this_update timestamptz not null,
    next_update timestamptz not null,
    primary key (authority_id, scope, number),
    check (this_update < next_update)
  )`,
)
