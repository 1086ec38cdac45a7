export * from './fake-printer.ts'
