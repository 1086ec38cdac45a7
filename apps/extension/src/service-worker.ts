import { servePage } from './serve-page.ts'
import { origins } from './site.js'

chrome.runtime.onConnectExternal.addListener(page =>
  servePage(page, {
    origins,
    version: chrome.runtime.getManifest().version,
    connectNative: chrome.runtime.connectNative,
    lastError: () => chrome.runtime.lastError?.message,
  }),
)

chrome.action.onClicked.addListener(() => {
  void chrome.tabs.create({ url: chrome.runtime.getURL('unblock.html') })
})
