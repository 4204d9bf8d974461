// smuggling_forms.ts - requests over whose beginning, end or address two readers might disagree.
//
// Each form asks for a procedure that nobody has, WAY-N, and carries, where it can, a second request inside, whose path
// (/smuggled/WAY-N) nobody sent on purpose: a server that sees it where its proxy did not has been led astray.
export interface Form {
  name: string;
  bytes: string;
  // Where RFC 9112 lets a recipient mend it instead of refusing it: by which words.
  mendable?: string;
}

export const at = (way: string, n: number) => `/api/v1/procedures/${way}-${n}/evaluation`;
const here = (n: number) => at(tag, n);
const hidden = (n: number) => `GET /smuggled/${tag}-${n} HTTP/1.1\r\nHost: x\r\n\r\n`;
let tag = "";
let count = 0;

function post(name: string, lines: string[], body: (n: number) => string): Form {
  const n = ++count;
  return { name, bytes: `POST ${here(n)} HTTP/1.1\r\nHost: localhost\r\n${lines.join("\r\n")}\r\n\r\n${body(n)}` };
}
const chunkedThen = (n: number) => `0\r\n\r\n${hidden(n)}`;
const lengthThen = (n: number) => hidden(n);
// What a recipient may mend (and our server refuses): sections of RFC 9112.
const mendable: Record<string, string> = {
  [JSON.stringify("X: y\r\n Transfer-Encoding: chunked")]: "5.2, a folded line",
  [JSON.stringify("Content-Length:\r\n 0")]: "5.2, a folded line",
  "a host folded": "5.2, a folded line",
  "a folded value": "5.2, a folded line",
  [JSON.stringify("Content-Length: 0\r\nContent-Length: 0")]: "6.3, the same length twice",
  [JSON.stringify("Content-Length: 44, 44")]: "6.3, the same length twice",
  [JSON.stringify("Content-Length: 0,0")]: "6.3, the same length twice",
  [JSON.stringify("X: y\nContent-Length: 0")]: "2.2, a lone line feed",
  "a tab in the request line": "3, white space between words",
  // Not by the standard: nginx takes it for a name without a value.
  "a line without a colon": "nginx",
};
const raw = (name: string, make: (n: number) => string): Form => ({ name, bytes: make(++count) });

