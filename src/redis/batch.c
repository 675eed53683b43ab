#include "redis/batch.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    RUN_MAX = 1000,       /* fields or ids in one command */
    KEPT_BYTES = 1 << 20, /* of each buffer, from one use to the next */
};

static void begin(struct stepden_commands *commands, size_t argc,
                  const char *name, const char *key)
{
    stepden_resp_command(&commands->resp, argc);
    stepden_resp_arg_text(&commands->resp, name);
    stepden_resp_arg_text(&commands->resp, key);
    commands->count++;
}

static void append_run(struct stepden_commands *commands,
                       struct stepden_run *run)
{
    if (run->args.failed)
        commands->resp.failed = true;
    stepden_resp_append(&commands->resp, run->args.bytes, run->args.size);
    stepden_resp_clear(&run->args, KEPT_BYTES);
    run->count = 0;
}

static void arg_field(struct stepden_resp *resp,
                      const struct stepden_redis_field *field)
{
    stepden_resp_arg(resp, field->name, field->name_size);
    stepden_resp_arg(resp, field->value, field->value_size);
}

void stepden_batch_publish(struct stepden_batch *batch,
                           const struct stepden_keys *keys, int64_t max_length,
                           const struct stepden_redis_field *fields,
                           size_t field_count)
{
    struct stepden_resp *resp = &batch->adds.resp;
    bool trims = max_length > 0 && batch->outputs == 0;
    size_t trim_argc = trims ? 5 : 0;

    begin(&batch->adds, 3 + trim_argc + 2 * field_count, "XADD", keys->output);
    if (trims) {
        stepden_resp_arg_text(resp, "MAXLEN");
        stepden_resp_arg_text(resp, "~");
        stepden_resp_arg_number(resp, max_length);
        stepden_resp_arg_text(resp, "LIMIT");
        stepden_resp_arg_text(resp, "0");
    }
    stepden_resp_arg_text(resp, "*");
    for (size_t i = 0; i < field_count; i++)
        arg_field(resp, &fields[i]);
    batch->outputs++;
}

static void close_records(struct stepden_batch *batch,
                          const struct stepden_keys *keys)
{
    if (batch->run.count == 0)
        return;
    if (batch->forgets)
        begin(&batch->records, 2 + batch->run.count, "HDEL", keys->records);
    else
        begin(&batch->records, 2 + 2 * batch->run.count, "HSET", keys->records);
    append_run(&batch->records, &batch->run);
}

static void open_records(struct stepden_batch *batch,
                         const struct stepden_keys *keys, bool forgets)
{
    if (batch->forgets != forgets || batch->run.count == RUN_MAX)
        close_records(batch, keys);
    batch->forgets = forgets;
    batch->run.count++;
}

void stepden_batch_keep(struct stepden_batch *batch,
                        const struct stepden_keys *keys, const char *field,
                        size_t field_size, const char *value, size_t value_size)
{
    open_records(batch, keys, false);
    stepden_resp_arg(&batch->run.args, field, field_size);
    stepden_resp_arg(&batch->run.args, value, value_size);
}

void stepden_batch_forget(struct stepden_batch *batch,
                          const struct stepden_keys *keys, const char *field,
                          size_t field_size)
{
    open_records(batch, keys, true);
    stepden_resp_arg(&batch->run.args, field, field_size);
}

static void close_ids(struct stepden_batch *batch,
                      const struct stepden_keys *keys, enum stepden_input input)
{
    struct stepden_run *ids = &batch->ids[input];

    if (ids->count == 0)
        return;
    begin(&batch->acks, 3 + ids->count, "XACK", keys->input[input]);
    stepden_resp_arg_text(&batch->acks.resp, keys->group[input]);
    append_run(&batch->acks, ids);
}

void stepden_batch_acknowledge_again(struct stepden_batch *batch,
                                     const struct stepden_keys *keys,
                                     enum stepden_input input, const char *id)
{
    if (batch->ids[input].count == RUN_MAX)
        close_ids(batch, keys, input);
    stepden_resp_arg_text(&batch->ids[input].args, id);
    batch->ids[input].count++;
    batch->settled++;
    if (stepden_delivery_is_later(id, batch->latest[input]))
        snprintf(batch->latest[input], STEPDEN_ID_SIZE, "%s", id);
}

void stepden_batch_acknowledge(struct stepden_batch *batch,
                               const struct stepden_keys *keys,
                               enum stepden_input input, const char *id)
{
    int64_t entered_unix_ms = strtoll(id, NULL, 10);

