import type { Document } from '../postmortem/document.ts';
import { factsOf, headOf, madeWords } from './facts.ts';
import { escapeMarkdown, withNames } from './named.ts';
import { tamed } from './tamed.ts';

/** What stands in the place of an image: a file beside, or a place to see it at. Undefined: its name alone. */
export type ImagePlace = (id: string) => { file: string } | { link: string } | undefined;

/**
 * The document as one Markdown file. Images are files beside it or links, never in the file: fifty screenshots are ten megabytes
 * of letters that no editor opens and no review shows.
 */
export function toMarkdown(document: Document, place: ImagePlace = () => undefined): string {
  const facts = factsOf(document).map(({ label, text }) => `| ${label} | ${escapeMarkdown(text)} |`);
  const sections = document.sections.map(
    ({ title, markdown }) =>
      `## ${escapeMarkdown(title)}\n\n${placed(tamed(markdown), place).trim() || '_Nothing was written here._'}`,
  );
  return [
    `# ${escapeMarkdown(headOf(document))}`,
    ['| | |', '|---|---|', ...facts].join('\n'),
    ...sections.map((section) => withNames(section, document.names)),
    `---\n\n_${madeWords(document)}_\n`,
  ].join('\n\n');
}

const image = /!\[((?:\\.|[^\]\\])*)\]\(image:([\w-]{1,64})\)/g;

function placed(markdown: string, place: ImagePlace): string {
  return markdown.replace(image, (_, words: string, id: string) => {
    const at = place(id);
    if (!at) return `_[image: ${words || 'without a name'}]_`;
    return 'file' in at ? `![${words}](${at.file})` : `[image: ${words || 'without a name'}](${at.link})`;
  });
}

/** Every image that a document shows, in order. */
export const imagesIn = ({ sections }: Document): string[] => [
  ...new Set(sections.flatMap(({ markdown }) => [...markdown.matchAll(image)].flatMap(([, , id]) => id ?? []))),
];
