/* Rows of named columns: answers of the archive on their way to whoever prints them. */
#ifndef DAYBOOK_BASE_TABLE_H
#define DAYBOOK_BASE_TABLE_H

#include "memory.h"

struct table_column {
	const char *name; /* as JSON and CSV call it; a table's head has it in capitals */
	bool number;      /* JSON prints its cells without quotation marks */
	bool wide;        /* of a table: takes the room that the others leave */
};

/* `cells` are rows of `columns` cells each; a null str is nothing. In a cell, \x01 and \x02 stand around what matched. */
struct table {
	const struct table_column *columns;
	uint32_t column_count;
	array_of(struct str) cells;
};

#endif
