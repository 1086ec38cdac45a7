import type { ReadStream, WriteStream } from 'node:tty'

/** Asks a person for a line. `hidden`: nothing of what is typed is shown, nor how much it is. Undefined = given up (Ctrl-C, Ctrl-D). */
export type Ask = (question: string, hidden?: boolean) => Promise<string | undefined>

const ENTER = ['\r', '\n']
const GIVE_UP = ['\u0003', '\u0004']
const ERASE = ['\u007f', '\b']

/** In raw mode, so that the terminal itself shows nothing and keeps no line. */
export const createAsk =
  (input: ReadStream, output: WriteStream): Ask =>
  (question, hidden = false) =>
    new Promise(resolve => {
      let line = ''
      // First: what is typed as soon as the question is seen is not shown either.
      input.setRawMode(true)
      output.write(question)
      input.setEncoding('utf8')
      const end = (answer: string | undefined) => {
        input.off('data', take)
        input.setRawMode(false)
        input.pause()
        output.write('\n')
        resolve(answer)
      }
      const take = (typed: string) => {
        for (const character of typed) {
          if (ENTER.includes(character)) return end(line)
          if (GIVE_UP.includes(character)) return end(undefined)
          if (ERASE.includes(character)) {
            if (line !== '' && !hidden) output.write('\b \b')
            line = line.slice(0, -1)
          } else if (character >= ' ') {
            line += character
            if (!hidden) output.write(character)
          }
        }
      }
      input.on('data', take)
      input.resume()
    })
