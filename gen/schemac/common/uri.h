/* URI references (RFC 3986). */
#ifndef SCHEMAC_URI_H
#define SCHEMAC_URI_H

/* `reference` as seen from the URI `base` (clause 5.2). */
const char *uri_resolve(const char *base, const char *reference);

/* `uri` up to its fragment. */
const char *uri_document(const char *uri);

/* The decoded fragment of `uri`, "" without one; NULL when it is malformed. */
const char *uri_fragment(const char *uri);

/* `text` with its %xx as what they stand for; NULL when one is malformed. */
const char *uri_decode(const char *text);

/* '#' and the encoded `fragment`. */
const char *uri_of_fragment(const char *fragment);

/* The URI of the file at the absolute `path`. */
const char *uri_of_file(const char *path);

#endif
