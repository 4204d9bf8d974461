// feelin_yardstick.mjs - what npm feelin makes of the same condition and the same table, for bench_rules.
//
//   node bench/feelin_yardstick.mjs FOLDER_OF_FEELIN <TASK.json
//
// TASK: {"condition", "context", "cells": [[…]], "inputs": [[…]]}.  Answers one line of JSON:
// {"version", "condition", "table"}, each in evaluations a second.  feelin has no decision tables: a
// table is its cells as unary tests, row by row, until a cell says no.  It has no way to parse once.
// Seconds are of processor time.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const { evaluate, unaryTest } = await import(pathToFileURL(join(folder, 'dist', 'index.js')).href);
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const task = JSON.parse(readFileSync(0, 'utf8'));

function perSecond(work, seconds = 1) {
  for (let i = 0; i < 50; i += 1) work(i);
  let done = 0;
  const start = process.cpuUsage();
  let took = 0;
  while (took < seconds) {
    for (let i = 0; i < 10; i += 1) work(done + i);
    done += 10;
    const { user, system } = process.cpuUsage(start);
    took = (user + system) / 1e6;
  }
  return done / took;
}

if (evaluate(task.condition, task.context).value !== true) throw new Error('the condition is not true');

// The rows that match, all of them looked at: the hit policy is unique.
function decide(inputs) {
  return task.cells.flatMap((cells, row) =>
    cells.every((cell, i) => cell === '-' || unaryTest(cell, { '?': inputs[i] }).value === true) ? [row] : []);
}
task.inputs.forEach((inputs, row) => {
  if (decide(inputs).join() !== String(row)) throw new Error(`inputs ${row} are decided by rows ${decide(inputs)}`);
});

console.log(JSON.stringify({
  version,
  condition: perSecond(() => evaluate(task.condition, task.context)),
  table: perSecond((i) => decide(task.inputs[i % task.inputs.length])),
}));
