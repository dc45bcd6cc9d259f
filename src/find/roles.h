/* Roles: what people are or were, and who a description may mean. */
#ifndef DAYBOOK_ROLES_H
#define DAYBOOK_ROLES_H

#include "find.h"

/* Kinds of callings, so that "the diplomat" may be a foreign minister: data/words/callings.tsv. */
enum calling {
	CALLING_OTHER = 1,
	CALLING_DIPLOMAT,
	CALLING_SCHOLAR,
	CALLING_POLITICIAN,
	CALLING_SOLDIER,
	CALLING_JOURNALIST,
	CALLING_OFFICIAL,
	CALLING_LAWYER,
	CALLING_KIN,
};

/* "the veteran Russian diplomat". */
struct description {
	uint32_t tokens; /* 0: it is none */
	uint32_t head;   /* the token of its noun */
	int32_t calling;
	char country[3]; /* of the country it names, or "" */
};

/* Reads a description at tokens [begin, end), behind its article. */
struct description description_read(const struct finding *f, uint32_t begin, uint32_t end);

/* Whether one of the entity's roles is what is described. */
bool description_fits(const struct finding *f, const struct description *what, const struct entity *entity);

#endif
