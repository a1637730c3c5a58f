import { type Config, readConfig, secretsOf } from '../config.ts';
import { templateOf } from '../features/postmortem/template.ts';
import { withoutSecrets } from '../log.ts';
import { loadPolicy, offersChannelOf, type Policy } from '../policy.ts';
import { PagingPolicy } from '../policy-paging.ts';
import { realClock } from '../time.ts';
import { checkDatabase } from './doctor/database.ts';
import { type Finding, ok, problem, sentence, warning } from './doctor/finding.ts';
import { checkPaging } from './doctor/paging.ts';
import { nothingMapped } from './doctor/paging-mapping.ts';
import { mappingOf } from './doctor/policy-mapping.ts';
import { checkSlack } from './doctor/slack.ts';
import { run } from './run.ts';

const usage = `npm run doctor

Looks at everything the bot needs and says how to put right what is not: environment, policy, Slack, PagerDuty, database.
Changes nothing and pages nobody.`;

/** `npm run doctor`. Says what it found through `say` and returns the exit code: 1 when there is a problem. */
export async function doctor(
  args: string[],
  say: (sentence: string) => void,
  environment?: Record<string, string | undefined>,
): Promise<number> {
  if (args.length > 0) {
    say(usage);
    return args.includes('--help') ? 0 : 1;
  }
  let hide: string[] = [];
  let problems = 0;
  const tell = (findings: Finding[]) => {
    for (const { level, says, fix } of findings) {
      say(withoutSecrets(`${level.padEnd(8)} ${says}${fix ? `\n         ${fix}` : ''}`, hide));
      if (level === 'problem') problems += 1;
    }
  };

  tell(checkNode(process.versions.node));
  const config = configOf(environment, tell);
  hide = config ? secretsOf(config) : [];
  const policy = config && policyOf(config.policyFile, tell);
  if (config) {
    const { findings, team } = await checkSlack(config, policy?.updatesChannel, policy && offersChannelOf(policy));
    tell(findings);
    tell(await checkDatabase(config.databaseUrl, team));
    tell(checkPages(config));
    // Without PagerDuty what the policy names is not used.
    const isUsed = policy && config.paging.pagerDuty;
    const mapping = isUsed ? mappingOf(policy, config.policyFile) : nothingMapped;
    const { paging } = policy ?? { paging: PagingPolicy.parse({}) };
    tell(await checkPaging(config, mapping, paging, realClock().now()));
    tell(await checkBot(config));
  }
  say(problems === 0 ? '\nNothing is in the way.' : `\n${problems} to put right.`);
  return problems === 0 ? 0 : 1;
}

function checkNode(version: string): Finding[] {
  if (Number.parseInt(version, 10) >= 24) return [ok(`Node ${version}.`)];
  return [problem(`Node ${version} is too old.`, 'Run it by npm, which brings the right one, or install Node 24.')];
}

function configOf(environment: Record<string, string | undefined> | undefined, tell: (findings: Finding[]) => void) {
  try {
    const config = readConfig(environment);
    tell([ok('The environment is complete.')]);
    return config;
  } catch (error) {
    const fix = 'See .env.example. The rest is looked at once this is right.';
    tell(
      sentence(error)
        .split('\n')
        .map((line) => problem(line, fix)),
    );
    return undefined;
  }
}

function policyOf(file: string, tell: (findings: Finding[]) => void) {
  try {
    const policy = loadPolicy(file);
    tell([ok(`The policy ${file} is valid (version ${policy.version}).`), ...checkTemplate(policy)]);
    return policy;
  } catch (error) {
    tell([problem(sentence(error), 'Correct that line; config/tocsin.schema.json lets editors help.')]);
    return undefined;
  }
}

/** Whether people can read in a browser. That the two halves of the sign-in belong together, only Slack knows. */
export function checkPages({ signIn, publicUrl, slack: { apiUrl } }: Config): Finding[] {
  const fix =
    'docs/web.md says how; until then the pages open by a code (npm run code) and Slack is not linked to them.';
  if (!publicUrl && !apiUrl) return [warning('PUBLIC_URL is not set, so the pages are for this machine only.', fix)];
  if (!signIn)
    return [warning('SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are not set: nobody can sign in with Slack.', fix)];
  if (!publicUrl) return [ok('People of the sandbox sign in on this machine.')];
  const back = new URL('/sign-in/slack/callback', publicUrl);
  return [ok(`People sign in with Slack, if it knows the redirect URL ${back}.`)];
}

function checkTemplate(policy: Policy): Finding[] {
  const { file } = policy.postmortemTemplate;
  try {
    return [ok(`The template ${file} is valid (${templateOf(policy).sections.length} sections).`)];
  } catch (error) {
    return [problem(sentence(error), 'Correct that line; docs/postmortems.md names the fields.')];
  }
}

/** The bot itself, if it runs on this machine. */
async function checkBot({ host, port }: Config): Promise<Finding[]> {
  const at = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
  try {
    const response = await fetch(`${at}/readyz`, { signal: AbortSignal.timeout(3_000) });
    if (response.ok) return [ok(`A bot runs at ${at} and is ready.`)];
    return [warning(`Something runs at ${at} and is not ready.`, `Its own account of why: ${at}/readyz`)];
  } catch {
    return [ok(`No bot runs at ${at} now.`)];
  }
}

if (import.meta.main) await run((args, _, say) => doctor(args, say));
