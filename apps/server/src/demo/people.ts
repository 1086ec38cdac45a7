/** Names as they are: with umlauts, other scripts, apostrophes, one word only, and one of 60 characters. */
export const demoPeople: readonly {
  readonly login: string
  readonly given: string
  readonly family: string
  readonly display?: string
  readonly department: string
  readonly group: 'staff' | 'engineering' | 'officers' | 'contractors'
}[] = [
  { login: 'anna.lindstrom', given: 'Anna', family: 'Lindström', department: 'Finance', group: 'staff' },
  { login: 'bjorn.aberg', given: 'Björn', family: 'Åberg', department: 'Finance', group: 'staff' },
  { login: 'carmen.ortiz', given: 'Carmen', family: 'Ortiz Peña', department: 'Human Resources', group: 'staff' },
  { login: 'daniel.oconnor', given: 'Daniel', family: "O'Connor", department: 'Human Resources', group: 'staff' },
  {
    login: 'li.wei',
    given: '伟',
    family: '李',
    display: '李伟 (Li Wei)',
    department: 'Engineering',
    group: 'engineering',
  },
  {
    login: 'kanji.tanaka',
    given: '漢字',
    family: '田中',
    display: '田中 漢字',
    department: 'Engineering',
    group: 'engineering',
  },
  { login: 'fatima.alsayed', given: 'Fatima', family: 'al-Sayed', department: 'Engineering', group: 'engineering' },
  { login: 'giulia.rossi', given: 'Giulia', family: 'Rossi', department: 'Engineering', group: 'engineering' },
  { login: 'henrik.joergensen', given: 'Henrik', family: 'Jørgensen', department: 'Engineering', group: 'engineering' },
  { login: 'ivana.dvorakova', given: 'Ivana', family: 'Dvořáková', department: 'Legal', group: 'staff' },
  { login: 'joao.goncalves', given: 'João', family: 'Gonçalves', department: 'Legal', group: 'staff' },
  { login: 'karolina.zolc', given: 'Karolina', family: 'Żółć', department: 'Facilities', group: 'staff' },
  { login: 'lars.mueller', given: 'Lars', family: 'Müller', department: 'Facilities', group: 'staff' },
  { login: 'mwangi', given: 'Mwangi', family: 'Kamau', department: 'Operations', group: 'staff' },
  {
    login: 'wolfeschlegel',
    given: 'Hubert Blaine',
    family: 'Wolfeschlegelsteinhausenbergerdorff',
    display: 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff of Altdorf',
    department: 'Operations',
    group: 'staff',
  },
  { login: 'nikos.pap', given: 'Νίκος', family: 'Παπαδόπουλος', department: 'Operations', group: 'contractors' },
  { login: 'olga.ivanova', given: 'Ольга', family: 'Иванова', department: 'Security', group: 'officers' },
  { login: 'priya.raman', given: 'Priya', family: 'Raman', department: 'Security', group: 'officers' },
  { login: 'quentin.dubois', given: 'Quentin', family: 'Dubois', department: 'Security', group: 'officers' },
  { login: 'rosa.nunez', given: 'Rosa', family: 'Núñez', department: 'Sales', group: 'contractors' },
  { login: 'siobhan.kelly', given: 'Siobhán', family: 'Kelly', department: 'Sales', group: 'staff' },
  { login: 'tuan.nguyen', given: 'Tuấn', family: 'Nguyễn', department: 'Sales', group: 'staff' },
  { login: 'uma', given: 'Uma', family: '', display: 'Uma', department: 'Sales', group: 'contractors' },
  { login: 'viktor.szabo', given: 'Viktor', family: 'Szabó', department: 'Engineering', group: 'engineering' },
  { login: 'yael.cohen', given: 'יעל', family: 'כהן', department: 'Engineering', group: 'engineering' },
]

export const DEMO_DOMAIN = 'meridian.example'
export const DEMO_ORGANISATION = 'Meridian Works (demo)'
