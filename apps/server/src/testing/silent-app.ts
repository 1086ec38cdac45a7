import { pino } from 'pino'
import { type AppOptions, createApp } from '../http/app.ts'
import { addressOf } from '../http/same-origin.ts'

/** The server's HTTP without a log and without routes, at http://localhost unless `change` says otherwise. */
export const silentApp = (change: Partial<AppOptions> = {}) =>
  createApp({
    log: pino({ level: 'silent' }),
    address: () => addressOf({ host: '127.0.0.1', port: 80, url: 'http://localhost' }),
    secure: false,
    trustProxy: false,
    ...change,
  })
