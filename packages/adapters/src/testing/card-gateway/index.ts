export { cardGatewayContract, type GatewayUnderTest } from './contract.ts'
export { type ChannelFaults, createFaultyChannel } from './faulty-channel.ts'
