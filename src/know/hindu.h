/* Days of the Hindu calendars: the lunar one by the moon's own motion, the solar one by the sun's. */
#ifndef DAYBOOK_HINDU_H
#define DAYBOOK_HINDU_H

#include "civil.h"

/* The day in Gregorian year `year` on which the moon is in its `tithi` (1-30, from the new moon) of lunar month `month` (1 Chaitra -
 * 12 Phalguna, months from new moon to new moon, not the leap ones) at `hour` (0-24) of Indian time; unknown where there is none. */
struct civil hindu_lunar_day(int32_t year, int month, int tithi, int hour);

/* The day in `year` by whose evening the sun has come into sign `sign` (1 Aries - 12 Pisces) of the fixed stars. */
struct civil hindu_solar_day(int32_t year, int sign);

#endif
