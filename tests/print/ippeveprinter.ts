import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createIppPrinter } from '@cardwright/printer-ipp'
import { freePorts } from '../../packages/adapters/src/testing/directory/free-ports.ts'
import { type RunningProgram, startProgram } from './process.ts'
import { createTray, type Tray } from './tray.ts'

export type RunningPrinter = {
  readonly uri: string
  readonly tray: Tray
  /** kill −9, and whatever it has begun. */
  vanish(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

/** The attributes of a card printer, in the form of ipptool(7). */
const cardPrinter = (formats: readonly string[]): string =>
  [
    `mimeMediaType document-format-supported ${formats.join(',')}`,
    'keyword media-supported custom_card_53.98x85.6mm,iso_a4_210x297mm',
    'keyword media-default custom_card_53.98x85.6mm',
    'keyword media-ready custom_card_53.98x85.6mm',
    // In these words CUPS asks it for a medium.
    'collection media-size-supported { MEMBER integer x-dimension 5398 MEMBER integer y-dimension 8560 }',
    'keyword sides-supported one-sided,two-sided-long-edge,two-sided-short-edge',
    ...(formats.includes('image/pwg-raster')
      ? [
          'resolution pwg-raster-document-resolution-supported 300dpi',
          'keyword pwg-raster-document-sheet-back rotated',
          'keyword pwg-raster-document-type-supported srgb_8',
        ]
      : []),
  ]
    .map(line => `ATTR ${line}\n`)
    .join('')

/** A real IPP Everywhere printer (CUPS' ippeveprinter) that takes these formats, with a script that "prints". */
export const startIppeveprinter = async (
  formats: readonly string[],
  keywords: readonly string[],
): Promise<RunningPrinter> => {
  const tray = createTray(keywords)
  const [command, attributes, spool] = ['print', 'attributes.conf', 'spool'].map(name => join(tray.folder, name)) as [
    string,
    string,
    string,
  ]
  writeFileSync(command, tray.script('"$IPP_JOB_NAME"', '"$1"'))
  chmodSync(command, 0o755)
  writeFileSync(attributes, cardPrinter(formats))
  mkdirSync(spool)
  const [port] = await freePorts(1)
  const uri = `ipp://localhost:${port}/ipp/print`
  const probe = createIppPrinter({ uri, limits: { answerMs: 1000 } })
  let program: RunningProgram
  const start = async () => {
    tray.setPower(true)
    const device = ['-n', 'localhost', '-p', String(port), '-r', 'off', '-d', spool, '-k', '-v']
    program = await startProgram('ippeveprinter', [...device, '-a', attributes, '-c', command, 'Cards'], {
      ready: async () => (await probe.status()).state === 'READY',
      // It waits for its command after a Cancel-Job instead of ending it; this is the mechanism that stops.
      heard: line => line.includes('Cancel-Job') && tray.stopJob(),
    })
  }
  const vanish = async () => {
    await program.end('SIGKILL')
    tray.setPower(false)
  }
  await start()
  return {
    uri,
    tray,
    vanish,
    comeBack: start,
    async close() {
      await vanish()
      tray.remove()
    },
  }
}
