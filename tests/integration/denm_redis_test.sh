#!/bin/bash
# denm reads the entries of a Redis stream, and follows it.
. "$(dirname "$0")/../support/service.sh"

denm=$bin/denm
url=unix://$here/redis.sock
vectors=$(cd "$(dirname "$0")/../vectors" && pwd)

# add FORMAT HEX: an entry as the service writes it with that output format.
add() {
    case $1 in
    raw) printf '%b' "$(sed 's/../\\x&/g' <<<"$2")" ;;
    hex) printf '%s' "$2" ;;
    base64) printf '%b' "$(sed 's/../\\x&/g' <<<"$2")" | base64 -w 0 ;;
    esac | cli -x xadd "$output" '*' message '{}' uper >/dev/null
}

# reads WHAT COUNT ARGUMENT...: so many of the first vectors come out.
reads() {
    local what=$1 count=$2
    shift 2
    "$denm" decode --redis "$@" >"$here/out" 2>"$here/err" ||
        fail "$what: $(cat "$here/err")"
    cmp "$here/out" <(head -n "$count" "$here/jer") || fail "$what"
    echo "ok: $what"
}

# refuses STATUS WHAT ARGUMENT...
refuses() {
    local wanted=$1 what=$2
    shift 2
    "$denm" decode --redis "$@" >"$here/out" 2>"$here/err"
    expect "$what" $? "$wanted"
    grep -q '^denm: ' "$here/err" || fail "$what: no message"
    ! grep 'redis\.connection' "$here/err" || fail "$what: a key of stepden"
}

sed 's/.*"uper":"\([0-9a-f]*\)".*/\1/' "$vectors/denm_r2.ndjson" >"$here/hex"
"$denm" decode "$here/hex" >"$here/jer" || fail "the vectors"
mapfile -t hex <"$here/hex"

start_redis
reads "no stream" 0 "$url"
add raw "${hex[0]}"
add hex "${hex[1]}"
add base64 "${hex[2]}"
reads "every output format" 3 "$url"
reads "the path of the socket" 3 "$here/redis.sock"
reads "a database" 0 "$url?db=1"
reads "another stream" 0 "$url" --stream other
first=$(cli xrange "$output" - + COUNT 1 | head -n 1)
"$denm" decode --redis "$url" --after "$first" >"$here/out" || fail "--after"
expect "entries after the first" "$(wc -l <"$here/out")" 2

cli xadd "$output" '*' message '{}' >/dev/null
"$denm" decode --redis "$url" >"$here/out" 2>"$here/err"
expect "an entry without UPER" $? 1
expect "its number" "$(grep -o '{"error":{"message":4' "$here/out" | wc -l)" 1
cli xdel "$output" "$(cli xrevrange "$output" + - COUNT 1 | head -n 1)" \
    >/dev/null

# An empty message fails as one in NDJSON does.
for uper in '' ' '; do
    id=$(cli xadd "$output" '*' message '{}' uper "$uper")
    "$denm" decode --redis "$url" >"$here/out" 2>"$here/err"
    expect "an entry with the UPER '$uper'" $? 1
    expect "its place" "$(sed -n 4p "$here/out" | cut -c 1-21)" \
        '{"error":{"message":4'
    grep -q "^denm: $id: message 4: " "$here/err" || fail "$(cat "$here/err")"
    "$denm" lint --redis "$url" >"$here/out" 2>/dev/null
    grep -q "^$id: message 4: .*encoding" "$here/out" || fail "lint: the place"
    "$denm" lint -o json --redis "$url" 2>/dev/null |
        grep -q "\"source\":\"$output\",\"entry\":\"$id\"" ||
        fail "lint: the entry"
    cli xdel "$output" "$id" >/dev/null
done

for index in {3..99}; do
    add raw "${hex[index]}"
done
reads "a hundred" 100 "$url"
for index in {0..99}; do
    add hex "${hex[index]}"
done
cat "$here/jer" "$here/jer" >"$here/twice"
mv "$here/twice" "$here/jer"
reads "more than are read at once" 200 "$url"

# follow NAME ARGUMENT...: as a coprocess.
follow() {
    coproc DENM { exec "$denm" decode --redis "$url" --follow "$@" \
        2>"$here/follow.log"; }
    started[$DENM_PID]=denm
    pid=$DENM_PID
    exec {results}<&"${DENM[0]}"
}

# comes INDEX: the result of that vector is the next one.
comes() {
    read -r -t 60 line <&"$results" || fail "no result of an entry"
    cmp <(echo "$line") <(sed -n $(($1 + 1))p "$here/jer") ||
        fail "another result"
    echo "ok: entry $1 comes"
}

# Every one as it comes, until a signal.
cli del "$output" >/dev/null
add raw "${hex[0]}"
follow
comes 0
add hex "${hex[1]}"
comes 1
cli xadd other '*' uper "${hex[5]}" >/dev/null
add base64 "${hex[2]}"
comes 2

# An outage: it goes on behind the last entry.
stop_redis
start_redis
add raw "${hex[3]}"
comes 3
end_process TERM "$pid"
expect "SIGTERM" $? 0
grep -q 'connect' "$here/follow.log" || fail "the outage was not reported"

is_waiting() {
    cli client list | grep -q 'name=denm .*cmd=xread'
}
follow --after '$'
await 30 is_waiting || fail "it does not wait"
add raw "${hex[4]}"
comes 4
kill -INT "$pid"
wait "$pid" 2>/dev/null
expect "SIGINT" $? 0

# Other ways to the server.
cli del "$output" >/dev/null
add raw "${hex[0]}"
port() {
    python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
tcp=$(port)
cli config set port "$tcp" >/dev/null
reads "TCP" 1 "redis://127.0.0.1:$tcp"
reads "TCP and a database" 1 "redis://localhost:$tcp/0"
reads "TCP and another database" 0 "redis://127.0.0.1:$tcp/2"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout "$here/key.pem" -out "$here/cert.pem" 2>/dev/null ||
    fail "no certificate"
tls=$(port)
cli config set tls-cert-file "$here/cert.pem" tls-key-file "$here/key.pem" \
    tls-ca-cert-file "$here/cert.pem" tls-auth-clients no tls-port "$tls" \
    >/dev/null
SSL_CERT_FILE=$here/cert.pem reads "TLS" 1 "rediss://localhost:$tls"
refuses 69 "TLS of somebody else" "rediss://localhost:$tls"

cli acl setuser reader on '>pass word' '~*' '+@all' >/dev/null
cli config set requirepass secret >/dev/null
reads "a password" 1 "unix://:secret@$here/redis.sock"
reads "a user" 1 "redis://reader:pass%20word@127.0.0.1:$tcp"
REDISCLI_AUTH=secret reads "a password in the environment" 1 "$url"
refuses 69 "no password" "$url"
grep -q 'REDISCLI_AUTH' "$here/err" || fail "no hint: $(cat "$here/err")"
refuses 69 "a wrong password" "redis://reader:other@127.0.0.1:$tcp"
grep -q other "$here/err" && fail "the password is repeated"

refuses 69 "no server" "unix://$here/no.sock"
refuses 69 "no such host" redis://nowhere.invalid
refuses 69 "no server at that port" redis://127.0.0.1:1
refuses 64 "another scheme" http://127.0.0.1
refuses 64 "no port" redis://127.0.0.1:port
exit 0
