// Compiles one mutant per line of its input and stays loaded, for loading the compiler costs more than most compiles.
// In: {"main": source, "file": path, "text": what stands there instead, "settings": {}}. Out: what the compiler says.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");

const ROOT = path.resolve(__dirname, "..", "..");
const solc = require(path.join(ROOT, "node_modules", "solc"));
const read = (name) => fs.readFileSync(path.join(ROOT, name), "utf8");

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { main, file, text, settings } = JSON.parse(line);
  const load = (name) => (name === file ? text : read(name));
  const input = { language: "Solidity", settings, sources: { [main]: { content: load(main) } } };
  const find = (name) => {
    try {
      return { contents: load(name) };
    } catch (error) {
      return { error: error.code };
    }
  };
  process.stdout.write(solc.compile(JSON.stringify(input), { import: find }) + "\n");
});
