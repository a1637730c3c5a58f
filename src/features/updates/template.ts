/** What was written into the policy's template: headings that nobody wrote anything under are left out. */
export function filledIn(text: string, template: string): string {
  const headings = new Set(
    template
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
  const isHeading = (line: string) => headings.has(line.trim());
  const lines = text.split('\n');
  const isBare = (index: number) => {
    const below = lines.slice(index + 1).find((line) => line.trim() !== '');
    return below === undefined || isHeading(below);
  };
  return lines
    .filter((line, index) => !(isHeading(line) && isBare(index)))
    .join('\n')
    .trim();
}
