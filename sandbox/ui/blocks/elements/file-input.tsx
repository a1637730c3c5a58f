/** https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
import { useId, useState } from 'preact/hooks';
import { type Json, strings, textOf } from '../../../json.ts';
import { named, type Placing, useField } from './field.ts';

/** Slack takes ten unless the app says fewer. */
const mostFiles = 10;

export function FileInput({ placing }: { placing: Placing }) {
  const { element, surface } = placing;
  const { value, put } = useField<Json[]>(placing);
  const [names, setNames] = useState<Record<string, string>>({});
  const [trouble, setTrouble] = useState<string>();
  const id = useId();
  const most = Number(element.max_files ?? mostFiles);

  const set = (files: Json[]) =>
    put(
      files,
      files.map((file) => String(file.id)),
    );

  async function add(chosen: FileList | null) {
    const room = [...(chosen ?? [])].slice(0, most - value.length);
    try {
      const kept: { id: string; name: string }[] = [];
      for (const file of room) kept.push({ id: (await surface.upload?.(file)) ?? '', name: file.name });
      setNames((known) => ({ ...known, ...Object.fromEntries(kept.map((file) => [file.id, file.name])) }));
      setTrouble(undefined);
      set([...value, ...kept.filter((file) => file.id !== '').map((file) => ({ id: file.id }))]);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <div class={`bk-files ${placing.invalid ? 'bk-invalid' : ''}`}>
      <label class="bk-button" for={id}>
        Add files
      </label>
      <input
        id={id}
        class="bk-unseen"
        type="file"
        multiple={most > 1}
        disabled={value.length >= most}
        accept={strings(element.filetypes)
          .map((ending) => `.${ending}`)
          .join(',')}
        onChange={(event) => void add(event.currentTarget.files)}
        {...named(placing)}
      />
      {value.map((file) => {
        const fileId = textOf(file.id) ?? '';
        const name = names[fileId] ?? fileId;
        return (
          <span key={fileId} class="bk-chip">
            📄 {name}
            <button
              type="button"
              aria-label={`Remove ${name}`}
              onClick={() => set(value.filter((one) => one !== file))}
            >
              ✕
            </button>
          </span>
        );
      })}
      {trouble && <div class="bk-error">{trouble}</div>}
    </div>
  );
}
