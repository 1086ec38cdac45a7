export * from './ca/index.ts'
export * from './card-gateway/index.ts'
export * from './store/index.ts'
