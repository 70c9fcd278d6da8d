/** Widths of characters in a usual sans-serif, as shares of the font's size; a little generous, since nobody knows the reader's font. */
const NARROW = /[ijltfrI.,:;'|()[\]!/ ]/;
const WIDE = /[mwMW@%—]/;

/** Lines that fit a width, broken where there is a space, or anywhere if a word is too long. */
export function wrapText(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap(part => pieces(part, width, fontSize))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || textWidth(longer, fontSize) <= width) {line = longer;} else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

export function textWidth(text: string, fontSize: number): number {
  return [...text].reduce((sum, character) => sum + shareOf(character), 0) * fontSize;
}

function shareOf(character: string): number {
  if (NARROW.test(character)) return 0.37;
  if (WIDE.test(character)) return 0.95;
  return /[A-Z\d]/.test(character) ? 0.7 : 0.62;
}

function pieces(word: string, width: number, fontSize: number): string[] {
  if (textWidth(word, fontSize) <= width) return [word];
  const cut = [...word].findIndex((_, index, all) => textWidth(all.slice(0, index + 1).join(''), fontSize) > width);
  return [[...word].slice(0, Math.max(1, cut)).join(''), ...pieces([...word].slice(Math.max(1, cut)).join(''), width, fontSize)];
}
