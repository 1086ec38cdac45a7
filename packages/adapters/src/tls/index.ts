export { areCertificates } from './certificates.ts'
