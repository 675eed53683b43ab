/* A whole DENM as asn1c's tree, from our value and back (see wire.h). */
#ifndef STEPDEN_DENM_TREE_H
#define STEPDEN_DENM_TREE_H

#include "denm/high_cause.h"
#include "denm/wire.h"

/* The tree and everything it points to: 40 kB, for the stack. */
struct stepden_denm_tree {
    R2DENM_t denm;
    struct stepden_management_wire management;
    struct stepden_situation_wire situation;
    struct stepden_location_wire location;
    struct stepden_predicted_paths_wire predicted_paths;
    struct stepden_pre_crash_wire pre_crash;
};

/*
 * Makes the tree of `denm`, which has passed stepden_denm_check. With
 * STEPDEN_RELEASE_R1 without predicted paths and preCrash container.
 */
void stepden_denm_to_wire(struct stepden_denm_tree *tree,
                          const struct stepden_denm_data *denm,
                          enum stepden_release release);

/*
 * Makes the value of `wire`, whose ranges are checked.
 *
 * STEPDEN_ERR_INVALID  the header is not that of a DENM
 */
STEPDEN_CHECKED enum stepden_status
stepden_denm_from_wire(struct stepden_denm_data *denm, const R2DENM_t *wire,
                       enum stepden_release release, struct stepden_diag *diag);

/* The cause codes of `denm`; 0 where there is none. */
struct stepden_causes stepden_denm_causes(const struct stepden_denm_data *denm);

/*
 * Checks what has to hold before there can be a tree.
 *
 * STEPDEN_ERR_RANGE    a list that is too long, a cause code that the release
 *                      does not have
 * STEPDEN_ERR_INVALID  members that exclude or require each other
 */
STEPDEN_CHECKED enum stepden_status
stepden_denm_check(const struct stepden_denm_data *denm,
                   enum stepden_release release, struct stepden_diag *diag);

#endif
