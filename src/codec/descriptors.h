/*
 * asn1c completes its type descriptors at their first use, without a lock.
 */
#ifndef STEPDEN_CODEC_DESCRIPTORS_H
#define STEPDEN_CODEC_DESCRIPTORS_H

/*
 * Completes every descriptor that a DENM reaches, in both releases. Only the
 * first call does anything, and later ones wait for it: afterwards the
 * descriptors are constant, and any number of threads may use them.
 */
void stepden_descriptors_complete(void);

#endif
