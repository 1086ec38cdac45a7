import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Writes `.br` and `.gz` beside every text file of the build, so that the server compresses nothing while it runs. */
export const compressPlugin = (): Plugin => {
  let directory = ''
  return {
    name: 'cardwright-compress',
    apply: 'build',
    configResolved: config => {
      directory = resolve(config.root, config.build.outDir)
    },
    closeBundle: async () => {
      const names = (await readdir(directory, { recursive: true })).filter(name => /\.(js|css|html|svg)$/.test(name))
      await Promise.all(
        names.map(async name => {
          const file = join(directory, name)
          const content = await readFile(file)
          const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
          await writeFile(`${file}.br`, await brotli(content, { params }))
          await writeFile(`${file}.gz`, await zip(content, { level: 9 }))
        }),
      )
    },
  }
}
