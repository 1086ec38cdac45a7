/** What the command line shares with the server, without loading the server. */
export { stepText } from './issuance/step-texts.ts'
export { localAccessFile } from './sign-in/local-access.ts'
