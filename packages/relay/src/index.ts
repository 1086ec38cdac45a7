export { type Channel, createChannelPair } from './channel.ts'
export * from './chunks.ts'
export { type FarEnd, type FarEndOptions, runFarEnd, type TypedValues } from './far-end.ts'
export { fromReadersMessage, toReadersMessage } from './readers-message.ts'
