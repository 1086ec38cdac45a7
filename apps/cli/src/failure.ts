/** Ends a command with a message for the person at the terminal. Exit code 1: it did not work; 2: it was called wrongly. */
export class CommandFailure extends Error {
  readonly exitCode: 1 | 2
  /** Printed with --json. */
  readonly details: unknown
  constructor(message: string, exitCode: 1 | 2 = 1, details: unknown = { error: message }) {
    super(message)
    this.name = 'CommandFailure'
    this.exitCode = exitCode
    this.details = details
  }
}
