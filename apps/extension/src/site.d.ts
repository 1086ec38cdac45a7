/**
 * site.js is written by the server into the package that it offers: whom this extension serves. Origins of the portal, as
 * browsers write them (`https://cards.example.org`).
 */
export declare const origins: readonly string[]
