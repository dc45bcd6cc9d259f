/* libxml2, opened when the first page of HTML or XML is read: it brings ICU with it. */
#ifndef DAYBOOK_LIBXML_H
#define DAYBOOK_LIBXML_H

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "../base/library.h"

/* Its functions that this room calls: the name here, the name there. */
#define LIBXML_FUNCTIONS(F) \
	F(close, xmlFreeParserCtxt) \
	F(dict_size, xmlDictSize) \
	F(free_doc, xmlFreeDoc) \
	F(html_close, htmlFreeParserCtxt) \
	F(html_entity, htmlEntityLookup) \
	F(html_open, htmlCreateMemoryParserCtxt) \
	F(html_parse, htmlParseDocument) \
	F(html_use_options, htmlCtxtUseOptions) \
	F(init, xmlInitParser) \
	F(last_error, xmlCtxtGetLastError) \
	F(open_memory, xmlCreateMemoryParserCtxt) \
	F(open_push, xmlCreatePushParserCtxt) \
	F(parse, xmlParseDocument) \
	F(parse_chunk, xmlParseChunk) \
	F(predefined_entity, xmlGetPredefinedEntity) \
	F(stop, xmlStopParser) \
	F(switch_encoding, xmlSwitchEncoding) \
	F(use_options, xmlCtxtUseOptions)

struct libxml {
	LIBXML_FUNCTIONS(LIBRARY_POINTER)
};

/* Opens it and makes it ready, once for the whole program; safe in threads. */
const struct libxml *libxml(void);

#endif
