export {
  type IppTestServer,
  type IppTestServerOptions,
  type Misbehaviour,
  startIppTestServer,
} from './ipp-test-server.ts'
export type { PrintedDocument } from './test-jobs.ts'
export { decodePwgRaster, pngOf } from './test-pictures.ts'
