import { join } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'

const ADDON = '\0cardwright:addon'

/** The name of the native code beside the executable. */
export const ADDON_FILE = 'pcsc.node'

/**
 * pcsc-mini looks for its native code among the packages, of which there are none here: it lies beside the executable.
 * Loaded when it is first needed; if it cannot be, card-pcsc says that there is no smart card service.
 */
const addonBesideExecutable = (): Plugin => ({
  name: 'addon-beside-executable',
  resolveId: {
    filter: { id: /^\.\/addon\.node$/ },
    handler: () => ADDON,
  },
  load: {
    filter: { id: /cardwright:addon$/ },
    handler: () => `
      const { dirname, join } = require('node:path')
      process.dlopen(module, join(dirname(process.execPath), ${JSON.stringify(ADDON_FILE)}))`,
  },
})

/** The whole client as one CommonJS text, which is what a single executable application takes. */
export const bundleClient = async (root: string): Promise<string> => {
  const build = await rolldown({
    input: join(root, 'apps/client/src/main.ts'),
    platform: 'node',
    plugins: [addonBesideExecutable()],
  })
  try {
    const { output } = await build.generate({ format: 'cjs', codeSplitting: false, minify: false, sourcemap: false })
    const [chunk, ...others] = output
    if (others.length > 0) throw new Error(`the bundle has ${output.length} files, expected one`)
    return chunk.code
  } finally {
    await build.close()
  }
}
