export { createNetworkPrinter } from './ipp/ipp-printer.ts'
export { createRelayPrinters, type RelayPrinters, type RelayQueue } from './relay/relay-printers.ts'
export {
  createVirtualPrinter,
  type PrintedOrder,
  type StandingFault,
  type VirtualPrinter,
  type VirtualPrinterOptions,
} from './virtual/virtual-printer.ts'
