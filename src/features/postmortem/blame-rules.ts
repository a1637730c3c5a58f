import { type Who, whoIs } from './blame-people.ts';

export interface BlameRule {
  name: 'human-error' | 'counterfactual' | 'character' | 'blame' | 'person' | 'hindsight' | 'root-cause' | 'outage';
  /** Each with the flags `g` and `d`; a group `hit` narrows down what is pointed at. */
  finds: RegExp[];
  why: string;
  rewrite: string;
}

const flags = { text: 'gdiu', names: 'gdu' };
const any = (...sources: string[]) => new RegExp(sources.join('|'), flags.text);

/** A past participle, which "should have access" has none of. */
const participle =
  '(?:\\p{L}+ed|been|known|done|seen|caught|found|thought|taken|made|read|run|gone|got|gotten|told|asked|kept|put|set|shut|built|sent|held|left|met|written|given|chosen|begun|broken|hit|let|cut|led|had)';
const little = '(?:(?:not|never|always|also|already|just|only|then|at least|\\p{L}+ly)\\s+){0,2}';
/** What customers saw and what is over by now is told with the same words: "customers would have seen errors". */
const told =
  '(?:(?:been\\s+)?(?:seen|received|encountered|experienced|noticed|observed|recovered|resolved|restored|mitigated|cleared|completed|propagated|delivered|impacted|affected|unable|delayed|needed|indicated|shown|appeared|failed)|had\\b|been\\s+unable)';

/** Without the people of the incident. */
const impersonal: BlameRule[] = [
  {
    name: 'human-error',
    finds: [
      any(
        '\\b(?:human|operator|pilot|manual|administrator)[ -](?:error|mistake)\\b(?![ -](?:rate|message|code|page|handling|report))',
        '\\buser error\\b(?![ -](?:rate|message|code|page|handling|report|count|budget))',
        '\\bfat[- ]?finger(?:ed|ing|s)?\\b',
      ),
    ],
    why: 'It ends the search where it should begin: the same will happen to the next person.',
    rewrite: 'Say what made it easy to do and hard to see: “the command took both environments and asked nothing”.',
  },
  {
    name: 'counterfactual',
    finds: [
      any(
        `\\b(?:(?:should|ought to|would|might)(?:n[’']t| not)?|could)(?:[’']ve| have)\\s+(?!${told})${little}(?!${told})(?:been\\s+)?${participle}\\b`,
      ),
      any(
        '\\bif only\\b',
        '(?<=^|[.;:,]\\s|\\bbut\\s)had\\s+(?:we|they|he|she|i|you|anybody|anyone|somebody|someone|the\\s\\p{L}+)\\s+\\p{L}+',
        '\\bif\\s+(?:we|they|he|she|i|you|anybody|anyone|somebody|someone)\\s+had\\s+\\p{L}+',
      ),
      any(
        `(?<=\\b${whoIs.anybody}\\s+(?:\\p{L}+ly\\s+)?)(?:failed|neglected)\\s+to\\b`,
        '\\bforgot(?:ten)?\\s+(?:to|that|about)\\b',
      ),
    ],
    why: 'It tells of something that did not happen, which explains nothing of what did.',
    rewrite: 'Say what people saw and did, and what told them nothing: “the dashboard showed no errors, so …”.',
  },
  {
    name: 'character',
    finds: [
      any(
        '\\b(?:careless(?:ly|ness)?|sloppy|sloppily|sloppiness|negligent(?:ly)?|negligence|incompetent|incompetence|stupid(?:ly|ity)?|reckless(?:ly|ness)?|irresponsibl[ey]|clueless|thoughtless(?:ly|ness)?|inattentive)\\b',
        '\\blaz(?:y|iness)\\b(?![ -](?:load|eval|init|delet|fetch|import|compil|creat|connect|allocat|quantif|read|writ|migrat))',
      ),
    ],
    why: 'It judges somebody instead of telling what happened.',
    rewrite:
      'Say what they knew, what they were doing, and what pressed: “at the end of a 10 hour shift, with three alerts open”.',
  },
  {
    name: 'blame',
    finds: [
      any(
        "\\b(?:my|your|his|her|our|their|whose|\\p{L}+[’']s)\\s+(?:own\\s+)?fault\\b(?![ -](?:toleran|domain|inject|detect|isolat|zone|line))",
        '\\b(?:is|was|were|are|be|party)\\s+at\\s+fault\\b',
        '\\bfault\\s+of\\s+(?:the\\s+)?(?:team|engineer|operator|developer|person|people|author|reviewer|on-call)\\b',
        '(?<!\\bgit[ -]|\\$ )\\bblam(?:e|ed|ing)\\b(?![ -](?:free|less|view|output))',
        '\\bguilty\\b',
        '\\bculprits?\\b',
      ),
    ],
    why: 'It looks for somebody or something to blame, and whoever fears that tells less next time.',
    rewrite: 'Say “contributed”: “the retry without a limit contributed to it”.',
  },
  {
    name: 'hindsight',
    finds: [
      any(
        '\\bobvious(?:ly)?\\b',
        '(?<!\\b(?:more|most|not|to|so|very|as|less|too|that|and)\\s)\\bclearly\\b(?!\\s+(?:label|mark|document|stat|defin|separat|visibl|communicat|writ|nam|identif|describ|structur))',
        '\\b(?:simply|just|only)\\s+(?:had|needed|have|need)\\s+to\\b',
        "\\bsimply\\s+(?:forgot|ignored|missed|did\\s+not|didn[’']t|failed|should|a\\s+matter\\s+of)\\b",
        '\\b(?:everybody|everyone)\\s+knows\\b',
        '\\bcommon\\s+sense\\b',
      ),
    ],
    why: 'It is plain now; it was not plain to those who were there.',
    rewrite: 'Say what could be seen at that moment, and where.',
  },
  {
    name: 'root-cause',
    finds: [
      any(
        '\\broot[ -]cause\\s+(?:(?:of|for|behind)\\s+(?:(?!(?:and|or|to|there|we|so|that|which)\\b)\\p{L}+[\\s-]){1,8}?)?(?:was|is|were)\\b(?!\\s+(?:not|still|yet|being|under|unknown|unclear|to\\s+be|currently|now|investigat|analy|(?:identified|found|understood|fixed|mitigated|resolved)\\b(?!\\s+(?:as|to)\\b)))',
      ),
    ],
    why: 'There is hardly ever one cause, and the one that is named hides the others.',
    rewrite: 'Write “contributing factors”, and name also what let it spread and what let it go unseen.',
  },
];

