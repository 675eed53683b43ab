#include "scene.h"

#define CAR STEPDEN_STATION_TYPE_PASSENGER_CAR, 4.6, 1.8, 1.5
#define CYCLIST STEPDEN_STATION_TYPE_CYCLIST, 1.8, 0.6, 1.7
#define PEDESTRIAN STEPDEN_STATION_TYPE_PEDESTRIAN, 0.5, 0.5, 1.7

static const struct sim_role script[] = {
    /* An eastbound car is on its way to meet two others... */
    {.body = {CAR},
     .connected = true,
     .enter_ms = 0,
     .leave_ms = 11000,
     .entry = {-64.0, -1.75, 90.0, 12.0}},
    /* ...a cyclist going north, who brakes in time, */
    {.body = {CYCLIST},
     .enter_ms = 0,
     .leave_ms = 14000,
     .entry = {8.0, -31.75, 0.0, 5.0},
     .manoeuvre = {{4200, 0.0, 3.5, 0.0}, {8500, 4.5, 1.0, 0.0}}},
    /* and a southbound car, which turns right before they meet. */
    {.body = {CAR},
     .enter_ms = 0,
     .leave_ms = 9000,
     .entry = {-1.75, 26.8, 180.0, 5.5},
     .manoeuvre = {{3460, 5.5, 1.0, 52.5}, {5174, 11.0, 2.0, 0.0}}},
    /* A pedestrian crosses in front of a southbound car, which stops. */
    {.body = {CAR},
     .connected = true,
     .enter_ms = 6500,
     .leave_ms = 20000,
     .entry = {-1.75, 51.2, 180.0, 11.0},
     .manoeuvre = {{2300, 0.0, 5.0, 0.0}, {6000, 9.0, 2.0, 0.0}}},
    {.body = {PEDESTRIAN},
     .enter_ms = 6500,
     .leave_ms = 15000,
     .entry = {4.0, 6.0, 270.0, 1.4}},
    /* A northbound car comes up behind a slower one, and brakes. */
    {.body = {CAR},
     .connected = true,
     .enter_ms = 11000,
     .leave_ms = 21000,
     .entry = {1.75, -60.0, 0.0, 13.0},
     .manoeuvre = {{3000, 5.5, 4.0, 0.0}}},
    {.body = {CAR},
     .enter_ms = 11000,
     .leave_ms = 21000,
     .entry = {1.75, -20.0, 0.0, 6.0}},
    /* A cyclist and a westbound car pass each other by a metre or two. */
    {.body = {CAR},
     .connected = true,
     .enter_ms = 16500,
     .leave_ms = 26500,
     .entry = {37.0, 1.75, 270.0, 10.0}},
    {.body = {CYCLIST},
     .enter_ms = 16500,
     .leave_ms = 26500,
     .entry = {-8.0, -20.5, 0.0, 4.5}},
};

const struct sim_role *sim_script(size_t *count)
{
    *count = sizeof(script) / sizeof(script[0]);
    return script;
}
