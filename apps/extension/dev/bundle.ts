import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

/**
 * Bundles the extension into dist/: everything but what only the server knows (its key, its address), which it adds when
 * somebody downloads the extension.
 */
const HERE = join(import.meta.dirname, '..')
const DIST = join(HERE, 'dist')

rmSync(DIST, { recursive: true, force: true })
mkdirSync(DIST)
for (const [name, input] of Object.entries({
  'service-worker': 'src/service-worker.ts',
  unblock: 'src/unblock/main.ts',
})) {
  const bundle = await rolldown({ input: join(HERE, input), external: ['./site.js'], platform: 'browser' })
  await bundle.write({ file: join(DIST, `${name}.js`), format: 'esm' })
  await bundle.close()
}
cpSync(join(HERE, 'src/unblock/unblock.html'), join(DIST, 'unblock.html'))
cpSync(join(HERE, 'src/unblock/unblock.css'), join(DIST, 'unblock.css'))
cpSync(join(HERE, 'icons'), join(DIST, 'icons'), { recursive: true, filter: path => !path.endsWith('.svg') })
const { version } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'))
const manifest = JSON.parse(readFileSync(join(HERE, 'manifest.json'), 'utf8'))
// Last: a folder with a manifest is a whole one.
writeFileSync(join(DIST, 'manifest.json'), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`)
