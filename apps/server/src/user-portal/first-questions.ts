import { type By, claimInstallationFact, createSecurityQuestion, type Database } from '@cardwright/adapters/db'

/** Answers that do not change, that few can look up, and that have more than a handful of values. */
const questions = [
  'What was the first name of your favourite teacher?',
  'In which street did your grandparents live?',
  'What was the name of your first pet?',
  'What was the make and model of your first vehicle?',
  'Which book did you read again and again as a child?',
  'In which town did your parents meet?',
  'What did you want to become when you were ten years old?',
  'What was the family name of your best friend at school?',
  'Which was the first concert or play that you went to?',
  'What is the title of the film that you have seen most often?',
  'What was the name of the first person you worked for?',
  'Where did you spend the night before your first day at work?',
]

/** The catalogue to begin with, once for an installation; two servers that start at once make one. */
export const makeFirstQuestions = async (database: Database, by: By): Promise<void> => {
  if (!(await claimInstallationFact(database.db, 'security-questions', true))) return
  for (const [index, text] of questions.entries()) {
    // A millisecond each: the catalogue is shown in the order of its growth.
    const made = await createSecurityQuestion(database, text, { ...by, at: by.at + index })
    if (!made.ok) throw new Error(`a security question could not be made: ${made.code}`)
  }
}