// `way` stands in every path: by which way they came.
export function smugglingForms(way: string): Form[] {
  tag = way;
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
    "Transfer-Encoding: chunked;ext=1",
    "Transfer-Encoding: chunked chunked",
    "Transfer-Encoding: deflate",
    "Transfer-Encoding: chunked\x01",
    "Transfer-Encoding: x\r\nTransfer-Encoding: chunked",
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
    "Content-Length: 44,",
    "Content-Length: ,44",
    "Content-Length: 44;",
    "Content-Length: 5, 6",
    "Content-Length: 4_4",
    "Content-Length: 44\x0b",
    "Content-Length: \xd9\xa4\xd9\xa4",
    "Content-Length: 0044x",
    "X: y\nContent-Length: 0",
  ];
  for (const line of lengths) forms.push(post(JSON.stringify(line), [line], lengthThen));

  // Chunks whose end two readers may see in different places.
  const chunks: [string, string][] = [
    ["a size with a sign", "+5\r\n{   }\r\n0\r\n\r\n"],
    ["a negative size", "-5\r\n{   }\r\n0\r\n\r\n"],
    ["a size in 0x", "0x5\r\n{   }\r\n0\r\n\r\n"],
    ["a size that is no number", "g\r\n{   }\r\n0\r\n\r\n"],
    ["no size", "\r\n{   }\r\n0\r\n\r\n"],
    ["a size beyond 64 bits", "10000000000000000\r\n0\r\n\r\n"],
    ["a size that wraps to 5", "10000000000000005\r\n{   }\r\n0\r\n\r\n"],
    ["a size of 100 digits", `${"f".repeat(100)}\r\n{   }\r\n0\r\n\r\n`],
    ["a space before the size", " 5\r\n{   }\r\n0\r\n\r\n"],
    ["a size ended by a line feed", "5\n{   }\r\n0\r\n\r\n"],
    ["a size ended by a carriage return", "5\r{   }\r\n0\r\n\r\n"],
    ["data ended by a line feed", "5\r\n{   }\n0\r\n\r\n"],
    ["data without an end", "5\r\n{   }0\r\n\r\n"],
    ["longer data than told", "5\r\n{   }world\r\n0\r\n\r\n"],
    ["an extension with a line feed", "5;a=\nb\r\n{   }\r\n0\r\n\r\n"],
    ["an extension with a NUL", "5;a=\x00\r\n{   }\r\n0\r\n\r\n"],
    ["an extension with a bare carriage return", "5;a\rb\r\n{   }\r\n0\r\n\r\n"],
    ["an extension without a semicolon", "5 a=b\r\n{   }\r\n0\r\n\r\n"],
    ["a last chunk ended by line feeds", "5\r\n{   }\r\n0\n\n"],
    ["a size in letters that look like digits", "\uff15\r\n{   }\r\n0\r\n\r\n"],
  ];
  for (const [name, body] of chunks) {
    forms.push(post(`chunks: ${name}`, ["Content-Type: application/json", "Transfer-Encoding: chunked"], (n) => `${body}${hidden(n)}`));
  }

  // The request line and the lines after it.
  const lines: [string, (n: number) => string][] = [
    ["two hosts", (n) => `GET ${here(n)} HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n`],
    ["no host", (n) => `GET ${here(n)} HTTP/1.1\r\nX: y\r\n\r\n`],
    ["a host with a space before the colon", (n) => `GET ${here(n)} HTTP/1.1\r\nHost : localhost\r\n\r\n`],
    ["a host folded", (n) => `GET ${here(n)} HTTP/1.1\r\nHost:\r\n localhost\r\n\r\n`],
    ["a line without a colon", (n) => `GET ${here(n)} HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n`],
    ["a name that is empty", (n) => `GET ${here(n)} HTTP/1.1\r\nHost: localhost\r\n: y\r\n\r\n`],
    ["a name in brackets", (n) => `GET ${here(n)} HTTP/1.1\r\nHost: localhost\r\n(x): y\r\n\r\n`],
    ["a value with a bare carriage return", (n) => `GET ${here(n)} HTTP/1.1\r\nHost: localhost\r\nX: y\r\r${hidden(n)}`],
    ["a value with a NUL", (n) => `GET ${here(n)} HTTP/1.1\r\nHost: localhost\r\nX: a\x00b\r\n\r\n`],
    ["a folded value", (n) => `GET ${here(n)} HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n`],
    ["a version that does not exist", (n) => `GET ${here(n)} HTTP/1.2x\r\nHost: localhost\r\n\r\n`],
    ["HTTP/2 in plain text", (n) => `GET ${here(n)} HTTP/2.0\r\nHost: localhost\r\n\r\n`],
    ["a space in the address", (n) => `GET ${here(n)} /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["a tab in the request line", (n) => `GET\t${here(n)}\tHTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["a NUL in the address", (n) => `GET ${here(n)}\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["a line feed in the request line", (n) => `GET ${here(n)}\n${hidden(n)}`],
    ["an address of no form", (n) => `GET ${here(n).slice(1)} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["a method of no letters", (n) => `G@T ${here(n)} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["a method with a space before it", (n) => ` GET ${here(n)} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["words after the version", (n) => `GET ${here(n)} HTTP/1.1 x\r\nHost: localhost\r\n\r\n`],
    ["a version in small letters", (n) => `GET ${here(n)} http/1.1\r\nHost: localhost\r\n\r\n`],
    ["a version without a dot", (n) => `GET ${here(n)} HTTP/11\r\nHost: localhost\r\n\r\n`],
    ["a vertical tab in the request line", (n) => `GET\x0b${here(n)}\x0bHTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["a name with a NUL", (n) => `GET ${here(n)} HTTP/1.1\r\nHost: localhost\r\nX\x00: y\r\n\r\n`],
    ["a host with a space", (n) => `GET ${here(n)} HTTP/1.1\r\nHost: local host\r\n\r\n`],
    ["a host with a path", (n) => `GET ${here(n)} HTTP/1.1\r\nHost: localhost/a\r\n\r\n`],
    ["CONNECT", () => `CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ];
  for (const [name, make] of lines) forms.push(raw(name, make));
  forms.push(raw("chunked in HTTP/1.0", (n) => `POST ${here(n)} HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden(n)}`));
  forms.push(raw("a length and a body in HTTP/0.9", (n) => `GET ${here(n)}\r\n\r\n${hidden(n)}`));
  return forms.map((one) => (mendable[one.name] ? { ...one, mendable: mendable[one.name]! } : one));
}
