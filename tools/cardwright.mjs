// npm run cardwright -- COMMAND …: the command line, from a clone that may be fresh.
import { join } from 'node:path'
import { takeOver } from './process.mjs'
import { NODE, ROOT, setUp } from './setup.mjs'

setUp()
takeOver(NODE, [join(ROOT, 'apps/cli/src/main.ts'), ...process.argv.slice(2)])
