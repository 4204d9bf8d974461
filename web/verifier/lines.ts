// lines.ts - a text of the format read line by line; whatever is out of place is refused with its number.
import { fromBase64 } from "./bytes.ts";
import { Refusal } from "./refusal.ts";

// No line end and no other control character below the space.
const plainText = /^[^\u0000-\u001f]+$/;

export class Lines {
  private at = 0;
  private number = 0;

  constructor(readonly text: string) {}

  // Where the next line begins.
  get position(): number {
    return this.at;
  }

  get atEnd(): boolean {
    return this.at === this.text.length;
  }

  refuse(sentence: string): never {
    throw new Refusal("malformed", `line ${this.number}: ${sentence}`, { line: this.number });
  }

  // Looks without reading.
  nextStartsWith(start: string): boolean {
    return this.text.startsWith(start, this.at);
  }

  // The next line without its LF.
  next(what: string): string {
    this.number += 1;
    const end = this.text.indexOf("\n", this.at);
    if (end < 0) this.refuse(this.atEnd ? `the text ends where ${what} should stand` : `${what} is not closed by a line end`);
    const line = this.text.slice(this.at, end);
    this.at = end + 1;
    if (line.endsWith("\r")) this.refuse("lines end with CR LF, not with LF alone: the file was changed by a program");
    return line;
  }

  exact(line: string): void {
    if (this.next(line === "" ? "an empty line" : `"${line}"`) !== line) this.refuse(line === "" ? "it should be empty" : `it should be "${line}"`);
  }

  // What stands after "NAME ".
  member(name: string): string {
    const line = this.next(`"${name}"`);
    if (!line.startsWith(`${name} `)) this.refuse(`it should begin with "${name} "`);
    return line.slice(name.length + 1);
  }

  textMember(name: string): string {
    return this.plain(this.member(name));
  }

  numberMember(name: string): number {
    return this.count(this.member(name));
  }

  bytesMember(name: string, length?: number): Uint8Array {
    return this.bytes(this.member(name), length);
  }

  plain(text: string): string {
    if (!plainText.test(text)) this.refuse(text === "" ? "a text is empty" : "a text holds a control character");
    return text;
  }

  // Numbers above 2^53 - 1 are refused: no journal has that many records, no clock shows that late.
  count(text: string): number {
    if (!/^(0|[1-9][0-9]{0,15})$/.test(text) || !Number.isSafeInteger(Number(text))) this.refuse("it is not a number as the format writes it");
    return Number(text);
  }

  bytes(text: string, length?: number): Uint8Array {
    const bytes = text === "" ? null : fromBase64(text);
    if (!bytes) this.refuse("it is not base64 as the format writes it");
    if (length !== undefined && bytes.length !== length) this.refuse(`${bytes.length} bytes stand where ${length} should`);
    return bytes;
  }

  end(): void {
    if (!this.atEnd) {
      this.number += 1;
      this.refuse("the text should have ended");
    }
  }
}
