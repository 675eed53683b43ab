#include "emit/reference.h"

#include <string.h>

#include "common/keep.h"
#include "emit/emit.h"

/* Types that have their sections, or will have them, and where. */
struct described {
    const struct type *type;
    const char *pointer;
};

struct walk {
    struct reference *reference;
    struct described *described;
    size_t described_count;
};

static const char reloads[] = "May change while running.";

static const char *described_at(struct walk *walk, const struct type *type,
                                const char *pointer)
{
    for (size_t i = 0; i < walk->described_count; i++)
        if (strcmp(walk->described[i].type->name, type->name) == 0)
            return walk->described[i].pointer;
    walk->described = keep_grow(walk->described, walk->described_count,
                                sizeof(*walk->described));
    walk->described[walk->described_count++] =
        (struct described){type, pointer};
    return pointer;
}

static const char *deep_pointer(const struct type *type, const char *pointer)
{
    for (; type->kind == KIND_ARRAY; type = type->item)
        pointer = keep_format("%s/*", pointer);
    return pointer;
}

static const char *value_text(struct walk *walk, const struct member *member,
                              const char *pointer)
{
    const struct type *deep = reference_deep(member->type);
    const char *below = "see below";
    const char *value, *alone = "";

    if (deep != NULL) {
        const char *here = deep_pointer(member->type, pointer);
        const char *there = described_at(walk, deep, here);

        if (there != here)
            below = keep_format("as %s", there);
    }
    if (member->alone != NULL)
        alone = keep_format(", or its %s", member->alone->key);
    value = reference_value(member->type, below);
    return keep_format("%s%s%s", value, alone,
                       member->nullable ? ", or null" : "");
}

static const char *former_text(struct json_object *formerly)
{
    const char *all = "";

    if (formerly == NULL)
        return all;
    json_object_object_foreach(formerly, name, note)
    {
        const char *said = json_object_get_string(note);

        all = emit_joined(
            all, *said == '\0' ? keep_format("Formerly %s.", name)
                               : keep_format("Formerly %s (%s).", name, said));
    }
    return all;
}

static const char *secret_text(const struct type *type)
{
    while (type->kind == KIND_ARRAY)
        type = type->item;
    return type->secret ? "Secret: no error shows it." : "";
}

static struct entry make_entry(struct walk *walk, const struct member *member,
                               const char *pointer, bool reload)
{
    const char *text = member->description;
    const char *preset = NULL;

    if (text == NULL)
        text =
            member->type->description == NULL ? "" : member->type->description;
    text = emit_joined(text, reference_names(member->type));
    text = emit_joined(text, emit_examples(NULL, member->examples));
    text = emit_joined(text, member->notes);
    text = emit_joined(text, secret_text(member->type));
    text = emit_joined(text, former_text(member->formerly));
    if (member->reload && !reload)
        text = emit_joined(text, reloads);
    if (member->null_preset)
        preset = "null";
    else if (member->preset != NULL)
        preset = emit_json(member->preset);
    return (struct entry){
        .key = member->key,
        .value = emit_plain(value_text(walk, member, pointer)),
        .preset = preset,
        .text = emit_plain(text),
        .required = member->required,
    };
}

static void describe(struct walk *walk, const struct type *type,
                     const char *pointer, bool reload);

static void describe_members(struct walk *walk, const struct type *type,
                             const char *pointer, bool reload)
{
    for (size_t i = 0; i < type->member_count; i++) {
        const struct member *member = &type->members[i];
        const struct type *deep = reference_deep(member->type);
        struct place here =
            place_member(&(struct place){NULL, pointer}, member->key);
        const char *inner = deep_pointer(member->type, here.pointer);

        if (deep != NULL && strcmp(described_at(walk, deep, inner), inner) == 0)
            describe(walk, deep, inner, reload || member->reload);
    }
}

static void add_section(struct walk *walk, const struct type *type,
                        const struct section *section, bool reload)
{
    struct reference *reference = walk->reference;
    struct section all = *section;

    all.entries = keep_alloc(type->member_count * sizeof(*all.entries));
    all.count = type->member_count;
    if (all.text == NULL)
        all.text = "";
    if (type->kind == KIND_STRING)
        all.text = emit_joined(all.text,
                               keep_format("A %s.", reference_value(type, "")));
    if (reload)
        all.text = emit_joined(all.text, reloads);
    for (size_t i = 0; i < type->member_count; i++) {
        const struct member *member = &type->members[i];
        struct place here =
            place_member(&(struct place){NULL, all.pointer}, member->key);

        all.entries[i] = make_entry(walk, member, here.pointer, reload);
    }
    all.text = emit_plain(all.text);
    if (section->branch != NULL)
        all.branch = emit_plain(section->branch);
    reference->sections = keep_grow(reference->sections, reference->count,
                                    sizeof(*reference->sections));
    reference->sections[reference->count++] = all;
    describe_members(walk, type, all.pointer, reload);
}

static void describe(struct walk *walk, const struct type *type,
                     const char *pointer, bool reload)
{
    struct section section = {.pointer = pointer, .text = type->description};

    if (model_has_members(type)) {
        add_section(walk, type, &section, reload);
        return;
    }
    for (size_t i = 0; i < type->branch_count; i++) {
        section.branch = type->branches[i].title;
        section.text = type->branches[i].type->description;
        add_section(walk, type->branches[i].type, &section, reload);
    }
}

void reference_build(struct reference *reference, const struct model *model)
{
    struct walk walk = {.reference = reference};

    *reference = (struct reference){0};
    describe(&walk, model->root, "", false);
}
