/* Clock times of one expression. */
#ifndef DAYBOOK_RESOLVE_CLOCK_H
#define DAYBOOK_RESOLVE_CLOCK_H

#include "resolve.h"

struct clocks {
	int16_t start, end;  /* minutes of the day; end -1 where there is none; 1440 or more: past midnight */
	int16_t second;      /* of the first, -1 where there is none */
	bool half_unknown;   /* "2:30-4:00": morning or afternoon is not said */
	bool impossible;     /* 25:61 */
};

/* The clock time or range that an expression of OP_CLOCK states; false where it is none after all (a price, a score, a plain number).
 * `bare`: what stands beside it makes bare figures hours. */
bool resolve_clocks(const struct resolving *r, bool bare, struct clocks *out);

#endif
