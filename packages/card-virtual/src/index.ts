export { type AttestationRoot, createAttestationRoot } from './attestation/certificates.ts'
export type { Quirks } from './context.ts'
export type { KeyPool } from './crypto.ts'
export { type FactoryOptions, manufacture } from './factory.ts'
export { createRsaKeyPool, type RsaKeyPool } from './key-pool.ts'
export type { Effect, PowerCut } from './memory.ts'
export { type CardModel, MODELS, type ModelName, YUBICO_ADMINISTRATION_KEY } from './models.ts'
export { createVirtualReaders, type VirtualReader, type VirtualReaderOptions, type VirtualReaders } from './readers.ts'
export type { AdministrationKey, Persistent, PrivateKey, SecureChannelKeys } from './state.ts'
export { loadVirtualCard, openVirtualCard, readVirtualCardState, saveVirtualCard, storeVirtualCard } from './store.ts'
export {
  createVirtualCard,
  type RuntimeOptions,
  runVirtualCard,
  type VirtualCard,
  type VirtualCardOptions,
} from './virtual-card.ts'
