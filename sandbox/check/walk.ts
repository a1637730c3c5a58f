/** The blocks and elements of a payload, each with its place. */
import { isObject, type Json } from '../json.ts';

export type Found = { value: Json; pointer: string };

function inList(value: unknown, pointer: string): Found[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one, index) => (isObject(one) ? [{ value: one, pointer: `${pointer}/${index}` }] : []));
}

/** With the blocks inside a container and the cards inside a carousel. */
export function walkBlocks(blocks: unknown, pointer: string): Found[] {
  return inList(blocks, pointer).flatMap((found) => {
    const { value, pointer: at } = found;
    const cards = value.type === 'carousel' ? inList(value.elements, `${at}/elements`) : [];
    return [found, ...inList(value.child_blocks, `${at}/child_blocks`), ...cards];
  });
}

const holdsElements = ['actions', 'context', 'context_actions'];

export function walkElements(block: Json, pointer: string): Found[] {
  const single = (name: string) =>
    isObject(block[name]) ? [{ value: block[name], pointer: `${pointer}/${name}` }] : [];
  return [
    ...(holdsElements.includes(String(block.type)) ? inList(block.elements, `${pointer}/elements`) : []),
    ...inList(block.actions, `${pointer}/actions`),
    ...single('element'),
    ...single('accessory'),
  ];
}
