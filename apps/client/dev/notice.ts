import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Packages whose code is in the folder, beside our own. */
const BUNDLED = ['pcsc-mini', 'zod']

/** What is inside and under which licence, with the texts that the packages bring. */
export const writeNotice = (root: string): string => {
  const parts = BUNDLED.map(name => {
    const folder = join(root, 'node_modules', name)
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return `${name} ${version} (${license})\n\n${licenceOf(folder).trim()}`
  })
  const node = `Node.js ${process.versions.node} (MIT, and the licences of the parts that it is made of)
Its licence text: https://github.com/nodejs/node/blob/v${process.versions.node}/LICENSE`
  const head = `Cardwright client. Licence: Apache-2.0, see LICENSE.\nIt contains:`
  return `${[head, node, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

const licenceOf = (folder: string): string => {
  const name = readdirSync(folder).find(file => /^licen[cs]e/i.test(file))
  if (name === undefined || !existsSync(join(folder, name))) throw new Error(`${folder} has no licence text`)
  return readFileSync(join(folder, name), 'utf8')
}
