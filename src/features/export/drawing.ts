import type { Document } from '../postmortem/document.ts';
import type { Picture } from './pictures.ts';

/** What is handed to the program that draws a PDF, in the folder that it is given. */
export interface Drawing {
  document: Document;
  pictures: Picture[];
}

export const drawingFile = 'drawing';
export const pdfFile = 'drawn.pdf';
