import { canRun } from '../../tests/interop/foreign-tools.ts'
import { startPcscd } from '../../tests/interop/pcscd.ts'
import type { Report } from '../harness.ts'
import { measureAgainstReplay } from '../issue/against-replay.ts'
import { measureConcurrent } from '../issue/concurrent.ts'
import { measureNetwork } from '../issue/network.ts'
import { measureYubicoPivTool } from '../issue/yubico-piv-tool.ts'

export const name = 'issue'

export async function run(report: Report): Promise<void> {
  await measureNetwork(report)
  await measureAgainstReplay(report, 'in-process', 21)
  if (canRun('yubico-piv-tool')) {
    const pcscd = await startPcscd()
    try {
      await measureAgainstReplay(report, 'pcscd', 5)
      await measureYubicoPivTool(report, 3)
    } finally {
      await pcscd.stop()
    }
  } else console.error('pcscd, vsmartcard-vpcd or yubico-piv-tool is missing: nothing measured over PC/SC')
  await measureConcurrent(report)
}