    stepden_batch_acknowledge_again(batch, keys, input, id);
    batch->inputs++;
    stepden_resp_append(&batch->entered, (const char *)&entered_unix_ms,
                        sizeof entered_unix_ms);
}

void stepden_batch_drop_trimmed(struct stepden_batch *batch,
                                const struct stepden_keys *keys,
                                enum stepden_input input, const char *id)
{
    stepden_batch_acknowledge_again(batch, keys, input, id);
    batch->inputs++;
    batch->trimmed++;
}

void stepden_batch_reject(struct stepden_batch *batch,
                          const struct stepden_keys *keys,
                          const struct stepden_entry *entry, const char *reason,
                          const char *pointer)
{
    struct stepden_resp *resp = &batch->adds.resp;

    begin(&batch->adds, 3 + 2 * (3 + entry->field_count), "XADD",
          keys->rejected[entry->input]);
    stepden_resp_arg_text(resp, "*");
    stepden_resp_arg_text(resp, "reason");
    stepden_resp_arg_text(resp, reason);
    stepden_resp_arg_text(resp, "pointer");
    stepden_resp_arg_text(resp, pointer);
    stepden_resp_arg_text(resp, "entry");
    stepden_resp_arg_text(resp, entry->id);
    for (size_t i = 0; i < entry->field_count; i++)
        arg_field(resp, &entry->fields[i]);
    batch->rejected++;
    stepden_batch_acknowledge(batch, keys, entry->input, entry->id);
}

void stepden_batch_seal(struct stepden_batch *batch,
                        const struct stepden_keys *keys)
{
    close_records(batch, keys);
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        close_ids(batch, keys, (enum stepden_input)input);
}

bool stepden_batch_is_empty(const struct stepden_batch *batch)
{
    return batch->adds.count == 0 && !stepden_batch_keeps(batch) &&
           batch->settled == 0 && stepden_batch_fetches(batch) == 0;
}

bool stepden_batch_keeps(const struct stepden_batch *batch)
{
    return batch->records.count > 0 || batch->run.count > 0;
}

size_t stepden_batch_fetches(const struct stepden_batch *batch)
{
    size_t count = 0;

    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        count += batch->fetches[input] > 0;
    return count;
}

const int64_t *stepden_batch_entered(const struct stepden_batch *batch)
{
    return (const void *)batch->entered.bytes;
}

size_t stepden_batch_size(const struct stepden_batch *batch)
{
    return batch->adds.resp.size + batch->records.resp.size +
           batch->run.args.size;
}

bool stepden_batch_has_failed(const struct stepden_batch *batch)
{
    return batch->adds.resp.failed || batch->records.resp.failed ||
           batch->acks.resp.failed || batch->run.args.failed ||
           batch->entered.failed ||
           batch->ids[STEPDEN_INPUT_CRASH_PREDICTION].args.failed ||
           batch->ids[STEPDEN_INPUT_CLIENT].args.failed;
}

static void clear_commands(struct stepden_commands *commands, size_t keep)
{
    stepden_resp_clear(&commands->resp, keep);
    commands->count = 0;
}

static void clear_run(struct stepden_run *run, size_t keep)
{
    stepden_resp_clear(&run->args, keep);
    run->count = 0;
}

static void clear(struct stepden_batch *batch, size_t keep)
{
    clear_commands(&batch->adds, keep);
    clear_commands(&batch->records, keep);
    clear_commands(&batch->acks, keep);
    clear_run(&batch->run, keep);
    stepden_resp_clear(&batch->entered, keep);
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        clear_run(&batch->ids[input], keep);
        batch->latest[input][0] = '\0';
        batch->fetches[input] = 0;
    }
    batch->forgets = false;
    batch->settled = batch->inputs = batch->trimmed = 0;
    batch->outputs = batch->rejected = 0;
    batch->bytes_read = 0;
}

void stepden_batch_rest(struct stepden_batch *batch, size_t keep)
{
    if (stepden_batch_is_empty(batch))
        clear(batch, keep);
}

void stepden_batch_clear(struct stepden_batch *batch)
{
    clear(batch, KEPT_BYTES);
}

void stepden_batch_free(struct stepden_batch *batch)
{
    stepden_resp_free(&batch->adds.resp);
    stepden_resp_free(&batch->records.resp);
    stepden_resp_free(&batch->acks.resp);
    stepden_resp_free(&batch->run.args);
    stepden_resp_free(&batch->entered);
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        stepden_resp_free(&batch->ids[input].args);
    *batch = (struct stepden_batch){0};
}
