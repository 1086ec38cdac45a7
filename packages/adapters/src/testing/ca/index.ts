export { type AuthorityUnderTest, certificateAuthorityContract, type Validity } from './authority-contract.ts'
export { authorityStoreContract } from './authority-store-contract.ts'
export { createMemoryAuthorityStore } from './memory-authority-store.ts'
export { type OpensslBench, opensslBench } from './openssl.ts'
