import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageName } from './file-names.ts';
import type { Image } from './html.ts';

/** An image as a file, for what makes a PDF. */
export interface Picture {
  id: string;
  /** Its media type. */
  type: string;
  /** Its name in the folder. */
  file: string;
}

/** Writes images into a folder one after the other, so that no more than one of them is in memory. */
export async function writePictures(
  folder: string,
  images: Iterable<Image> | AsyncIterable<Image>,
): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for await (const image of images) {
    const file = imageName(image);
    await writeFile(join(folder, file), image.bytes, { mode: 0o600 });
    pictures.push({ id: image.id, type: image.type, file });
  }
  return pictures;
}
