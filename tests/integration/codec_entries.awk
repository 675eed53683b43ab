# Collision arrays with every member that an array can have, the station types
# and the places on earth changing from one to the next.
BEGIN {
    split("454642000 -338568000 -412865000 407128000 0 899000000", latitude)
    split("91900000 1512093000 -1799999000 -740060000 1799999500 5", longitude)
    split("front sideLeftFront sideLeftBack sideRightFront sideRightBack back",
        section)
    for (i = 0; i < 192; i++)
        print_array(i, i % 6 + 1)
}

function print_array(i, place) {
    base_latitude = latitude[place]
    base_longitude = longitude[place]
    printf "{\"creationTime\":\"2026-11-20T21:%02d:%02d.%03dZ\",\"stations\":[",
        i / 60, i % 60, i
    print_station(1000 + i, i % 16, i, 0)
    printf "},"
    print_station(2000 + i, int(i / 12), i + 7, 1)
    printf ",\"timeToCollision\":%d,\"probability\":%.2f,", i * 61, i / 191
    printf "\"impactSection\":\"%s\",", section[i % 6 + 1]
    printf "\"estimatedBrakingDistance\":%d,", i * 21
    printf "\"perceptionQuality\":%d,\"collisionPosition\":", i % 16
    print_place(0, 0)
    print "}}]}"
}

# Now and then some kilometres away.
function print_station(id, type, i, is_target,    spread) {
    spread = i % 5 == 0 ? 20 : 1
    printf "{\"stationId\":%d,\"objectId\":%d,\"stationType\":%d,",
        id, is_target * (i % 3) * 17, type
    printf "\"measurementTime\":\"2026-11-20T21:%02d:%02d.%03dZ\",",
        (i - 7 * is_target) / 60, (i - 7 * is_target) % 60, i * 37 % 1000
    printf "\"position\":"
    print_place((i % 9 - 4) * 3111 * spread, (i % 7 - 3) * 4777 * spread)
    printf ",\"positionConfidence\":{\"semiMajorAxisLengthConfidence\":%d,",
        i < 195 ? i * 21 + 1 : 4094
    printf "\"semiMinorAxisLengthConfidence\":%d,", i * 11 + 1
    printf "\"semiMajorAxisOrientation\":%d},", i * 17 % 3600
    printf "\"altitude\":{\"value\":%d,\"confidence\":%d}},",
        i * 4000 - 100000, i % 16
    printf "\"speed\":{\"value\":%d,\"confidence\":%d},", i * 80, i % 127 + 1
    printf "\"heading\":{\"value\":%d,\"confidence\":%d},", i * 18, i % 127 + 1
    printf "\"length\":%d,\"width\":%d,\"height\":%d,",
        i * 5 + 1, i % 62 + 1, 62 - i % 62
    print_history(i % 41, i)
    printf ","
    print_path(i % 17, i)
}

function print_history(count, i,    j) {
    printf "\"pathHistory\":["
    for (j = 1; j <= count; j++) {
        print_place(-j * (i * 13 % 997), j * (i * 7 % 499))
        printf ",\"altitude\":%d,\"deltaTime\":%d}%s",
            i * 4000 - 100000 + j, j * i + 1, j < count ? "," : ""
    }
    printf "]"
}

function print_path(count, i,    j) {
    printf "\"predictedPath\":["
    for (j = 1; j <= count; j++) {
        print_place(j * (i * 11 % 997) - 4000, 2000 - j * (i * 5 % 499))
        printf ",\"deltaTime\":%d}%s", j * i * i, j < count ? "," : ""
    }
    printf "]"
}

function degrees(e7) {
    if (e7 > 1800000000)
        e7 -= 3600000000
    if (e7 < -1800000000)
        e7 += 3600000000
    return sprintf("%.7f", e7 / 10000000)
}

# Opens an object that the caller goes on with.
function print_place(north_e7, east_e7) {
    printf "{\"latitude\":%s,\"longitude\":%s",
        degrees(base_latitude + north_e7), degrees(base_longitude + east_e7)
}
