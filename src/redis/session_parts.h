/*
 * What the files of the session share. Each is one part of its life:
 * session_new.c (made, freed), session.c (goes on, is stopped), acquire.c (the
 * lease), heritage.c (records of others), orphan.c (of partitions that are no
 * more), standby.c (another one's), wish.c (to be ours), owner.c (who has it),
 * flight.c (one fenced transaction), load.c, tell.c (what it found), compose.c
 * (what the owner adds), steady.c (sent), settle.c (answered), half.c (answered
 * wrongly), intake.c (the entries that came), round.c (what is asked aside),
 * doorbell.c, view.c (how it is).
 */
#ifndef STEPDEN_REDIS_SESSION_PARTS_H
#define STEPDEN_REDIS_SESSION_PARTS_H

#include "base/diag.h"
#include "redis/session_state.h"

/* session.c */

void stepden_session_say(struct stepden_session *session,
                         enum stepden_log_level level, const char *format, ...)
    STEPDEN_PRINTF(3, 4);

/* Says it once, until something else, or nothing, is to be said. */
void stepden_session_say_once(struct stepden_session *session,
                              enum stepden_said about,
                              enum stepden_log_level level, const char *text);

void stepden_session_set_timer(struct stepden_session *session,
                               enum stepden_timer_job job, int64_t ms);

/* Drops all that is of the lease. */
void stepden_session_drop(struct stepden_session *session);

/* The lease or the connection is gone: drops everything, tells it. */
void stepden_session_lose(struct stepden_session *session, const char *why);

/* The end. Nothing of the session is to be touched by the caller after it. */
void stepden_session_finish(struct stepden_session *session,
                            enum stepden_status status);

/* The last transaction was settled, the lease is ours: what is next. */
void stepden_session_go_on(struct stepden_session *session);

/* Redis refused a transaction; true for the first one in a row. */
bool stepden_session_note_refusal(struct stepden_session *session);

/* Sends again what was refused, the fence being up. */
void stepden_session_retry(struct stepden_session *session);

/* Whether it is worth a look whether there is another master: this one has
 * refused for longer than a lease lasts. */
bool stepden_session_is_elsewhere(const struct stepden_session *session);

/* Whether nothing may begin any more: the lease is to be given back. */
bool stepden_session_is_ending(const struct stepden_session *session);

/* Whether all reads are for new entries: pending ones are read one by one, as
 * where a read goes on depends on what the one before it found. */
bool stepden_session_reads_new(const struct stepden_session *session);

/* Whether what rings would be what comes next. */
bool stepden_session_listens(const struct stepden_session *session);

/* When the lease is to be renewed, after it was. */
int64_t stepden_session_renew_ms(const struct stepden_session *session);

/* Gives back memory for transactions, but for `keep` bytes of each buffer. */
void stepden_session_rest(struct stepden_session *session, size_t keep);

/* Whether input may be read at all. While a group is missing it may not: the
 * group starts after what was read, so that has to be committed before. */
bool stepden_session_may_read(const struct stepden_session *session);

/* What the entries of one answer may have. */
size_t stepden_session_answer_max(const struct stepden_session *session);

/* acquire.c */

/* A new connection: asks what server it is, and looks at the lease. */
void stepden_acquire_begin(struct stepden_session *session);

/* Looks at the lease, and takes it if it is to be had. */
void stepden_acquire_look(struct stepden_session *session);

/* The lease was tried for: it is ours, or not. */
void stepden_acquire_settle(struct stepden_session *session, bool ours,
                            const struct stepden_flight *flight);

/* Looks again, when the lease may have lapsed; -2 if its PTTL is not known. */
void stepden_acquire_later(struct stepden_session *session, int64_t pttl_ms);

/* Once it is ours: EXEC's array. */
bool stepden_acquire_check(const redisReply *reply);

/* Within a look: what a key's answer is in place of what it should be, which is
 * an obstacle. */
void stepden_acquire_note(struct stepden_session *session, const char *key,
                          const redisReply *reply);

/* The look is over: takes the lease, or not for the obstacle. */
void stepden_acquire_decide(struct stepden_session *session);

/* heritage.c: records that were made for another number of partitions. */

/* Asks for how many they were made. */
void stepden_heritage_ask(struct stepden_session *session,
                          stepden_link_answer *answer);

/* For the look: what was answered. */
void stepden_heritage_take(void *ctx, const redisReply *reply);

/* Whether they are to be looked into before the lease is taken. */
bool stepden_heritage_is_foreign(const struct stepden_session *session);

/* Looks whether anything is left, which is an obstacle; then decides. */
void stepden_heritage_look(struct stepden_session *session);

/* The connection that what is looked at is asked over. */
struct stepden_link *
stepden_heritage_link(const struct stepden_session *session);

/* Within the transaction that takes the lease: they are of ours from here on.
 */
void stepden_heritage_mark(struct stepden_session *session);

/* orphan.c: partitions that the records know of, and we have no more. That with
 * the number q is looked at by who takes q mod redis.partitions. */

/* Looks at the next one, over a connection of its own; false if there is none.
 */
bool stepden_orphan_next(struct stepden_session *session);

/* All has been seen. */
void stepden_orphan_close(struct stepden_session *session);

/* It is looked at no more. Not from within a callback of its connection. */
void stepden_orphan_end(struct stepden_session *session);

/* standby.c: another instance owns the streams. */

void stepden_standby_begin(struct stepden_session *session, int64_t pttl_ms);

/* It does not any more. */
void stepden_standby_end(struct stepden_session *session);

/* Waits at the bell, with the connection of the doorbell. */
void stepden_standby_listen(struct stepden_session *session);

/* wish.c: who would like to have the lease. */

