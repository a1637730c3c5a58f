/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element and …/multi-select-menu-element */
import type { VNode } from 'preact';
import { type Json, objects } from '../../../json.ts';
import type { FieldValue } from '../contract.ts';
import { plainOf } from '../text/text.tsx';
import { Combobox } from './combobox.tsx';
import { useConfirm } from './confirm.tsx';
import { useExternal } from './external.ts';
import { type Placing, useField } from './field.ts';
import { type Option, optionOf, optionsIn } from './option.ts';
import { useChannels, useConversations, usePeople } from './people-options.tsx';

type Source = { options: Option[]; note?: string | undefined; onType?(typed: string): void };
type Props = { placing: Placing };

export const StaticSelect = ({ placing }: Props) => (
  <OptionSelect placing={placing} source={{ options: optionsIn(placing.element) }} />
);

export const ExternalSelect = ({ placing }: Props) => <OptionSelect placing={placing} source={useExternal(placing)} />;
export const UsersSelect = ({ placing }: Props) => <IdSelect placing={placing} source={{ options: usePeople() }} />;
export const ChannelsSelect = ({ placing }: Props) => (
  <IdSelect placing={placing} source={{ options: useChannels() }} />
);
export const ConversationsSelect = ({ placing }: Props) => (
  <IdSelect placing={placing} source={{ options: useConversations(placing.element) }} />
);

const isMulti = ({ element }: Placing) => String(element.type).startsWith('multi_');

/** Its state is the option as a whole; what somebody offers from elsewhere is not looked up again by its value. */
function OptionSelect({ placing, source }: { placing: Placing; source: Source }) {
  const { value, put } = useField<Json | Json[] | null>(placing);
  const picked = Array.isArray(value) ? value : value ? [value] : [];
  const isExternal = source.onType !== undefined;
  const said = ({ value: id, label }: Option) => (isExternal ? { text: label, value: id } : id);
  const stateOf = (option: Option): Json =>
    objects(optionsJson(placing.element)).find((one) => one.value === option.value) ?? {
      text: { type: 'plain_text', text: option.label, emoji: true },
      value: option.value,
    };
  return (
    <Select
      placing={placing}
      source={source}
      picked={picked.map((one) => optionOf(one))}
      put={(options) => {
        const states = options.map(stateOf);
        const words = options.map(said);
        if (isMulti(placing)) put(states, words as FieldValue);
        else put(states[0] ?? null, words[0] ?? null);
      }}
    />
  );
}

const optionsJson = (element: Json): Json[] => [
  ...objects(element.options),
  ...objects(element.option_groups).flatMap(({ options }) => objects(options)),
];

/** Its state is ids. */
function IdSelect({ placing, source }: { placing: Placing; source: Source }) {
  const { value, put } = useField<string | string[] | null>(placing);
  const ids = Array.isArray(value) ? value : value ? [value] : [];
  const known = (id: string) => source.options.find((option) => option.value === id) ?? { value: id, label: id };
  return (
    <Select
      placing={placing}
      source={source}
      picked={ids.map(known)}
      put={(options) => {
        const chosen = options.map((option) => option.value);
        if (isMulti(placing)) put(chosen, chosen);
        else put(chosen[0] ?? null, chosen[0] ?? null);
      }}
    />
  );
}

type SelectProps = { placing: Placing; source: Source; picked: Option[]; put(options: Option[]): void };

function Select({ placing, source, picked, put }: SelectProps): VNode {
  const { element } = placing;
  const [ask, dialog] = useConfirm();
  const multi = isMulti(placing);
  const most = Number(element.max_selected_items);
  const set = (options: Option[]) => ask(element.confirm, () => put(options));
  return (
    <>
      <Combobox
        placing={placing}
        {...source}
        multi={multi}
        picked={picked}
        placeholder={plainOf(element.placeholder) || (multi ? 'Select options' : 'Select an option')}
        {...(most > 0 && { most })}
        pick={(option) => set(multi ? [...picked, option] : [option])}
        drop={(option) => set(picked.filter(({ value }) => value !== option.value))}
      />
      {dialog}
    </>
  );
}
