/* GMime, opened when the first mail is read: with what it needs in its turn it is a third of all that would be loaded
 * at each start. */
#ifndef DAYBOOK_GMIME_H
#define DAYBOOK_GMIME_H

#include <gmime/gmime.h>

#include "../base/library.h"

/* Its functions that read/mail.c calls: the name here, the name there. */
#define GMIME_FUNCTIONS(F) \
	F(init, g_mime_init) \
	F(bytes_free, g_byte_array_free) \
	F(bytes_lend, g_byte_array_new_take) \
	F(content_type_is_type, g_mime_content_type_is_type) \
	F(data_wrapper_get_stream, g_mime_data_wrapper_get_stream) \
	F(date_day, g_date_time_get_day_of_month) \
	F(date_month, g_date_time_get_month) \
	F(date_year, g_date_time_get_year) \
	F(is_a, g_type_check_instance_is_a) \
	F(message_get_date, g_mime_message_get_date) \
	F(message_get_mime_part, g_mime_message_get_mime_part) \
	F(message_get_subject, g_mime_message_get_subject) \
	F(message_part_get_message, g_mime_message_part_get_message) \
	F(message_part_get_type, g_mime_message_part_get_type) \
	F(multipart_get_count, g_mime_multipart_get_count) \
	F(multipart_get_part, g_mime_multipart_get_part) \
	F(multipart_get_type, g_mime_multipart_get_type) \
	F(object_get_content_type, g_mime_object_get_content_type) \
	F(object_get_content_type_parameter, g_mime_object_get_content_type_parameter) \
	F(object_get_disposition, g_mime_object_get_disposition) \
	F(object_get_header, g_mime_object_get_header) \
	F(parser_construct_message, g_mime_parser_construct_message) \
	F(parser_new_with_stream, g_mime_parser_new_with_stream) \
	F(parser_set_format, g_mime_parser_set_format) \
	F(parser_set_persist_stream, g_mime_parser_set_persist_stream) \
	F(part_get_content, g_mime_part_get_content) \
	F(part_get_content_encoding, g_mime_part_get_content_encoding) \
	F(part_get_type, g_mime_part_get_type) \
	F(stream_mem_new_with_byte_array, g_mime_stream_mem_new_with_byte_array) \
	F(stream_mem_set_owner, g_mime_stream_mem_set_owner) \
	F(unref, g_object_unref)

struct gmime {
	GMIME_FUNCTIONS(LIBRARY_POINTER)
};

/* Opens it once for the whole program; safe in threads. NULL with `error` where it is not installed. */
const struct gmime *gmime_open(struct error *error);

#endif
