export { connectVpcd, VPCD_PORT, type VpcdConnection, type VpcdOptions } from './connect.ts'
