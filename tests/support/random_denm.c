/*
 * Random DENMs of a release, as JER, one a line.
 *
 *   random_denm r1|r2 --seed N --count N [--future K] [--complete]
 *
 * A line has three columns with tabs between: the message; the same as
 * stepden_message_write_jer writes it; how much of it the release does not
 * know. The first is written less strictly: with DEFAULT values, trailing zeros
 * of named bits, and characters escaped without need.
 *
 * With --future K the first column is a message of a later version, as
 * support/widen_asn1 makes it, and the second what is left of it for a receiver
 * of this one.
 *
 * What the messages have covered is told on stderr. With --complete it is an
 * error if that is not everything.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/denm.h>

#include "codec/grammar.h"
#include "support/random/generator.h"

static struct generator generator; /* has large texts */

struct options {
    enum stepden_release release;
    uint64_t seed;
    unsigned long count;
    unsigned future_count;
    bool is_complete;
};

static bool parse(struct options *options, int argc, char **argv)
{
    static const struct option known[] = {
        {"seed", required_argument, NULL, 's'},
        {"count", required_argument, NULL, 'c'},
        {"future", required_argument, NULL, 'f'},
        {"complete", no_argument, NULL, 'a'},
        {NULL, 0, NULL, 0},
    };

    for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (c == 's')
            options->seed = strtoull(optarg, NULL, 10);
        else if (c == 'c')
            options->count = strtoul(optarg, NULL, 10);
        else if (c == 'f')
            options->future_count = (unsigned)strtoul(optarg, NULL, 10);
        else if (c == 'a')
            options->is_complete = true;
        else
            return false;
    }
    if (optind + 1 != argc)
        return false;
    options->release = strcmp(argv[optind], "r1") == 0 ? STEPDEN_RELEASE_R1
                                                       : STEPDEN_RELEASE_R2;
    return options->release == STEPDEN_RELEASE_R1 ||
           strcmp(argv[optind], "r2") == 0;
}

static void try(const struct stepden_type *type)
{
    static const unsigned densities[] = {3, 15, 30, 50, 80};
    static const unsigned futures[] = {2, 10, 40, 100};

    generator.density = densities[random_below(&generator.state, 5)];
    generator.future_percent = futures[random_below(&generator.state, 4)];
    generator.unknown_count = 0;
    generator.bits = 0;
    generator.given.size = 0;
    generator.expected.size = 0;
    generate_value(&generator, type);
}

/* One that is not too long, and not without what it is for. */
static bool is_usable(void)
{
    return generator.bits <= 8 * STEPDEN_DENM_UPER_MAX &&
           (generator.unknown_count > 0 || generator.future_count == 0);
}

static void print_message(const struct stepden_type *type)
{
    for (unsigned tries = 0;; tries++) {
        generator.is_seeking = tries < 20;
        try(type);
        coverage_settle(generator.coverage, is_usable());
        if (is_usable())
            break;
    }
    printf("%s\t%s\t%u\n", generator.given.bytes, generator.expected.bytes,
           generator.unknown_count);
}

int main(int argc, char **argv)
{
    struct options options = {0};

    if (!parse(&options, argc, argv)) {
        fputs("usage: random_denm r1|r2 --seed N --count N [--future K]"
              " [--complete]\n",
              stderr);
        return EXIT_FAILURE;
    }
    const struct stepden_type *type = stepden_grammar(options.release);

    generator.state = options.seed;
    generator.future_count = options.future_count;
    generator.coverage = coverage_new(type, options.future_count > 0);
    for (unsigned long i = 0; i < options.count; i++)
        print_message(type);

    size_t unseen = coverage_report(generator.coverage);
    coverage_free(generator.coverage);
    return unseen > 0 && options.is_complete ? EXIT_FAILURE : EXIT_SUCCESS;
}
