/* ICU, opened when the first zone or calendar is asked for: loading it takes longer than all else at a start. */
#ifndef DAYBOOK_ICU_H
#define DAYBOOK_ICU_H

#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

#include "../base/library.h"

/* Its functions that this room calls: the name here, the name there. */
#define ICU_FUNCTIONS(F) \
	F(clear, ucal_clear) \
	F(close, ucal_close) \
	F(get, ucal_get) \
	F(get_canonical_id, ucal_getCanonicalTimeZoneID) \
	F(get_display_name, ucal_getTimeZoneDisplayName) \
	F(get_id_for_windows, ucal_getTimeZoneIDForWindowsID) \
	F(get_millis, ucal_getMillis) \
	F(get_transition, ucal_getTimeZoneTransitionDate) \
	F(open, ucal_open) \
	F(best_pattern, udatpg_getBestPattern) \
	F(close_format, udat_close) \
	F(close_patterns, udatpg_close) \
	F(get_symbols, udat_getSymbols) \
	F(open_format, udat_open) \
	F(open_patterns, udatpg_open) \
	F(set, ucal_set) \
	F(set_date, ucal_setDate) \
	F(set_millis, ucal_setMillis) \
	F(from_utf8, u_strFromUTF8) \
	F(to_utf8, u_strToUTF8)

struct icu {
	ICU_FUNCTIONS(LIBRARY_POINTER)
};

/* Opens it once for the whole program; safe in threads. */
const struct icu *icu(void);

#endif
