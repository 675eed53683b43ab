#include "json/siphash.h"

#include "suite.h"

/* The values that its authors give, for 00 01 02 ... under 00 01 ... 0f. */
START_TEST(the_hash_is_siphash_2_4)
{
    static const struct {
        size_t size;
        uint64_t hash;
    } known[] = {
        {0, 0x726fdb47dd0e0e31},
        {1, 0x74f839c593dc67fd},
        {8, 0x93f5f5799a932462},
        {15, 0xa129ca6149be45e5},
    };
    const struct stepden_siphash_key key = {
        {0x0706050403020100, 0x0f0e0d0c0b0a0908}};
    const char bytes[] = "\0\1\2\3\4\5\6\7\x8\x9\xa\xb\xc\xd\xe";

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        for (size_t cut = 0; cut <= known[i].size; cut++) {
            struct stepden_siphash hash = stepden_siphash_begin(key);

            stepden_siphash_add(&hash, bytes, cut);
            stepden_siphash_add(&hash, bytes + cut, known[i].size - cut);
            ck_assert_uint_eq(stepden_siphash_end(&hash), known[i].hash);
        }
}
END_TEST

RUN_SUITE("siphash", the_hash_is_siphash_2_4)
