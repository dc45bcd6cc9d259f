/* Whether a document writes its dates in figures day first. */
#ifndef DAYBOOK_DATE_ORDER_H
#define DAYBOOK_DATE_ORDER_H

#include "../text/document.h"

/* Day or month first is a habit of the document, not of one date: a first figure above twelve says day first, a second one
 * month first, and so does a weekday that only one reading has, in a year that the text names, else in `year` (0: none is
 * known). False where nothing tells. */
bool dates_day_first(const struct document *d, int32_t year);

#endif
