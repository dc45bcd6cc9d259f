/* The house whose bulletins an archive keeps: by its zone and language they were read. */
#ifndef DAYBOOK_ARCHIVED_HOUSE_H
#define DAYBOOK_ARCHIVED_HOUSE_H

#include "../record/house.h"
#include "archive.h"

/* Keeps what the house says of itself, where it says something; it is lasting from the next archive_commit on. */
int archive_set_house(struct archive *archive, const struct house *house, struct error *error);

/* The house as it was kept; one that says nothing where none was. Release it in any case. */
int archive_house(struct archive *archive, struct house *house, struct error *error);

#endif
