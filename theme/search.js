// The search page. Words and documents lie in small scripts beside it, which are loaded as they are needed: that works
// from a folder of files, where nothing may be fetched.
"use strict";

const daybookSearch = (() => {
	const SHOWN = 20;
	const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	const form = document.querySelector("form.search");
	const input = form.elements.q;
	const status = document.getElementById("found");
	const list = document.getElementById("results");
	const kinds = form.dataset.kinds.split("|");
	const loaded = new Map(); // of each file: a promise, and what resolves it
	const folds = new Map();
	let head = null;
	let asked = 0; // how many questions were begun: an answer that comes late is dropped

	function load(file) {
		if (!loaded.has(file)) {
			const entry = {};
			entry.promise = new Promise((resolve, reject) => {
				const script = document.createElement("script");
				entry.resolve = resolve;
				script.onerror = reject;
				script.src = "search/" + file + ".js";
				document.head.append(script);
			});
			loaded.set(file, entry);
		}
		return loaded.get(file).promise;
	}

	// ---- words, cut as src/emit/search_words.c cuts them ----

	const OTHERS = [[0x80, 0xBF], [0xD7, 0xD7], [0xF7, 0xF7], [0x2000, 0x2BFF], [0x2E00, 0x2E7F], [0x3000, 0x3004], [0x3008, 0x3020],
		[0x3030, 0x3030], [0xFE10, 0xFE6F], [0xFF00, 0xFF0F], [0xFF1A, 0xFF20], [0xFF3B, 0xFF40], [0xFF5B, 0xFF65], [0xFFF0, 0x10FFFF]];

	function isLetter(code) {
		return code < 0x80 ? /[a-z0-9]/i.test(String.fromCharCode(code)) : !OTHERS.some(([from, to]) => code >= from && code <= to);
	}

	function isUnspaced(code) {
		return code >= 0x3040 && code <= 0x30FF || code >= 0x3400 && code <= 0x9FFF || code >= 0xF900 && code <= 0xFAFF ||
			code >= 0x3005 && code <= 0x3007;
	}

	function fold(letter) {
		const code = letter.codePointAt(0);
		if (code >= 0x300 && code < 0x370)
			return "";
		return folds.get(letter) ?? letter.toLowerCase();
	}

	function pairs(run) {
		return run.length < 2 ? run : run.slice(1).map((letter, i) => run[i] + letter);
	}

	function words(text) {
		const found = [];
		let word = "", letters = 0, run = [];
		const end = () => {
			if (word.length > 1)
				found.push(word);
			found.push(...pairs(run));
			word = "", letters = 0, run = [];
		};
		for (const letter of text) {
			const code = letter.codePointAt(0);
			if (letter === "." && letters === 1) {
				letters = 0;
			} else if (!isLetter(code)) {
				end();
			} else if (isUnspaced(code)) {
				if (word)
					end();
				run.push(letter);
			} else {
				if (run.length)
					end();
				letters++;
				word += fold(letter);
			}
		}
		end();
		return [...new Set(found)];
	}

	// ---- looking up ----

	// The places of a word: document numbers, each with whether it stands in the title.
	function addPlaces(text, weight, scores) {
		let number = 0, place = 0;
		for (const digit of text) {
			const value = DIGITS.indexOf(digit);
			number = number * 32 + value % 32;
			if (value < 32)
				continue;
			place += number;
			number = 0;
			const score = place % 2 ? 4 * weight : weight, document = place >> 1;
			if (!(scores.get(document) >= score))
				scores.set(document, score);
		}
	}

	// The documents that hold a word which begins like this, each with how well it fits; rare words count more.
	async function lookUp(beginning) {
		const shards = head.shards.filter(shard => shard.startsWith(beginning) || beginning.startsWith(shard));
		const scores = new Map();
		for (const text of await Promise.all(shards.map(shard => load("w-" + fileName(shard))))) {
			const fields = text.split(" ");
			for (let i = 0; i + 1 < fields.length; i += 2)
				if (fields[i].startsWith(beginning))
					addPlaces(fields[i + 1], fields[i] === beginning ? 2 : 1, scores);
		}
		const rarity = 1 / Math.log2(2 + scores.size);
		for (const [document, score] of scores)
			scores.set(document, score * rarity);
		return scores;
	}

	function fileName(beginning) {
		return [...beginning].map(letter => letter.codePointAt(0) < 0x80 ? letter : "-" + letter.codePointAt(0).toString(16)).join("");
	}

	// Documents that hold every word, the best first, of those as good the newest.
	async function find(asking) {
		const each = await Promise.all(asking.map(lookUp));
		let both = each[0];
		for (const other of each.slice(1))
			both = new Map([...both].filter(([number]) => other.has(number)).map(([number, score]) => [number, score + other.get(number)]));
		return [...both].sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([number]) => number);
	}

	async function documentAt(number) {
		const place = number >> 1;
		const chunk = await load((number % 2 ? "n-" : "d-") + Math.floor(place / head.chunk));
		return chunk[place % head.chunk];
	}

	// ---- showing ----

	function element(name, className, text) {
		const made = document.createElement(name);
		made.className = className;
		made.textContent = text;
		return made;
	}

	function item([kind, page, title, date, excerpt]) {
		const made = element("li", "", ""), heading = element("h2", "", ""), link = element("a", "", title);
		link.href = page;
		heading.append(link);
		made.append(element("p", "label", date ? kinds[kind] + " \u00B7 " + date : kinds[kind]), heading);
		if (excerpt)
			made.append(element("p", "facts", excerpt));
		return made;
	}

	async function show(numbers, from, question) {
		const rows = await Promise.all(numbers.slice(from, from + SHOWN).map(documentAt));
		if (question !== asked)
			return;
		const items = rows.map(item);
		list.append(...items);
		if (numbers.length > from + SHOWN)
			addMore(numbers, from + SHOWN, question);
		if (from)
			items[0].querySelector("a").focus();
	}

	function addMore(numbers, from, question) {
		const button = element("button", "", form.dataset.more), holder = element("li", "more", "");
		button.type = "button";
		button.addEventListener("click", () => {
			holder.remove();
			show(numbers, from, question);
		});
		holder.append(button);
		list.append(holder);
	}

	function say(text) {
		status.hidden = !text;
		status.textContent = text;
	}

	function counted(count) {
		return count === 0 ? form.dataset.none : count === 1 ? form.dataset.one : form.dataset.many.replace("{}", count);
	}

	async function answer() {
		const question = ++asked;
		const all = words(input.value), common = all.filter(word => head.common.includes(word));
		const asking = all.filter(word => !common.includes(word));
		const without = common.length ? form.dataset.common.replace("{}", common.join(", ")) : "";
		try {
			const numbers = asking.length ? await find(asking) : [];
			if (question !== asked)
				return;
			list.replaceChildren();
			say([asking.length ? counted(numbers.length) : "", without].filter(Boolean).join(" \u00B7 "));
			await show(numbers, 0, question);
		} catch {
			say(form.dataset.broken);
		}
	}

	function remember() {
		try {
			history.replaceState(null, "", input.value ? "?q=" + encodeURIComponent(input.value) : "search.html");
		} catch {
			// some browsers keep a file's address as it is
		}
	}

	function listen() {
		let waiting = 0;
		input.addEventListener("input", () => {
			clearTimeout(waiting);
			waiting = setTimeout(answer, 120);
		});
		form.addEventListener("submit", event => {
			event.preventDefault();
			remember();
			answer();
		});
		input.addEventListener("keydown", event => {
			const first = list.querySelector("a");
			if (event.key === "ArrowDown" && first) {
				event.preventDefault();
				first.focus();
			}
		});
		list.addEventListener("keydown", event => {
			const links = [...list.querySelectorAll("a")], at = links.indexOf(document.activeElement);
			const to = event.key === "ArrowDown" ? links[at + 1] : event.key === "ArrowUp" ? links[at - 1] || input : null;
			if (at < 0 || !to)
				return;
			event.preventDefault();
			to.focus();
		});
	}

	function open(index) {
		head = index;
		for (const pair of index.folds.split(" "))
			folds.set([...pair][0], [...pair].slice(1).join(""));
		form.hidden = false;
		listen();
		input.value = new URLSearchParams(location.search).get("q") || "";
		if (input.value)
			answer();
		else
			input.focus();
	}

	return {
		open,
		words: (beginning, text) => loaded.get("w-" + fileName(beginning)).resolve(text),
		documents: (family, number, rows) => loaded.get(family + "-" + number).resolve(rows),
	};
})();
