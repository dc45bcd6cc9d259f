/* Structured data for search engines: schema.org as JSON-LD in a script element. Only what the page shows;
 * what is not known is absent. */
#ifndef DAYBOOK_JSONLD_H
#define DAYBOOK_JSONLD_H

#include "publication.h"

struct crumb;

/* BreadcrumbList of the crumbs; nothing where the site's address is not known, which its items need. */
void jsonld_crumbs(struct buf *out, const struct publication *p, const struct crumb *crumbs, uint32_t count);

/* Event. Nothing where it has no date, which schema.org asks for. */
void jsonld_event(struct buf *out, const struct publication *p, const struct published_event *event);

/* Article, part of its PublicationIssue. */
void jsonld_article(struct buf *out, const struct publication *p, const struct published_article *article);

/* PublicationIssue, part of the Periodical. */
void jsonld_issue(struct buf *out, const struct publication *p, const struct published_issue *issue);

/* The Periodical itself. */
void jsonld_periodical(struct buf *out, const struct publication *p);

#endif
