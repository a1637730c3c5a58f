/** Every block on one page, for tests in a browser: built by them, never shipped. */
import '@fontsource/lato/latin-400.css';
import '@fontsource/lato/latin-700.css';
import '@fontsource/lato/latin-900.css';
import '../../../../sandbox/ui/blocks/blocks.css';
import '../../../../sandbox/ui/blocks/emoji-font.css';
import { render } from 'preact';
import type { Json } from '../../../../sandbox/json.ts';
import { Blocks } from '../../../../sandbox/ui/blocks/blocks.tsx';
import { type BlocksContext, BlocksProvider, type Surface } from '../../../../sandbox/ui/blocks/contract.ts';
import type { Channel, PersonInfo } from '../../../../sandbox/wire.ts';
import { actions, form, newer, texts } from './blocks.ts';

declare global {
  interface Window {
    /** what the blocks told the page, in order */
    told: unknown[];
  }
}
window.told = [];
const tell =
  (what: string) =>
  (...details: unknown[]) => {
    window.told.push([what, ...details]);
  };

const person = (name: string, realName: string, timeZone: string): PersonInfo => ({
  id: `U${name.toUpperCase().padStart(10, '0')}`,
  name,
  realName,
  timeZone,
  email: `${name}@sandbox.example`,
  role: 'member',
  isBot: false,
  teamId: 'T1',
});
const ana = person('ana', 'Ana Ruiz', 'Europe/Madrid');
const people = [ana, person('ben', 'Ben Okafor', 'Europe/London'), person('chloe', 'Chloé Martin', 'America/New_York')];
const channel = (id: string, name: string, secret = false): [string, Channel] => [
  id,
  {
    id,
    name,
    kind: secret ? 'private' : 'public',
    private: secret,
    archived: false,
    topic: '',
    purpose: '',
    created: 0,
    creator: ana.id,
    members: [ana.id],
    memberNames: ['ana'],
    pins: [],
    bookmarks: [],
    externallyShared: false,
  },
];

const context: BlocksContext = {
  person: ana,
  people: new Map(people.map((each) => [each.id, each])),
  channels: new Map([channel('C1', 'general'), channel('C2', 'incidents'), channel('C3', 'security', true)]),
  usergroups: new Map([['S1', 'on-call']]),
  openChannel: tell('openChannel'),
  openPerson: tell('openPerson'),
  now: () => Date.parse('2026-03-10T13:20:00Z'),
};

const surface = (kind: Surface['kind']): Surface => ({
  kind,
  busy: new Set(['busy']),
  errors: { wrong: 'Say it in at least ten letters.' },
  act: tell('act'),
  change: tell('change'),
  options: async (_, typed) => [1, 2, 3].map((count) => ({ text: `#${count} ${typed}`, value: `inc_${count}` })),
  upload: async (file) => `F${file.name}`,
});

function Part({ title, blocks, kind }: { title: string; blocks: Json[]; kind: Surface['kind'] }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <Blocks blocks={blocks} surface={surface(kind)} />
    </section>
  );
}

render(
  <BlocksProvider value={context}>
    <main>
      <h1>Blocks</h1>
      <Part title="Texts" blocks={texts} kind="message" />
      <Part title="Actions" blocks={actions} kind="message" />
      <Part title="Form" blocks={form} kind="modal" />
      <Part title="Newer" blocks={newer} kind="message" />
    </main>
  </BlocksProvider>,
  document.body,
);
