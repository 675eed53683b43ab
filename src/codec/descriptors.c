#include "codec/descriptors.h"

#include <pthread.h>

#include <R1DENM.h>
#include <R2DENM.h>

/* Freeing nothing makes a type copy what it inherits into its descriptor. */
static void complete(asn_TYPE_descriptor_t *type)
{
    type->free_struct(type, NULL, 0);
    for (int i = 0; i < type->elements_count; i++)
        complete(type->elements[i].type);
}

static void complete_all(void)
{
    complete(&asn_DEF_R1DENM);
    complete(&asn_DEF_R2DENM);
}

void stepden_descriptors_complete(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, complete_all);
}
