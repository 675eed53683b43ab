# 200 seconds at a crossing, a line an input. Positions are metres east and
# north of the crossing's centre, speeds m/s, headings degrees, times seconds.
# Run it without input: awk -f scenes.awk

function iso(t,    ms) {
    ms = int(t * 1000 + 0.5)
    return sprintf("2026-11-20T21:%02d:%02d.%03dZ", ms / 60000,
                   ms / 1000 % 60, ms % 1000)
}

function position(east, north) {
    return sprintf("\"latitude\":%.7f,\"longitude\":%.7f",
                   45.4642 + north / 111131.7, 9.19 + east / 78240.2)
}

function station(role, id, type, east, north, speed, heading, more) {
    return sprintf("{\"role\":\"%s\",\"stationId\":%d,\"stationType\":\"%s\"," \
                   "\"position\":{%s},\"speed\":{\"value\":%d}," \
                   "\"heading\":{\"value\":%d}%s}", role, id, type,
                   position(east, north), speed * 100 + 0.5,
                   heading * 10 + 0.5, more)
}

function reference(id, type, east, north, speed, heading, more) {
    return station("reference", id, type, east, north, speed, heading, more)
}

function target(id, type, east, north, speed, heading, ttc, more) {
    return station("target", id, type, east, north, speed, heading,
                   sprintf(",\"timeToCollision\":%d%s", ttc * 1000 + 0.5,
                           more))
}

function at(east, north) {
    return sprintf(",\"collisionPosition\":{%s}", position(east, north))
}

function collisions(t, stations) {
    return sprintf("{\"creationTime\":\"%s\",\"stations\":[%s]}", iso(t),
                   stations)
}

function envelope(t, id, data) {
    return sprintf("{\"specversion\":\"1.0\",\"id\":\"%s\"," \
                   "\"source\":\"/crossing\",\"type\":\"prediction\"," \
                   "\"time\":\"%s\",\"traceparent\":\"00-4bf92f3577b34da6" \
                   "a3ce929d0e0e4736-00f067aa0ba902b7-01\",\"data\":%s}",
                   id, iso(t), data)
}

function denm(station_id, sequence, t, detected, termination) {
    return sprintf("{\"stationId\":5005,\"managementContainer\":{" \
                   "\"actionId\":{\"originatingStationId\":%d," \
                   "\"sequenceNumber\":%d},\"detectionTime\":\"%s\"," \
                   "\"referenceTime\":\"%s\"%s,\"eventPosition\":{%s}}}",
                   station_id, sequence, iso(detected), iso(t), termination,
                   position(0, 0))
}

function negation(station_id, sequence, t, detected) {
    return denm(station_id, sequence, t, detected,
                ",\"termination\":\"isNegation\"")
}

# A car from the west and a pedestrian from the south; the prediction ends when
# the pedestrian stops: stale.
function car_and_pedestrian(t,    ttc) {
    for (ttc = 6; ttc >= 2; ttc--)
        print collisions(t + 6 - ttc,
                         reference(1001, "passengerCar", -14 * ttc, 0, 14, 90) \
                         "," target(2001, "pedestrian", 0, -1.5 * ttc, 1.5, 0,
                                    ttc, at(0, 0) ",\"probability\":0.8"))
}

# A car turns right, a cyclist beside it goes straight on, right up to the
# collision, which passes; in envelopes, the cyclist seen by a road side unit.
function car_and_cyclist(t,    ttc) {
    for (ttc = 2; ttc >= 0; ttc -= 0.5)
        print envelope(t, "turn-" ttc,
                       collisions(t + 2 - ttc,
                           reference(1002, "passengerCar", -2, -6 * ttc, 6,
                                     20) \
                           "," target(9001, "cyclist", 1, -5 * ttc, 5, 0, ttc,
                                      ",\"objectId\":17,\"length\":18," \
                                      "\"width\":6,\"height\":17," \
                                      "\"perceptionQuality\":11")))
}

# Two targets at once; the second is no longer seen after two predictions.
function two_targets(t,    ttc, stations) {
    for (ttc = 8; ttc >= 5; ttc--) {
        stations = reference(1003, "bus", 0, -10 * ttc, 10, 0) "," \
            target(3001, "passengerCar", 0, -4 * ttc, 4, 0, ttc,
                   at(0, 0) ",\"impactSection\":\"back\"")
        if (ttc >= 7)
            stations = stations "," \
                target(2003, "pedestrian", 3 + ttc, 0, 1, 270, ttc - 1,
                       at(2, 0))
        print collisions(t + 8 - ttc, stations)
    }
}

