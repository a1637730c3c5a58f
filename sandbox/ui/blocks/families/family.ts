import type { FunctionComponent } from 'preact';
import type { Json } from '../../../json.ts';
import type { Surface } from '../contract.ts';

export type BlockProps = { block: Json; blockId: string; surface: Surface };

/** Block types and what draws them. */
export type Family = Record<string, FunctionComponent<BlockProps>>;
