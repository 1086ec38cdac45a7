export * from './command.ts'
export * from './errors.ts'
export * from './script/script.ts'
export * from './transport.ts'
