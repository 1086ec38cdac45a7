import type { Reader } from '@cardwright/contract'
import { ApiError } from '../api/api-error.ts'
import { t } from '../texts/t.ts'
import { useWorkstation } from '../workstation/WorkstationProvider.tsx'

/** Extension, client and their versions, looked at anew before each operation at a workstation's reader (U-2). Throws `ApiError`. */
export const useWorkstationCheck = () => {
  const { check } = useWorkstation()
  return async (where: Reader['where']): Promise<void> => {
    if (where === 'SERVER' || (await check())) return
    throw new ApiError({
      status: 0,
      code: 'WORKSTATION_NOT_READY',
      detail: t('reader.notReady'),
      step: t('reader.notReadyStep'),
      advice: t('unlock.keepAdvice'),
    })
  }
}
