import { attemptAll } from './try.ts';
import { variants } from './variants.ts';

/** `npm run faults:broken [part of a name]`: proves that the fault tests can fail. Exit 1 when a broken variant survives. */
const [wanted = ''] = process.argv.slice(2);
process.env.FAULTS_PATIENCE ??= '12000';

const chosen = variants.filter(({ name }) => name.includes(wanted));
const all = await attemptAll(chosen, ({ name, result, seconds }) =>
  console.error(`${result.padEnd(8)} ${seconds.toFixed(0).padStart(3)} s  ${name}`),
);
const verdicts = chosen.flatMap(({ name }) => all.get(name) ?? []);

console.log('\n| broken variant | result | noticed by |\n|---|---|---|');
for (const { name, result, by } of verdicts)
  console.log(`| ${name} | ${result} | ${by.replaceAll('\n', ' ').slice(0, 120)} |`);

const bad = verdicts.filter(({ result }) => result !== 'caught');
console.log(`\n${verdicts.length - bad.length} of ${verdicts.length} caught`);
process.exitCode = bad.length > 0 ? 1 : 0;
