// The reader's own time beside an event's. Every page is whole without this.
"use strict";

// As the page is written; an English one as the reader is used to.
const LANGUAGE = document.body.dataset.yours ? document.documentElement.lang : undefined;
const YOURS = document.body.dataset.yours || "your time";

// Minutes east of UTC of a zone's clock, as its datetime attribute states it; null where it states none.
function statedOffset(datetime) {
	const match = /([+-])(\d\d):(\d\d)$/.exec(datetime);
	if (datetime.endsWith("Z"))
		return 0;
	return match ? (match[1] + "1") * (match[2] * 60 + +match[3]) : null;
}

function isReadersOwn(datetime, moment) {
	return statedOffset(datetime) === -moment.getTimezoneOffset();
}

// "10:45 - 13:30", with the weekday where the reader's day is another one than the event's.
function readersClock(moment, end, datetime) {
	const clock = { hour: "numeric", minute: "2-digit" };
	const sameDay = moment.getDate() === +datetime.slice(8, 10);
	const format = new Intl.DateTimeFormat(LANGUAGE, sameDay ? clock : { weekday: "short", ...clock });
	return end && end - moment < 86400e3 && end > moment ? format.formatRange(moment, end) : format.format(moment);
}

function zoneWords(moment) {
	const parts = new Intl.DateTimeFormat(LANGUAGE, { timeZoneName: "long" }).formatToParts(moment);
	return (parts.find(part => part.type === "timeZoneName") || {}).value || "";
}

function element(name, className, text) {
	const made = document.createElement(name);
	made.className = className;
	made.textContent = text;
	return made;
}

// In a list: one more line under the event's clock.
function addToList(clock) {
	const time = clock.querySelector("time");
	const moment = time && new Date(time.dateTime);
	if (!moment || isNaN(moment) || statedOffset(time.dateTime) === null)
		return;
	for (const stated of clock.querySelectorAll("time"))
		if (isReadersOwn(stated.dateTime, moment))
			return;
	clock.append(element("p", "yours", readersClock(moment, null, time.dateTime) + " " + YOURS));
}

// On an event's page: for an online event the reader's time comes first, for others the place's.
function addToPage(when) {
	const time = when.querySelector(".hours time");
	const moment = time && new Date(time.dateTime);
	if (!moment || isNaN(moment) || statedOffset(time.dateTime) === null || isReadersOwn(time.dateTime, moment))
		return;
	const end = time.dataset.end ? new Date(time.dataset.end) : null;
	const yours = element("p", "yours", "");
	const words = element("time", "", readersClock(moment, end, time.dateTime));
	words.dateTime = moment.toISOString();
	yours.append(words, element("span", "zone", YOURS + ", " + zoneWords(moment)));
	if (when.dataset.mode === "virtual")
		when.prepend(yours);
	else
		when.append(yours);
}

document.querySelectorAll(".clock").forEach(addToList);
document.querySelectorAll(".when").forEach(addToPage);
