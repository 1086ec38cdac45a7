export { PcscUnavailableError } from './errors.ts'
export { createPcscReaders, type PcscReaders } from './readers.ts'
