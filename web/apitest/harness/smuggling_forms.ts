// smuggling_forms.ts - requests over whose beginning, end or address two readers might disagree.
//
// Each form carries, where it can, a second request inside, whose path (/smuggled/N) nobody sent on
// purpose: a server or proxy that sees it has been led astray.
export interface Form {
  name: string;
  bytes: string;
}

const target = "/api/v1/session";
const hidden = (n: number) => `GET /smuggled/${n} HTTP/1.1\r\nHost: x\r\n\r\n`;
let count = 0;

function post(name: string, lines: string[], body: (n: number) => string): Form {
  const n = ++count;
  return { name, bytes: `POST ${target} HTTP/1.1\r\nHost: localhost\r\n${lines.join("\r\n")}\r\n\r\n${body(n)}` };
}
const chunkedThen = (n: number) => `0\r\n\r\n${hidden(n)}`;
const lengthThen = (n: number) => hidden(n);
const raw = (name: string, make: (n: number) => string): Form => ({ name, bytes: make(++count) });

export function smugglingForms(): Form[] {
  count = 0;
  const forms: Form[] = [];

  // Both lengths at once, in either order and in every spelling of the second.
  const encodings = [
    "Transfer-Encoding: chunked",
    "Transfer-Encoding:chunked",
    "Transfer-Encoding: Chunked",
    "transfer-encoding: chunked",
    "Transfer-Encoding: chunked ",
    "Transfer-Encoding: \tchunked",
  ];
  for (const encoding of encodings) {
    forms.push(post(`length, then ${encoding}`, ["Content-Length: 6", encoding], chunkedThen));
    forms.push(post(`${encoding}, then length`, [encoding, "Content-Length: 6"], chunkedThen));
  }
  // Encodings that only some readers take for chunked.
  const obscured = [
    "Transfer-Encoding : chunked",
    "Transfer-Encoding\t: chunked",
    " Transfer-Encoding: chunked",
    "\tTransfer-Encoding: chunked",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding: chunkedx",
    "Transfer-Encoding: \"chunked\"",
    "Transfer-Encoding: 'chunked'",
    "Transfer-Encoding: [chunked]",
    "Transfer-Encoding: chunked;q=0",
    "Transfer-Encoding: identity",
    "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding: identity, chunked",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: chunked, chunked",
    "Transfer-Encoding: ,chunked",
    "Transfer-Encoding: chunked,",
    "Transfer-Encoding:",
    "Transfer-Encoding: \x0bchunked",
    "Transfer-Encoding: \x0cchunked",
    "Transfer-Encoding: chunked\x00",
    "Transfer-Encoding: chun\x00ked",
    "Transfer-Encoding: \xa0chunked",
    "Transfer-Encoding: chunked\xff",
    "Transfer-Encoding\x00: chunked",
    "Transfer-Encoding\xa0: chunked",
    "Transfer-Encoding: cow\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: cow",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "X: y\nTransfer-Encoding: chunked",
    "X: y\rTransfer-Encoding: chunked",
    "Transfer-Encoding\n : chunked",
    "Transfer-Encoding:\n chunked",
    "Transfer-Encoding:\r\n chunked",
    "Transfer-Encoding:\r\n\tchunked",
    "X: y\r\n Transfer-Encoding: chunked",
    "Foo: bar\r\n\rTransfer-Encoding: chunked",
    "Content-Encoding: chunked\r\nTransfer-Encoding:  chunked",
  ];
  for (const line of obscured) forms.push(post(JSON.stringify(line), ["Content-Length: 6", line], chunkedThen));

  // Lengths that two readers may read differently.
  const lengths = [
    "Content-Length: 6\r\nContent-Length: 5",
    "Content-Length: 0\r\nContent-Length: 44",
    "Content-Length: 44\r\nContent-Length: 0",
    "Content-Length: 0\r\nContent-Length: 0",
    "Content-Length: 0, 44",
    "Content-Length: 44, 44",
    "Content-Length: 0,0",
    "Content-Length: +0",
    "Content-Length: -1",
    "Content-Length: -0",
    "Content-Length: 0x0",
    "Content-Length: 0x2c",
    "Content-Length: 1e1",
    "Content-Length: 0.0",
    "Content-Length: 4 4",
    "Content-Length: 44a",
    "Content-Length: a",
    "Content-Length:",
    "Content-Length: \x000",
    "Content-Length: 0\x00",
    "Content-Length: \"0\"",
    "Content-Length: 18446744073709551616",
    "Content-Length: 18446744073709551660",
    "Content-Length: 99999999999999999999999",
    "Content-Length: 4294967296000000000000",
    "Content-Length : 0",
    "Content-Length\t: 0",
    " Content-Length: 0",
    "Content-Length:\r\n 0",
    "Content-Length: 0\n\tX: y",
    "X: y\nContent-Length: 0",
  ];
  for (const line of lengths) forms.push(post(JSON.stringify(line), [line], lengthThen));

  // Chunks whose end two readers may see in different places.
  const chunks: [string, string][] = [
    ["a size with a sign", "+5\r\nhello\r\n0\r\n\r\n"],
    ["a negative size", "-5\r\nhello\r\n0\r\n\r\n"],
    ["a size in 0x", "0x5\r\nhello\r\n0\r\n\r\n"],
    ["a size that is no number", "g\r\nhello\r\n0\r\n\r\n"],
    ["no size", "\r\nhello\r\n0\r\n\r\n"],
    ["a size beyond 64 bits", "10000000000000000\r\n0\r\n\r\n"],
    ["a size that wraps to 5", "10000000000000005\r\nhello\r\n0\r\n\r\n"],
    ["a size of 100 digits", `${"f".repeat(100)}\r\nhello\r\n0\r\n\r\n`],
    ["a space before the size", " 5\r\nhello\r\n0\r\n\r\n"],
    ["a size ended by a line feed", "5\nhello\r\n0\r\n\r\n"],
    ["a size ended by a carriage return", "5\rhello\r\n0\r\n\r\n"],
    ["data ended by a line feed", "5\r\nhello\n0\r\n\r\n"],
    ["data without an end", "5\r\nhello0\r\n\r\n"],
    ["longer data than told", "5\r\nhelloworld\r\n0\r\n\r\n"],
    ["an extension with a line feed", "5;a=\nb\r\nhello\r\n0\r\n\r\n"],
    ["an extension with a NUL", "5;a=\x00\r\nhello\r\n0\r\n\r\n"],
    ["an extension with a bare carriage return", "5;a\rb\r\nhello\r\n0\r\n\r\n"],
    ["an extension without a semicolon", "5 a=b\r\nhello\r\n0\r\n\r\n"],
    ["a last chunk ended by line feeds", "5\r\nhello\r\n0\n\n"],
    ["a size in letters that look like digits", "\uff15\r\nhello\r\n0\r\n\r\n"],
  ];
  for (const [name, body] of chunks) {
    forms.push(post(`chunks: ${name}`, ["Content-Type: application/json", "Transfer-Encoding: chunked"], (n) => `${body}${hidden(n)}`));
  }

  // The request line and the lines after it.
  const lines: [string, (n: number) => string][] = [
    ["two hosts", () => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n`],
    ["no host", () => `GET ${target} HTTP/1.1\r\nX: y\r\n\r\n`],
    ["a host with a space before the colon", () => `GET ${target} HTTP/1.1\r\nHost : localhost\r\n\r\n`],
    ["a host folded", () => `GET ${target} HTTP/1.1\r\nHost:\r\n localhost\r\n\r\n`],
    ["a line without a colon", () => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n`],
    ["a name that is empty", () => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n: y\r\n\r\n`],
    ["a name in brackets", () => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n(x): y\r\n\r\n`],
    ["a value with a bare carriage return", (n) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nX: y\r\r${hidden(n)}`],
    ["a value with a NUL", () => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nX: a\x00b\r\n\r\n`],
    ["a folded value", () => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n`],
    ["a version that does not exist", () => `GET ${target} HTTP/1.2x\r\nHost: localhost\r\n\r\n`],
    ["HTTP/2 in plain text", () => `GET ${target} HTTP/2.0\r\nHost: localhost\r\n\r\n`],
    ["a space in the address", () => `GET ${target} /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["a tab in the request line", () => `GET\t${target}\tHTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["a NUL in the address", () => `GET ${target}\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["a line feed in the request line", (n) => `GET ${target}\n${hidden(n)}`],
    ["an address of no form", () => `GET api/v1/session HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["a method of no letters", () => `G@T ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["a method with a space before it", () => ` GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["CONNECT", () => `CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ];
  for (const [name, make] of lines) forms.push(raw(name, make));
  forms.push(raw("chunked in HTTP/1.0", (n) => `POST ${target} HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden(n)}`));
  forms.push(raw("a length and a body in HTTP/0.9", (n) => `GET ${target}\r\n\r\n${hidden(n)}`));
  return forms;
}
