/** Every element of Block Kit and what draws it. */
import type { FunctionComponent } from 'preact';
import { ImageElement } from '../families/pictures.tsx';
import { Button } from './button.tsx';
import { Checkboxes, RadioButtons } from './choices.tsx';
import { FeedbackButtons, IconButton } from './feedback.tsx';
import type { Placing } from './field.ts';
import { FileInput } from './file-input.tsx';
import { Overflow } from './overflow.tsx';
import { DatePicker, DateTimePicker, TimePicker } from './pickers.tsx';
import { RichTextInput } from './rich-text-input.tsx';
import { ChannelsSelect, ConversationsSelect, ExternalSelect, StaticSelect, UsersSelect } from './selects.tsx';
import { TextInput } from './typing.tsx';

const elements: Record<string, FunctionComponent<{ placing: Placing }>> = {
  button: Button,
  workflow_button: Button,
  icon_button: IconButton,
  feedback_buttons: FeedbackButtons,
  overflow: Overflow,
  static_select: StaticSelect,
  multi_static_select: StaticSelect,
  external_select: ExternalSelect,
  multi_external_select: ExternalSelect,
  users_select: UsersSelect,
  multi_users_select: UsersSelect,
  conversations_select: ConversationsSelect,
  multi_conversations_select: ConversationsSelect,
  channels_select: ChannelsSelect,
  multi_channels_select: ChannelsSelect,
  radio_buttons: RadioButtons,
  checkboxes: Checkboxes,
  datepicker: DatePicker,
  timepicker: TimePicker,
  datetimepicker: DateTimePicker,
  plain_text_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  number_input: TextInput,
  rich_text_input: RichTextInput,
  file_input: FileInput,
  image: ({ placing }) => <ImageElement element={placing.element} />,
};

export function Element({ placing }: { placing: Placing }) {
  const type = String(placing.element.type);
  const Drawn = Object.hasOwn(elements, type) ? elements[type] : undefined;
  return Drawn ? <Drawn placing={placing} /> : <span class="bk-unknown">{type}</span>;
}
