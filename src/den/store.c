#include "den/store.h"

#include <assert.h>
#include <stdlib.h>

#define PIECE_RECORDS 1024u
#define LINE_BYTES 64u /* of the cache */

/* At most half of them are heads: a longer chain costs more cache misses. */
static uint32_t bucket_count(uint32_t capacity)
{
    uint32_t count = 64;
    while (count / 2 < capacity)
        count *= 2;
    return count;
}

enum stepden_status stepden_store_init(struct stepden_store *store,
                                       uint32_t capacity, uint32_t numbers)
{
    uint32_t buckets = bucket_count(capacity);

    *store = (struct stepden_store){
        .pieces = calloc(capacity / PIECE_RECORDS + 1, sizeof *store->pieces),
        .by_parties = calloc(buckets, sizeof *store->by_parties),
        .by_number = calloc(numbers, sizeof *store->by_number),
        .capacity = capacity,
        .bucket_mask = buckets - 1,
    };
    enum stepden_status status =
        stepden_deadlines_init(&store->deadlines, capacity, numbers);
    if (!store->pieces || !store->by_parties || !store->by_number)
        status = STEPDEN_ERR_MEMORY;
    return status;
}

static void free_extras(struct stepden_record *record)
{
    free(record->held);
    free(record->repetition);
    record->held = NULL;
    record->repetition = NULL;
}

void stepden_store_free(struct stepden_store *store)
{
    for (uint32_t handle = 1; handle <= store->fresh; handle++)
        free_extras(stepden_store_at(store, handle));
    for (uint32_t i = 0; store->pieces && i * PIECE_RECORDS <= store->fresh;
         i++)
        free(store->pieces[i]);
    free(store->pieces);
    free(store->by_parties);
    free(store->by_number);
    stepden_deadlines_free(&store->deadlines);
}

struct stepden_record *stepden_store_at(const struct stepden_store *store,
                                        uint32_t handle)
{
    assert(handle != STEPDEN_HANDLE_NONE && handle <= store->fresh);
    return &store->pieces[handle / PIECE_RECORDS][handle % PIECE_RECORDS];
}

/* A handle that was never used, with memory for its record. */
static uint32_t take_fresh(struct stepden_store *store)
{
    uint32_t handle = store->fresh + 1;
    struct stepden_record **piece = &store->pieces[handle / PIECE_RECORDS];
    uint32_t left =
        store->capacity + 1 - handle / PIECE_RECORDS * PIECE_RECORDS;

    if (!*piece)
        *piece = malloc((left < PIECE_RECORDS ? left : PIECE_RECORDS) *
                        sizeof **piece);
    if (!*piece)
        return STEPDEN_HANDLE_NONE;
    store->fresh = handle;
    return handle;
}

static uint32_t take_unused(struct stepden_store *store)
{
    uint32_t handle = store->unused;
    store->unused = stepden_store_at(store, handle)->next_by_parties;
    return handle;
}

uint32_t stepden_store_add(struct stepden_store *store, uint32_t number)
{
    if (store->count == store->capacity)
        return STEPDEN_HANDLE_NONE;

    uint32_t handle = store->unused != STEPDEN_HANDLE_NONE ? take_unused(store)
                                                           : take_fresh(store);
    if (handle == STEPDEN_HANDLE_NONE)
        return STEPDEN_HANDLE_NONE;

    assert(store->by_number[number] == STEPDEN_HANDLE_NONE);
    *stepden_store_at(store, handle) =
        (struct stepden_record){.number = number};
    store->by_number[number] = handle;
    store->count++;
    return handle;
}

/* The finalizer of MurmurHash3. */
static uint64_t mixed(uint64_t value)
{
    value ^= value >> 33;
    value *= UINT64_C(0xff51afd7ed558ccd);
    value ^= value >> 33;
    value *= UINT64_C(0xc4ceb9fe1a85ec53);
    return value ^ value >> 33;
}

