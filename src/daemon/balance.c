#include "daemon/balance.h"

enum { ENOUGH = 2 }; /* more than the other one */

void stepden_balance_take(struct stepden_balance *balance)
{
    balance->held++;
}

void stepden_balance_lose(struct stepden_balance *balance)
{
    balance->held--;
}

int64_t stepden_balance_wish(struct stepden_balance *balance, int64_t mono_ms)
{
    if (mono_ms - balance->round_began_mono_ms >= balance->round_ms) {
        balance->round_began_mono_ms = mono_ms;
        balance->wishes = 0;
    }
    uint32_t rank = balance->held + balance->wishes;
    if (rank + ENOUGH > balance->partitions - balance->held)
        return -1;
    balance->wishes++;
    return rank;
}

bool stepden_balance_grant(struct stepden_balance *balance, int64_t rank)
{
    if (balance->held < ENOUGH || rank > balance->held - ENOUGH)
        return false;
    balance->held--;
    return true;
}
