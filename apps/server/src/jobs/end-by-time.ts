import { expireDevices, expireRequests, type RequestPorts } from '@cardwright/core'

/**
 * Requests that nobody acted on, and devices whose validity is over. Each is ended in a transaction of its own that looks
 * once more, so several servers may do this side by side.
 */
export const createEndByTime = (ports: RequestPorts, wakeOutbox: () => void) => async (): Promise<void> => {
  const ended = (await expireRequests(ports)) + (await expireDevices(ports))
  if (ended > 0) wakeOutbox()
}
