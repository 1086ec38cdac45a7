// npm run build:extension: bundles the browser extension into apps/extension/dist; the server packs it when it is asked for.
import { buildExtension } from './extension-build.mjs'
import { setUp, stop } from './setup.mjs'

setUp()
const failure = await buildExtension()
if (failure) stop(`The browser extension could not be built:\n${failure}`)
