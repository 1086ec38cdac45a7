import type { Reader, TypedNewPin, TypedPinChange } from '@cardwright/contract'
import { ApiError } from '../api/api-error.ts'
import { t } from '../texts/t.ts'
import { useWorkstation } from '../workstation/WorkstationProvider.tsx'
import { WorkstationError } from '../workstation/workstation.ts'

type Where = Reader['where']

/**
 * What goes to the server in place of what was typed: for a reader of a workstation only the name under which its client
 * keeps it (DESIGN §3), for a reader of the server's own machine the PIN itself. Throws `ApiError`.
 */
export const useTyped = () => {
  const { keep } = useWorkstation()
  const kept = async (typed: { readonly pin?: string; readonly newPin: string }) => {
    try {
      return { kept: await keep(typed) }
    } catch (error) {
      if (!(error instanceof WorkstationError)) throw error
      throw new ApiError({
        status: 0,
        code: error.code,
        detail: error.message,
        step: t('unlock.keepStep'),
        advice: t(error.code === 'PIN_FORMAT' ? 'unlock.keepFormat' : 'unlock.keepAdvice'),
      })
    }
  }
  const newPin = async (where: Where, pin: string): Promise<TypedNewPin> =>
    where === 'WORKSTATION' ? kept({ newPin: pin }) : { newPin: pin }
  const pinChange = async (where: Where, pin: string, next: string): Promise<TypedPinChange> =>
    where === 'WORKSTATION' ? kept({ pin, newPin: next }) : { pin, newPin: next }
  return { newPin, pinChange }
}
