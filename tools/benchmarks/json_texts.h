/* Typical JSON texts of the service. */
#ifndef BENCH_JSON_TEXTS_H
#define BENCH_JSON_TEXTS_H

#include <stddef.h>

enum {
    BENCH_JSON_ARRAY_1, /* a collision array of one target */
    BENCH_JSON_ARRAY_10,
    BENCH_JSON_ARRAY_100,
    BENCH_JSON_MESSAGE,  /* a DENM in its envelope, as it is published */
    BENCH_JSON_RECORD,   /* the kept one of that DENM's event */
    BENCH_JSON_NEGATION, /* of that event, without an envelope */
    BENCH_JSON_TEXTS,
};

struct bench_json_text {
    char name[64]; /* with its size */
    char *json;    /* without a NUL */
    size_t size;
};

/* BENCH_JSON_TEXTS of them, static. */
const struct bench_json_text *bench_json_texts(void);

#endif