/** Something is down for part of the customers: the word says that it was for all. `share`: of customers affected, in percent. */
const outage: BlameRule = {
  name: 'outage',
  finds: [any('\\boutages?\\b')],
  why: 'Not all customers were affected, and “outage” says that they were.',
  rewrite: 'Say what failed and for whom: “checkout failed for 12 % of customers”.',
};

function personal(who: Who): BlameRule {
  const subject = `(?<hit>${who.named}(?:\\s+(?:and|&)\\s+${who.named})?`;
  const between = '(?:\\s+(?:had|has|then|also|just|later|again|unfortunately|\\p{Ll}+ly)){0,2}';
  const harmless = 'fix|fixes|fixed|patch|rollback|revert|workaround|mitigation|hotfix|correct';
  const reach = `(?:(?!\\b(?:${harmless})\\b)[^.!?;]){0,80}?`;
  const consequence = `\\b(?:which|that|and)\\s+(?:then\\s+)?(?:broke|caused|took|brought|crashed|led|resulted)\\b`;
  const careless = `\\b(?:by\\s+(?:accident|mistake)|without\\s+(?:testing|review|checking|asking|approval|a\\s+test)|too\\s+early|(?:in|on|from)\\s+production\\b(?!\\s+(?:again|safely))|production\\s+(?:database|data|table))\\b`;
  const broken = `\\b(?:bugs?|bad|wrong|broken|faulty|buggy|defect|regression|outage|untested|incorrect|invalid)\\b`;
  const names = (source: string) => new RegExp(source, flags.names);
  return {
    name: 'person',
    finds: [
      names(
        `${subject}${between}\\s+(?:broke|caused|forgot|overlooked|misconfigured|misread|mistyped|ignored|missed|messed\\s+up|screwed\\s+up|botched|crashed|corrupted|wiped|took\\s+down|brought\\s+down|failed\\s+to|neglected\\s+to|(?:did\\s+not|didn[’']t)\\s+(?:notice|check|test|read|reali[sz]e|think|verify|follow|review|see|know|ask)))\\b`,
      ),
      names(
        `${subject}${between}\\s+(?:deployed|pushed|merged|shipped|released|committed|introduced|approved|ran|executed|applied|enabled|rolled\\s+out))\\b(?=${reach}(?:${broken}|${careless}|${consequence}))`,
      ),
      names(
        `${subject}${between}\\s+(?:changed|deleted|removed|disabled|dropped|restarted|turned\\s+off|stopped|triggered))\\b(?=${reach}(?:${careless}|${consequence}))`,
      ),
      names(
        `${subject}(?:\\s+(?:had|has|then|also))?\\s+(?:accidentally|mistakenly|inadvertently|wrongly|carelessly|erroneously)\\s+\\p{L}+)`,
      ),
      names(`\\b(?:caused|broken|introduced|misconfigured|deleted|messed\\s+up)\\s+by\\s+(?<hit>${who.named})`),
      names(`(?<hit>${who.named}[’']s?\\s+(?:\\p{Ll}+\\s+)?(?:mistake|error|fault|bug|oversight|negligence))\\b`),
    ],
    why: 'A person is named as the cause. Anybody in that place, with what could be seen then, might have done the same.',
    rewrite:
      'Name the role, and what made it seem right: “the engineer on call deployed the change; the test environment has no such data”.',
  };
}

export const rulesFor = (people: string[], share?: number): BlameRule[] => [
  personal(whoIs.these(people)),
  ...impersonal,
  ...(share !== undefined && share < 100 ? [outage] : []),
];
