import type { FastifyReply, FastifyRequest } from 'fastify'

/** `__Host-` binds the cookie to this host over TLS; plain HTTP (localhost) cannot use it. */
const cookieName = (secure: boolean): string => (secure ? '__Host-cardwright' : 'cardwright')

export const readSessionCookie = (request: FastifyRequest, secure: boolean): string | undefined =>
  request.cookies[cookieName(secure)]

/** A session cookie without age: it ends with the browser, and on the server with idle time and absolute lifetime. */
export const setSessionCookie = (reply: FastifyReply, secure: boolean, token: string): void => {
  reply.setCookie(cookieName(secure), token, { path: '/', httpOnly: true, sameSite: 'strict', secure })
}

export const clearSessionCookie = (reply: FastifyReply, secure: boolean): void => {
  reply.clearCookie(cookieName(secure), { path: '/', httpOnly: true, sameSite: 'strict', secure })
}