# Head-on, then the heading turns to crossing: the sub-cause follows after
# three predictions in a row.
function turns_away(t,    i) {
    for (i = 0; i < 6; i++)
        print collisions(t + i / 2,
                         reference(1004, "passengerCar", -60 + 7 * i, 0, 14,
                                   90) \
                         "," target(3002, "heavyTruck", 60 - 5 * i, 0, 10,
                                    i < 2 ? 270 : 180, 5 - i / 2))
}

# An altitude on the way: its value alone, or an object.
function altitude(value, alone) {
    return sprintf(alone ? "%d" : "{\"value\":%d,\"confidence\":5}", value)
}

# A point that is past when the prediction is made, and three to come.
function predicted_path() {
    return sprintf("{%s,\"deltaTime\":200},{%s,\"deltaTime\":1000}," \
                   "{%s,\"deltaTime\":5000},{%s,\"deltaTime\":20000}",
                   position(0, -96), position(0, -80), position(0, 0),
                   position(5, 290))
}

# All that a prediction can tell of its parties.
function everything(t,    i, path) {
    for (i = 1; i <= 5; i++)
        path = path sprintf("%s{%s,\"altitude\":%s,\"deltaTime\":50}",
                            i > 1 ? "," : "", position(-70 - 7 * i, -i),
                            altitude(12000 - 20 * i, i % 2))
    print collisions(t,
        reference(1005, "passengerCar", -70, 0, 14, 90,
                  sprintf(",\"measurementTime\":\"%s\",\"length\":45," \
                          "\"width\":18,\"height\":15,\"pathHistory\":[%s]",
                          iso(t - 0.1), path)) "," \
        target(3003, "motorcycle", 0, -100, 20, 0, 5,
               sprintf(",\"measurementTime\":\"%s\",\"impactSection\":" \
                       "\"sideRightFront\",\"estimatedBrakingDistance\":450," \
                       "\"predictedPath\":[%s]%s",
                       iso(t - 0.25), predicted_path(), at(0, 0))))
}

function bad_lines(t,    good) {
    good = collisions(t, reference(1006, "tram", 0, 0, 5, 0) "," \
                         target(2006, "pedestrian", 0, 10, 1, 90, 2))
    print ""
    print "not JSON"
    print substr(good, 1, length(good) - 3)
    gsub(/"value":100}/, "\"value\":16383}", good)
    print good
    print collisions(t, reference(1006, "tram", 0, 0, 5, 0) "," \
                        reference(2006, "pedestrian", 0, 10, 1, 90))
    print "{\"creationTime\":\"" iso(t) "\"}"
    print envelope(t, "bad", "{\"creationTime\":\"soon\",\"stations\":[]}")
}

# A prediction every five seconds: each is stale before the next one.
function slow_predictor(t,    i) {
    for (i = 0; i < 4; i++)
        print collisions(t + 5 * i,
                         reference(1007, "passengerCar", -100, 0, 10, 90) "," \
                         target(2007, "animal", 0, 0, 0, 0, 10))
}

BEGIN {
    car_and_pedestrian(5)
    car_and_cyclist(25)
    two_targets(40)
    turns_away(60)

    # The DENM of turns_away is 4711:4. A negation before its trigger, one of
    # somebody else's, another station's live DENM, and one that counts.
    print negation(4711, 4, 59, 62.6)
    print negation(4712, 4, 62, 62.6)
    print denm(4712, 5, 62, 62, "")
    print negation(4711, 4, 63, 63)
    turns_away(64)

    everything(90)
    print collisions(89, reference(1005, "passengerCar", -84, 0, 14, 90) "," \
                         target(3003, "motorcycle", 0, -120, 20, 0, 6))
    bad_lines(100)
    slow_predictor(120)

    # Without roles the first station is the reference.
    print "{\"creationTime\":\"" iso(190) "\",\"stations\":[" \
          "{\"stationId\":1008,\"stationType\":5,\"position\":{" \
          position(0, -30) "}},{\"stationId\":2008,\"stationType\":1," \
          "\"position\":{" position(0, 0) "},\"timeToCollision\":3000}]}"
    car_and_pedestrian(194)
}
