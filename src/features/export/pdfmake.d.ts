/** The part of the library beneath its door that `pdf-images.ts` reaches for; its types end at the door. */
declare module 'pdfmake/js/PDFDocument.js' {
  interface Reference {
    end(content?: Uint8Array): void;
  }
  interface PdfImage {
    width: number;
    height: number;
    label: string;
    /** Where it is in the document. Absent until it is. */
    obj?: Reference;
    embed(document: PdfDocument): void;
  }
  interface PdfDocument {
    _imageCount: number;
    ref(fields?: object): Reference;
    openImage(source: string | Buffer): PdfImage;
  }
  const library: { default: { prototype: PdfDocument } };

  export type { PdfDocument, PdfImage };
  export default library;
}
