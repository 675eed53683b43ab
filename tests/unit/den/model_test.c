/*
 * The DEN service against a slow and obvious model of its rules, on random
 * sequences of what can happen to it, and on those kept in model/.
 *
 *     unit_den_model                       the fixed run of the tests
 *     unit_den_model --steps N [--seed S]  other sequences
 *     unit_den_model --file F              plays one, and says what happens
 *
 * A sequence that fails is made small, written to model-failure.txt in the
 * folder it runs in, and played once more with all that happens.
 */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "model/coverage.h"
#include "model/player.h"
#include "model/random.h"
#include "model/script.h"
#include "model/shrink.h"

#define FIXED_STEPS 30000u
#define FAILURE_FILE "model-failure.txt"

static struct script script;
static struct script other;

static bool fails(const struct script *one)
{
    return !player_play(one, NULL);
}

static bool read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        return false;
    }
    uint32_t line = script_read(&script, file);
    fclose(file);
    if (line > 0)
        fprintf(stderr, "%s:%u: not a step\n", path, line);
    return line == 0;
}

/* The text of a script is read as the same script. */
static bool same_after_writing(void)
{
    FILE *file = tmpfile();
    script_write(&script, file);
    rewind(file);
    uint32_t line = script_read(&other, file);
    fclose(file);
    bool is_same =
        line == 0 && other.count == script.count &&
        memcmp(&other.config, &script.config, sizeof script.config) == 0 &&
        memcmp(other.steps, script.steps,
               script.count * sizeof *script.steps) == 0;
    if (!is_same)
        fprintf(stderr, "the text of a script is read as another one\n");
    return is_same;
}

/* What is not a step is refused, by its line. */
static bool refuses(const char *text, uint32_t line)
{
    FILE *file = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
    bool is_refused = script_read(&other, file) == line;
    fclose(file);
    if (!is_refused)
        fprintf(stderr, "\"%s\" is not refused in line %u\n", text, line);
    return is_refused;
}

static bool refuses_bad_lines(void)
{
    return refuses("config\n# a comment\nfly ms=1\n", 3) &&
           refuses("run\n\npass meters=1\n", 3) &&
           refuses("pass ms=far\n", 1) && refuses("pass ms=\n", 1) &&
           refuses("pass ms\n", 1) && refuses("pass ms=1\n", 0);
}

static void write_failure(void)
{
    FILE *file = fopen(FAILURE_FILE, "w");
    if (!file)
        return;
    script_write(&script, file);
    fclose(file);
    fprintf(stderr, "written to " FAILURE_FILE "\n");
}

static void report_failure(uint64_t seed)
{
    fprintf(stderr, "the script of seed %" PRIu64 " fails in step %u of %u\n",
            seed, player_last_step(), script.count);
    script.count = player_last_step() + 1;
    shrink(&script, fails);
    write_failure();
    player_play(&script, stderr);
}

static bool play_random(uint64_t steps, uint64_t seed)
{
    uint64_t played = 0;
    uint64_t scripts = 0;
    double start = (double)clock();

    for (; played < steps; scripts++, seed++) {
        random_script(&script, seed);
        if (!same_after_writing())
            return false;
        if (fails(&script)) {
            report_failure(seed);
            return false;
        }
        played += script.count;
    }
    printf("%" PRIu64 " steps of %" PRIu64 " scripts, %.1f s\n", played,
           scripts, ((double)clock() - start) / CLOCKS_PER_SEC);
    return true;
}

static bool play_file(const char *path, FILE *story)
{
    if (!read_file(path) || !same_after_writing())
        return false;
    if (player_play(&script, story))
        return true;
    fprintf(stderr, "%s: fails\n", path);
    return false;
}

static int is_script(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".txt") == 0 &&
           strcmp(entry->d_name, "CMakeLists.txt") != 0;
}

static bool play_kept(void)
{
    struct dirent **entries;
    int count = scandir(MODEL_FOLDER, &entries, is_script, alphasort);
    bool is_well = count > 0;

    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, MODEL_FOLDER "/%s", entries[i]->d_name);
        is_well = play_file(path, NULL) && is_well;
        free(entries[i]);
    }
    printf("%d kept scripts\n", count);
    free(entries);
    return is_well;
}

static bool play_fixed(void)
{
    bool is_well =
        refuses_bad_lines() && play_kept() && play_random(FIXED_STEPS, 1);
    return coverage_print() && is_well;
}

static int usage(void)
{
    fprintf(stderr,
            "usage: unit_den_model [--steps N] [--seed S] | --file F\n");
    return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    uint64_t steps = 0;
    uint64_t seed = 1;
    const char *file = NULL;

    for (int i = 1; i < argc; i += 2) {
        const char *value = argv[i + 1];
        if (!value)
            return usage();
        if (strcmp(argv[i], "--steps") == 0)
            steps = strtoull(value, NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0)
            seed = strtoull(value, NULL, 10);
        else if (strcmp(argv[i], "--file") == 0)
            file = value;
        else
            return usage();
    }
    bool is_well = file ? play_file(file, stdout)
                   : steps > 0
                       ? play_random(steps, seed) && (coverage_print(), true)
                       : play_fixed();
    return is_well ? EXIT_SUCCESS : EXIT_FAILURE;
}