/* False, with no token, if there is none. */
bool stepden_wish_read(struct stepden_wish *wish, const redisReply *reply);

/* Makes one, unless a better one is there. */
void stepden_wish_make(struct stepden_session *session);

/* Whoever fulfilled it would wait for us in vain. */
void stepden_wish_withdraw(struct stepden_session *session);

/* Within the transaction that takes the lease: they were for another owner. */
void stepden_wish_clear(struct stepden_session *session);

/* The owner was told of this one: gives the lease away, or not. */
void stepden_wish_take(struct stepden_session *session,
                       const redisReply *reply);

/* The last transaction gave it away. */
void stepden_wish_fulfil(struct stepden_session *session);

/* Whether there is anybody to share with. */
bool stepden_wish_is_possible(const struct stepden_session *session);

/* owner.c: the instance's name, for those that stand by; where partitions are
 * shared. */

/* For the look: who has it. */
void stepden_owner_ask(struct stepden_session *session);

/* Within the transaction that takes the lease: we have. */
void stepden_owner_sign(struct stepden_session *session);

/* flight.c */

/*
 * MULTI; then the caller sends its commands by stepden_flight_command and the
 * link's arguments, or stepden_flight_append; then stepden_flight_end.
 */
void stepden_flight_begin(struct stepden_session *session,
                          enum stepden_flight_kind kind);
void stepden_flight_command(struct stepden_session *session, size_t argc,
                            const char *name);
void stepden_flight_append(struct stepden_session *session,
                           const struct stepden_commands *commands);
void stepden_flight_expire(struct stepden_session *session, const char *key,
                           int64_t ms);
void stepden_flight_end(struct stepden_session *session);

/* The same in two parts: MULTI for the second one on its way, and its EXEC when
 * the first one is settled. */
void stepden_flight_board(struct stepden_session *session);
void stepden_flight_depart(struct stepden_session *session);

/* Before a transaction is sent again: its EXEC would fail by whatever happened
 * to the lease since the refusal. */
void stepden_flight_look(struct stepden_session *session);

/* The answer to MULTI, WATCH and UNWATCH: without OK the fence has a gap, and
 * the connection ends at once. */
void stepden_flight_take_ok(void *ctx, const redisReply *reply);

/* load.c */

void stepden_load_begin(struct stepden_session *session);
void stepden_load_send(struct stepden_session *session);
void stepden_load_take(struct stepden_session *session,
                       const redisReply *reply);

/* tell.c: what is not as it was left. */

/* A group was made; the one before, if there was one, had got as far as `done`.
 */
void stepden_tell_made(struct stepden_session *session, int input,
                       const char *done);

/* On a new connection: finds the streams that lapse, though no `ttl` says so.
 * Told once of each. */
void stepden_tell_lapsing(struct stepden_session *session);

/* Nobody is given these any more. They cannot be told from entries that another
 * consumer did, or that a user had the group pass over, so that it is for him
 * to give them back. */
void stepden_tell_gap(struct stepden_session *session, int input);

/* compose.c */

/* Rejects an input that the owner does not get to see. */
void stepden_session_reject_unseen(struct stepden_session *session,
                                   const struct stepden_entry *entry,
                                   const char *reason);

/* steady.c */

/* Commits what is open, or sends what was refused again; reads. */
void stepden_steady_send(struct stepden_session *session);

/* Reads, when what is to be committed with it is not yet known. */
void stepden_steady_read_ahead(struct stepden_session *session);

/* Sends what is open, with a read, all but its EXEC, while another transaction
 * is on its way; the EXEC follows when that one is settled. */
void stepden_steady_board(struct stepden_session *session);
void stepden_steady_depart(struct stepden_session *session);

/* Commits what is open and gives the lease back. */
void stepden_release_send(struct stepden_session *session);

/* settle.c: takes the array of an EXEC that is confirmed. */

void stepden_settle_steady(struct stepden_session *session,
                           const struct stepden_flight *flight,
                           const redisReply *reply);
void stepden_settle_release(struct stepden_session *session,
                            const redisReply *reply);

/* round.c: what is asked aside, in a transaction now and then. */

void stepden_round_send(struct stepden_session *session);

/* Of a group in the answer to XINFO GROUPS. */
struct stepden_lag stepden_round_lag(const redisReply *groups,
                                     const char *name);

/* Takes `count` answers. */
void stepden_round_take(struct stepden_session *session,
                        redisReply *const *answers, size_t count);

/* intake.c: entries, from where they come to the owner. */

/* Of XREADGROUP, which may have been a fetch. True if there are any that were
 * not known. */
bool stepden_intake_read(struct stepden_session *session, int input,
                         const redisReply *reply, bool is_fetch);

/* Of the doorbell, while no transaction is on its way. */
void stepden_intake_ring(struct stepden_session *session,
                         const redisReply *reply);

/* half.c: what of a transaction was applied and what was not, `wrong` being
 * the first answer in the array of EXEC that should not be there. */
void stepden_half_report(struct stepden_session *session,
                         const redisReply *array, const redisReply *wrong);

/* doorbell.c */

/* Waits for the next entry; a timer renews the lease meanwhile. */
void stepden_doorbell_arm(struct stepden_session *session);
void stepden_doorbell_close(struct stepden_session *session);

/* How many entries of an input ring at once. */
size_t stepden_doorbell_count(const struct stepden_session *session);

/* Whether its answer is an error: what passes by itself is waited out, after
 * another one it connects anew. */
bool stepden_doorbell_fails(struct stepden_session *session,
                            const redisReply *reply);

STEPDEN_CHECKED enum stepden_status
stepden_doorbell_new(struct stepden_session *session,
                     const struct stepden_access *access,
                     struct stepden_diag *diag);

#endif
