/*
 * Certificates for a test, NAME.crt with NAME.key in its folder:
 *   ca, stranger  sign the others, and themselves
 *   server        127.0.0.1 and localhost; elsewhere: redis.example
 *   old, early    127.0.0.1, but no longer and not yet
 *   client        its key also as client.enc.key, password "sesame", and
 *                 together with it: client.pem, client.enc.pem
 *   foreign       signed by stranger
 * And keys alone: server.enc.key, with that password; other.key, of no
 * certificate and of another kind.
 */
#ifndef STEPDEN_TESTS_SUPPORT_CERTIFICATES_H
#define STEPDEN_TESTS_SUPPORT_CERTIFICATES_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static const char certificates_script[] =
    "exec >openssl.log 2>&1\n"
    "key() { openssl genpkey -algorithm EC -pkeyopt "
    "ec_paramgen_curve:P-256 -out $1.key; }\n"
    "authority() { key $1 && openssl req -x509 -new -key $1.key -subj /CN=$1 "
    "-days 2 -out $1.crt; }\n"
    "printf '%s\\n' '[ca]' default_ca=d '[d]' database=index new_certs_dir=. "
    "rand_serial=yes default_md=sha256 policy=p copy_extensions=copy '[p]' "
    "commonName=supplied >ca.cnf\n"
    ": >index\n"
    "signed() { key $1 && openssl req -new -key $1.key -subj /CN=$1 "
    "-addext subjectAltName=$2 -out $1.csr && openssl ca -batch -notext "
    "-config ca.cnf -in $1.csr -cert ${5:-ca}.crt -keyfile ${5:-ca}.key "
    "-startdate ${3:-20200101}000000Z -enddate ${4:-20990101}000000Z "
    "-out $1.crt; }\n"
    "authority ca && authority stranger &&\n"
    "signed server IP:127.0.0.1,DNS:localhost &&\n"
    "signed elsewhere DNS:redis.example &&\n"
    "signed old IP:127.0.0.1 20200101 20200201 &&\n"
    "signed early IP:127.0.0.1 20980101 &&\n"
    "signed client DNS:client &&\n"
    "signed foreign DNS:foreign '' '' stranger &&\n"
    "openssl pkey -in client.key -aes128 -passout pass:sesame "
    "-out client.enc.key &&\n"
    "openssl pkey -in server.key -aes128 -passout pass:sesame "
    "-out server.enc.key &&\n"
    "openssl genpkey -algorithm ED25519 -out other.key &&\n"
    "cat client.crt client.key >client.pem &&\n"
    "cat client.crt client.enc.key >client.enc.pem\n";

static inline void certificates_make(const char *folder)
{
    char command[sizeof certificates_script + 128];

    snprintf(command, sizeof command, "cd '%s' && %s", folder,
             certificates_script);
    ck_assert_msg(system(command) == 0, "see %s/openssl.log", folder);
}

#endif