static uint32_t *bucket(const struct stepden_store *store,
                        const struct stepden_parties *parties)
{
    uint64_t stations = (uint64_t)parties->reference_station_id << 32 |
                        parties->target_station_id;
    uint64_t objects = (uint64_t)parties->reference_object_id << 16 |
                       parties->target_object_id;
    uint64_t hash = mixed(stations + mixed(objects + 1));
    return &store->by_parties[(uint32_t)hash & store->bucket_mask];
}

/* Not found by its parties any longer; fine for a record that was not. */
static void unlink_parties(struct stepden_store *store, uint32_t handle)
{
    struct stepden_record *record = stepden_store_at(store, handle);
    uint32_t *link = bucket(store, &record->parties);

    while (*link != STEPDEN_HANDLE_NONE && *link != handle)
        link = &stepden_store_at(store, *link)->next_by_parties;
    if (*link == handle)
        *link = record->next_by_parties;
}

void stepden_store_remove(struct stepden_store *store, uint32_t handle)
{
    struct stepden_record *record = stepden_store_at(store, handle);

    unlink_parties(store, handle);
    stepden_deadlines_remove(&store->deadlines, record->number);
    store->by_number[record->number] = STEPDEN_HANDLE_NONE;
    free_extras(record);
    record->next_by_parties = store->unused;
    store->unused = handle;
    store->count--;
}

static bool are_same(const struct stepden_parties *one,
                     const struct stepden_parties *other)
{
    return one->reference_station_id == other->reference_station_id &&
           one->target_station_id == other->target_station_id &&
           one->reference_object_id == other->reference_object_id &&
           one->target_object_id == other->target_object_id;
}

uint32_t stepden_store_find_parties(const struct stepden_store *store,
                                    const struct stepden_parties *parties)
{
    uint32_t handle = *bucket(store, parties);
    while (handle != STEPDEN_HANDLE_NONE) {
        const struct stepden_record *record = stepden_store_at(store, handle);
        if (are_same(&record->parties, parties))
            return handle;
        handle = record->next_by_parties;
    }
    return STEPDEN_HANDLE_NONE;
}

void stepden_store_fetch_place(const struct stepden_store *store,
                               const struct stepden_parties *parties)
{
    __builtin_prefetch(bucket(store, parties));
}

void stepden_store_fetch_record(const struct stepden_store *store,
                                const struct stepden_parties *parties)
{
    uint32_t handle = *bucket(store, parties);
    if (handle == STEPDEN_HANDLE_NONE)
        return;

    const char *record = (const char *)stepden_store_at(store, handle);
    for (size_t at = 0; at < sizeof(struct stepden_record); at += LINE_BYTES)
        __builtin_prefetch(record + at);
}

uint32_t stepden_store_find_number(const struct stepden_store *store,
                                   uint32_t number)
{
    return store->by_number[number];
}

void stepden_store_link(struct stepden_store *store, uint32_t handle)
{
    struct stepden_record *record = stepden_store_at(store, handle);
    uint32_t other = stepden_store_find_parties(store, &record->parties);
    if (other != STEPDEN_HANDLE_NONE)
        unlink_parties(store, other);

    uint32_t *head = bucket(store, &record->parties);
    record->next_by_parties = *head;
    *head = handle;
}

void stepden_store_schedule(struct stepden_store *store, uint32_t handle,
                            int64_t at_mono_ms)
{
    stepden_deadlines_set(&store->deadlines,
                          (struct stepden_deadline){
                              .at_mono_ms = at_mono_ms,
                              .number = stepden_store_at(store, handle)->number,
                          });
}

uint32_t stepden_store_next(const struct stepden_store *store,
                            int64_t *at_mono_ms)
{
    struct stepden_deadline first;

    if (!stepden_deadlines_first(&store->deadlines, &first))
        return STEPDEN_HANDLE_NONE;
    *at_mono_ms = first.at_mono_ms;
    return store->by_number[first.number];
}

uint32_t stepden_store_any(const struct stepden_store *store)
{
    uint32_t number;

    return stepden_deadlines_last(&store->deadlines, &number)
               ? store->by_number[number]
               : STEPDEN_HANDLE_NONE;
}
