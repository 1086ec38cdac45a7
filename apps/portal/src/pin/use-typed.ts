import type { Reader, TypedNewPin, TypedPinChange } from '@cardwright/contract'

type Where = Reader['where']

/**
 * What goes to the server in place of what was typed: for a reader of a workstation only the name under which its client
 * keeps it (DESIGN §3), for a reader of the server's own machine the PIN itself.
 */
export const useTyped = () => {
  const newPin = async (_where: Where, pin: string): Promise<TypedNewPin> => ({ newPin: pin })
  const pinChange = async (_where: Where, pin: string, next: string): Promise<TypedPinChange> => ({ pin, newPin: next })
  return { newPin, pinChange }
}
