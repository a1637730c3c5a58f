/** What `/incident decide` asks where the policy says nothing of it: three questions, as most teams would ask them. */
export const questions = [
  {
    question: 'Do customers feel it, or will they soon?',
    answers: [
      { answer: 'Yes, they feel it', severity: 'sev3' as const, felt: 'yes' as const },
      { answer: 'Not yet, but they may soon', severity: 'sev3' as const, felt: 'no' as const },
      { answer: 'I do not know', severity: 'sev3' as const, felt: 'unknown' as const },
      { answer: 'No, and they will not', felt: 'no' as const },
    ],
  },
  {
    question: 'How many are hurt, and is there a way around it?',
    answers: [
      { answer: '20 % or more, and no way around', severity: 'sev1' as const },
      { answer: '20 % or more with a way around, or 5 to 20 %', severity: 'sev2' as const },
      { answer: 'I do not know', severity: 'sev2' as const },
      { answer: 'Under 5 %', severity: 'sev3' as const },
      { answer: 'A few, and the product is usable', severity: 'sev4' as const },
      { answer: 'Nobody' },
    ],
  },
  {
    question: 'Is data lost or exposed, or is a core journey down?',
    answers: [
      { answer: 'Yes', severity: 'sev1' as const },
      { answer: 'Perhaps; I do not know', severity: 'sev2' as const },
      { answer: 'No' },
    ],
  },
];
