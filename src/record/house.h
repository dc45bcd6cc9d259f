/* The house: what a publication says of itself once (house.ini), and what the command line adds. */
#ifndef DAYBOOK_HOUSE_H
#define DAYBOOK_HOUSE_H

#include "../base/error.h"
#include "../know/civil.h"
#include "diagnostic.h"

struct house {
	struct str name;     /* of the publication, or null */
	struct str zone;     /* IANA home zone, or null */
	struct str language; /* of the pages, BCP 47; "en" where nothing is said */
	struct str text;     /* the language that bulletins are written in; "en" where nothing is said: what daybook reads */
	struct str url;      /* where the site will stand, without a slash at the end; or null */
	struct str email;    /* the bulletin's own address, or null */
	struct str description;
	struct str id;       /* what UIDs are made from; the name where nothing is said */
	array_of(struct str) sponsors; /* known sponsors, whose commas are not separators */
	uint8_t severities[DIAGNOSTIC_COUNT]; /* enum severity */
	struct civil date; /* --date: the date of an issue that states none; else CIVIL_UNKNOWN */
	struct arena arena; /* owns the strings */
};

/* A house that says nothing. */
void house_init(struct house *house);
void house_release(struct house *house);

/* Reads a house file (INI, through inih). 0, or -1 with `error` naming the line. */
int house_read(struct house *house, const char *path, struct error *error);

#endif
