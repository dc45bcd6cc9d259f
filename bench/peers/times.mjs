// How many megabytes a second two other readers of times take, on one core: times.mjs SECONDS FILE...
//
// They get paragraphs, as their users would give them: whole files are slower. Prints a line for each, as times.c does:
// what, MB/s (10^6 bytes of UTF-8, by CPU time; the best of five rounds, of at least one file each), how many times were found in a pass.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const ROUNDS = 5;
// The packages stand in the folder that this is run in, not beside this file.
const require = createRequire(pathToFileURL(process.cwd() + "/"));
const seconds = Number(process.argv[2]);
const reference = new Date(2026, 4, 3, 12);
const texts = process.argv.slice(3).map((path) => {
	const text = readFileSync(path, "utf8");
	return { bytes: Buffer.byteLength(text), paragraphs: text.split(/\n\s*\n/) };
});

function chronoNode() {
	const chrono = require("chrono-node");
	return (text) => chrono.parse(text, reference).length;
}

function recognizersText() {
	const suite = require("@microsoft/recognizers-text-suite");
	return (text) => suite.recognizeDateTime(text, suite.Culture.English, undefined, reference).length;
}

// The megabytes a second of one round: it goes on where the last one stopped, so that slow readers see other texts too.
function round(read, state) {
	const begun = process.cpuUsage();
	let bytes = 0, taken = 0;
	do {
		const text = texts[state.next++ % texts.length];
		for (const paragraph of text.paragraphs)
			state.found += read(paragraph);
		bytes += text.bytes;
		state.bytes += text.bytes;
		const used = process.cpuUsage(begun); // what a program running beside takes does not count
		taken = (used.user + used.system) / 1e6;
	} while (taken < seconds / ROUNDS);
	return bytes / taken / 1e6;
}

for (const [name, open] of [["chrono-node", chronoNode], ["recognizers-text-suite", recognizersText]]) {
	const state = { next: 0, found: 0, bytes: 0 };
	const read = open();
	round(read, { next: 0, found: 0, bytes: 0 }); // compiles what is run often
	let best = 0;
	for (let i = 0; i < ROUNDS; i++)
		best = Math.max(best, round(read, state));
	const all = texts.reduce((sum, text) => sum + text.bytes, 0);
	console.log(`${name}\t${best.toPrecision(3)}\t${Math.round((state.found * all) / state.bytes)}`);
}
