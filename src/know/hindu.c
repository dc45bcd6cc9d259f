/* The places of sun and moon, as exact as days need: Meeus, Astronomical Algorithms, chapters 25 and 47 (their largest terms); the zodiac
 * of the fixed stars by Lahiri's precession. How lunar months are named, and which leap: Reingold and Dershowitz, Calendrical
 * Calculations, "The modern Hindu calendars". */
#include "hindu.h"

#include <math.h>

#define PI 3.14159265358979323846

/* Days since noon of 1 January 2000, in Greenwich; those of an hour in India. */
static double moment_of(int64_t day, double hour) {
	return (double)(day - civil_days(2000, 1, 1)) - 0.5 + (hour - 5.5) / 24;
}

static double turn(double degrees) {
	double rest = fmod(degrees, 360);
	return rest < 0 ? rest + 360 : rest;
}

static double sine(double degrees) {
	return sin(degrees * PI / 180);
}

static double sun_at(double moment) {
	double t = moment / 36525, anomaly = 357.52911 + 35999.05029 * t;
	return turn(280.46646 + 36000.76983 * t + (1.914602 - 0.004817 * t) * sine(anomaly) + 0.019993 * sine(2 * anomaly) - 0.00569);
}

static double moon_at(double moment) {
	static const struct { double degrees; int8_t d, m, n, f; } terms[] = {{6.288774, 0, 0, 1, 0}, {1.274027, 2, 0, -1, 0},
		{0.658314, 2, 0, 0, 0}, {0.213618, 0, 0, 2, 0}, {-0.185116, 0, 1, 0, 0}, {-0.114332, 0, 0, 0, 2}, {0.058793, 2, 0, -2, 0},
		{0.057066, 2, -1, -1, 0}, {0.053322, 2, 0, 1, 0}, {0.045758, 2, -1, 0, 0}, {-0.040923, 0, 1, -1, 0}, {-0.034720, 1, 0, 0, 0},
		{-0.030383, 0, 1, 1, 0}, {0.015327, 2, 0, 0, -2}};
	double t = moment / 36525, d = 297.8501921 + 445267.1114034 * t, m = 357.5291092 + 35999.0502909 * t;
	double n = 134.9633964 + 477198.8675055 * t, f = 93.2720950 + 483202.0175233 * t, at = 218.3164477 + 481267.88123421 * t;
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
		at += terms[i].degrees * sine(terms[i].d * d + terms[i].m * m + terms[i].n * n + terms[i].f * f);
	return turn(at);
}

/* How far the moon is ahead of the sun; twelve degrees of it are a tithi. */
static double ahead_at(double moment) {
	return turn(moon_at(moment) - sun_at(moment));
}

static int tithi_at(double moment) {
	return (int)(ahead_at(moment) / 12) + 1;
}

static int sign_at(double moment) {
	return (int)(turn(sun_at(moment) - 23.853 - moment / 365.25 * 50.29 / 3600) / 30);
}

static const double moon_speed = 12.1907; /* degrees a day, against the sun */

/* The last new moon before `moment`. */
static double new_moon(double moment) {
	double at = moment - ahead_at(moment) / moon_speed;
	for (int i = 0; i < 4; i++) {
		double ahead = ahead_at(at);
		at -= (ahead > 180 ? ahead - 360 : ahead) / moon_speed;
	}
	return at;
}

/* The day of the month begun at `moon` that the tithi rules at the hour; where it rules none, the one in which it falls. */
static int64_t day_of_tithi(double moon, int tithi, int hour) {
	int64_t day = civil_days(2000, 1, 1) + (int64_t)floor(moon + 0.5 + (tithi - 1) * 0.984) - 2;
	for (int i = 0; i < 6; i++, day++) {
		int away = (tithi_at(moment_of(day, hour)) - tithi + 30) % 30;
		if (away == 0)
			return day;
		if (away == 1)
			return hour < 12 ? day : day - 1;
	}
	return day;
}

struct civil hindu_lunar_day(int32_t year, int month, int tithi, int hour) {
	double end = moment_of(civil_days(year + 1, 1, 1), 0), next;
	for (double moon = new_moon(moment_of(civil_days(year, 1, 1), 0)); moon < end; moon = next) {
		next = new_moon(moon + 36);
		int sign = sign_at(moon);
		if (sign == sign_at(next) || (sign + 1) % 12 + 1 != month)
			continue;
		struct civil day = civil_from_days(day_of_tithi(moon, tithi, hour));
		if (day.year == year)
			return day;
	}
	return CIVIL_UNKNOWN;
}

struct civil hindu_solar_day(int32_t year, int sign) {
	/* in 2000 the sun came into Aries on the 13th of April, and stays in a sign for about a month */
	int64_t day = civil_days(year, 1, 1) + (sign + 2) % 12 * 365 / 12 + 2;
	for (int i = 0; i < 31; i++, day++)
		if (sign_at(moment_of(day, 18)) == sign - 1 && sign_at(moment_of(day - 1, 18)) != sign - 1)
			return civil_from_days(day);
	return CIVIL_UNKNOWN;
}
