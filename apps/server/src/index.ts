export { type RunningServer, startServer } from './compose.ts'
export { createLog } from './log.ts'
export { OptionsError, parseOptions, type ServerOptions } from './options.ts'
