import { parse, serialize } from '@sealsystems/ipp'
import { describe, expect, test } from 'vitest'
import { decodeAnswer, IppMessageError } from './decode.ts'
import { attribute, encodeRequest } from './encode.ts'
import { GROUP, groupOf, OPERATION } from './message.ts'

const printer = { 'attributes-charset': 'utf-8', 'attributes-natural-language': 'en' }

describe('IPP messages, against another library', () => {
  test('a request is read as it was meant', () => {
    const request = encodeRequest({
      version: 0x0200,
      operation: OPERATION.createJob,
      requestId: 77,
      operationAttributes: [attribute('uri', 'printer-uri', 'ipp://p/'), attribute('name', 'job-name', 'Karte 李')],
      jobAttributes: [
        attribute('keyword', 'sides', 'two-sided-short-edge'),
        attribute('begCollection', 'media-col', [
          attribute('begCollection', 'media-size', [
            attribute('integer', 'x-dimension', 5398),
            attribute('integer', 'y-dimension', 8560),
          ]),
        ]),
        attribute('integer', 'copies', 1),
      ],
    })
    expect(parse(request)).toMatchObject({
      version: '2.0',
      operation: 'Create-Job',
      id: 77,
      'operation-attributes-tag': { ...printer, 'printer-uri': 'ipp://p/', 'job-name': 'Karte 李' },
      'job-attributes-tag': {
        sides: 'two-sided-short-edge',
        'media-col': { 'media-size': { 'x-dimension': 5398, 'y-dimension': 8560 } },
        copies: 1,
      },
    })
  })

  test('an answer is read with all syntaxes, several values and several groups', () => {
    const queue = (name: string) => ({
      'printer-name': name,
      'printer-state': 'idle',
      'printer-is-accepting-jobs': true,
      'printer-state-reasons': ['media-low-warning', 'paused'],
      'pwg-raster-document-resolution-supported': [[300, 300, 'dpi']],
      'media-size-supported': [{ 'x-dimension': [5000, 10000], 'y-dimension': 8560 }],
    })
    const answer = decodeAnswer(
      serialize({
        statusCode: 'successful-ok',
        id: 5,
        'operation-attributes-tag': printer,
        'printer-attributes-tag': [queue('a'), queue('b')],
      }),
    )
    expect(answer).toMatchObject({ status: 0, requestId: 5 })
    expect(answer.groups.map(group => group.attributes.get('printer-name'))).toEqual([undefined, ['a'], ['b']])
    const attributes = groupOf(answer, GROUP.printer)
    expect(attributes.get('printer-state')).toEqual([3])
    expect(attributes.get('printer-is-accepting-jobs')).toEqual([true])
    expect(attributes.get('printer-state-reasons')).toEqual(['media-low-warning', 'paused'])
    expect(attributes.get('pwg-raster-document-resolution-supported')).toEqual([{ crossFeed: 300, feed: 300 }])
    const size = { 'x-dimension': [{ lower: 5000, upper: 10000 }], 'y-dimension': [8560] }
    expect(attributes.get('media-size-supported')).toEqual([{ members: new Map(Object.entries(size)) }])
  })

  test('text with a language is the text; dots per centimetre are dots per inch; no value is none', () => {
    const head = Buffer.from('0200' + '0000' + '00000001' + '04', 'hex')
    const field = (tag: number, name: string, value: Buffer) =>
      Buffer.concat([Buffer.of(tag, 0, name.length), Buffer.from(name), Buffer.of(0, value.length), value])
    const { attributes } = decodeAnswer(
      Buffer.concat([
        head,
        field(0x36, 'a', Buffer.from('00026465' + '00054b61727465', 'hex')),
        field(0x32, 'b', Buffer.from('00000076' + '00000076' + '04', 'hex')),
        field(0x13, 'c', Buffer.alloc(0)),
        field(0x31, 'd', Buffer.alloc(11)),
        Buffer.of(0x03),
      ]),
    ).groups[0] ?? { attributes: new Map() }
    expect([...attributes.values()]).toEqual([['Karte'], [{ crossFeed: 300, feed: 300 }], [null], [Buffer.alloc(11)]])
  })

  test('a text that is padded with NUL is the text: nothing that is stored may hold one', () => {
    const padded = Buffer.from('Out of\0cards\r\n\0\0')
    const { attributes } = decodeAnswer(
      Buffer.concat([
        Buffer.from('0101' + '0000' + '00000001' + '04', 'hex'),
        Buffer.concat([Buffer.of(0x41, 0, 1), Buffer.from('a'), Buffer.of(0, padded.length), padded]),
        Buffer.of(0x03),
      ]),
    ).groups[0] ?? { attributes: new Map() }
    expect(attributes.get('a')).toEqual(['Out of cards'])
  })

  test('an answer that is cut off anywhere is refused, one with any byte changed is read or refused', () => {
    const whole = serialize({
      statusCode: 'successful-ok',
      id: 5,
      'operation-attributes-tag': printer,
      'printer-attributes-tag': {
        'printer-name': 'a',
        'media-size-supported': [{ 'x-dimension': [5000, 10000], 'y-dimension': 8560 }],
      },
    })
    for (let length = 0; length < whole.length; length++)
      expect(() => decodeAnswer(whole.subarray(0, length))).toThrow(IppMessageError)
    for (let at = 0; at < whole.length; at++)
      for (const value of [0x00, 0x03, 0x34, 0x37, 0x4a, 0x7f, 0xff]) {
        const changed = Buffer.from(whole)
        changed[at] = value
        try {
          decodeAnswer(changed)
        } catch (error) {
          expect(error).toBeInstanceOf(IppMessageError)
        }
      }
  })

  test('collections without end in each other are refused', () => {
    const member = Buffer.from('4a0000000161' + '3400000000', 'hex')
    const deep = Buffer.concat([
      Buffer.from('0200000000000001' + '04' + '34000161' + '0000', 'hex'),
      ...Array.from({ length: 100_000 }, () => member),
    ])
    expect(() => decodeAnswer(deep)).toThrow(/too deep/)
  })
})
