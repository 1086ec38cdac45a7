export { combineReaders } from './combine-readers.ts'
export { createLocalGateway, type LocalGateway } from './local-gateway.ts'
export { createRelayGateway, type RelayOptions } from './relay-gateway.ts'
