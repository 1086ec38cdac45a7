import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesToHex, type Readers } from '@cardwright/card'
import type { ConfigurationResult } from '../configuration/configuration.ts'
import { MANIFEST_FILE, type Machine, manifestFolders, registryKeys } from '../installation/places.ts'
import { look } from '../native/look.ts'

/** What a help desk asks for first: whom the client serves, which browsers know it, which readers and cards there are. */
export const check = async (
  version: string,
  configuration: ConfigurationResult,
  machine: Machine,
  readers: Readers,
): Promise<string> => {
  const { readers: found, pcsc } = await look(readers)
  const lines = [
    `cardwright-client ${version} on ${machine.platform}`,
    ...(configuration.ok ? describe(configuration) : [`Configuration: ${configuration.problem}`]),
    'Browsers:',
    ...browsers(machine),
    pcsc.available ? 'Smart card service: answers' : `Smart card service: ${pcsc.message}`,
    ...(pcsc.available ? ['Readers:'] : []),
    ...found.map(({ name, card }) => `  ${name}: ${card ? cardText(card.atr) : 'empty'}`),
    ...(pcsc.available && found.length === 0 ? ['  none'] : []),
  ]
  return `${lines.join('\n')}\n`
}

const describe = ({ configuration, file }: Extract<ConfigurationResult, { ok: true }>): string[] => {
  const { origins, allowedExtensions, serverName, log } = configuration
  return [
    `Configuration: ${file}`,
    `  serves ${serverName === undefined ? '' : `${serverName}: `}${origins.join(', ')}`,
    `  through the extension ${allowedExtensions.join(', ')}`,
    `  log: ${log ?? 'none'}`,
  ]
}

const browsers = (machine: Machine): string[] => {
  const keys = (['user', 'system'] as const).flatMap(scope => registryKeys(machine, scope))
  if (keys.length > 0) return keys.map(key => `  look into ${key}`)
  const places = (['user', 'system'] as const).flatMap(scope => manifestFolders(machine, scope))
  const files = places.map(place => join(place, MANIFEST_FILE)).filter(file => existsSync(file))
  return files.length === 0 ? ['  none knows the client'] : files.map(file => `  ${file} → ${pathIn(file)}`)
}

const pathIn = (manifest: string): string => {
  try {
    const { path } = JSON.parse(readFileSync(manifest, 'utf8'))
    return existsSync(path) ? path : `${path}, which is missing`
  } catch {
    return 'damaged'
  }
}

const cardText = (atr: Uint8Array): string =>
  atr.length === 0 ? 'a card that does not answer, or is held by another program' : `card ${bytesToHex(atr)}`
