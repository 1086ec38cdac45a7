// npm start [-- --data DIR --port N --no-demo]
import { join } from 'node:path'
import { buildExtension } from './extension-build.mjs'
import { buildPortal } from './portal-build.mjs'
import { takeOver } from './process.mjs'
import { NODE, ROOT, setUp, stop } from './setup.mjs'

setUp()
const failure = (await buildPortal()) ?? (await buildExtension())
if (failure) stop(`The portal could not be built:\n${failure}`)
takeOver(NODE, [join(ROOT, 'apps/server/src/main.ts'), ...process.argv.slice(2)])
