export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type PostgresConnection,
  type PostgresLog,
  startEmbeddedPostgres,
} from './embedded.ts'
export { PostgresError, type PostgresErrorCode } from './errors.ts'
