import { useSignal } from '@preact/signals';
import type { SeenChannel } from '../../wire.ts';
import { act } from '../state/act.ts';
import { nameOf } from '../state/names.ts';
import { closeOverlay, overlay, trying } from '../state/overlay.ts';
import { channels, isMember } from '../state/store.ts';
import { ChannelMembers } from './channel-members.tsx';
import { Dialog } from './dialog.tsx';
import { EditLine } from './edit-line.tsx';
import { Tabs } from './tabs.tsx';

type Tab = 'about' | 'members';

export function ChannelDetails({ id, tab: first }: { id: string; tab: Tab }) {
  const tab = useSignal(first);
  const channel = channels.value.get(id);
  if (!channel) return null;
  return (
    <Dialog title={`${channel.private ? '🔒' : '#'} ${channel.name}`} wide close={closeOverlay}>
      <Tabs
        label="Channel details"
        tabs={[
          ['about', 'About'],
          ['members', `Members ${channel.members.length}`],
        ]}
        open={tab.value}
        onOpen={(next) => {
          tab.value = next;
        }}
      >
        {tab.value === 'about' ? <About channel={channel} /> : <ChannelMembers channel={channel} />}
      </Tabs>
    </Dialog>
  );
}

function About({ channel }: { channel: SeenChannel }) {
  const canChange = isMember(channel) && !channel.archived;
  return (
    <div class="about">
      <EditLine
        title="Channel name"
        value={channel.name}
        canChange={canChange}
        most={80}
        save={(name) => act.rename(channel.id, name)}
      />
      <EditLine
        title="Topic"
        value={channel.topic}
        empty="Add a topic"
        canChange={canChange}
        most={250}
        save={(topic) => act.setTopic(channel.id, topic)}
      />
      {channel.purpose && (
        <section class="about-part">
          <h3>Description</h3>
          <p>{channel.purpose}</p>
        </section>
      )}
      <section class="about-part">
        <h3>Created by</h3>
        <p>{nameOf(channel.creator)}</p>
      </section>
      {isMember(channel) && <Leaving channel={channel} />}
    </div>
  );
}

function Leaving({ channel }: { channel: SeenChannel }) {
  return (
    <section class="about-part about-danger">
      <button
        type="button"
        class="link"
        onClick={() => {
          closeOverlay();
          trying(act.leave(channel.id));
        }}
      >
        Leave channel
      </button>
      {!channel.archived && (
        <button
          type="button"
          class="link link-danger"
          onClick={() => (overlay.value = { kind: 'archive', id: channel.id })}
        >
          Archive channel for everyone
        </button>
      )}
    </section>
  );
}
