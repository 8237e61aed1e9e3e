"""Where the sun stands: how a day's solar energy spreads over its half-hours, by month, latitude and longitude."""

from __future__ import annotations

from functools import lru_cache
from math import acos, cos, pi, radians, sin, tan

HALF_HOURS = 48
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)  # a fiscal year
# declination of each month's characteristic day, January first: M. Iqbal, An Introduction to Solar Radiation (1983),
# table 4.2.1, as reproduced in Applied Photovoltaics, appendix C, table C.1. [degrees of arc]
DECLINATIONS = (-20.84, -13.32, -2.40, 9.46, 18.78, 23.04, 21.11, 13.28, 1.97, -9.84, -19.02, -23.12)
STANDARD_MERIDIAN = 135.0  # of Japan Standard Time [degrees of arc]


@lru_cache(maxsize=256)
def day_shapes(latitude: float, longitude: float) -> tuple[tuple[float, ...], ...]:
    r"""Return the share of a day's solar energy in each half-hour of clock time, for the months from April.

    .. math::
        r_t \propto (a + b\cos\omega)(\cos\omega - \cos\omega_s), \quad \cos\omega_s = -\tan\varphi\tan\delta,

        a = 0.409 + 0.5016\sin(\omega_s - \pi/3), \quad b = 0.6609 - 0.4767\sin(\omega_s - \pi/3),

        \omega = 15°\,(t - 12) + (\lambda - 135°)

    Parameters
    ----------
    latitude, longitude : float
        North and east. [degrees of arc]

    Returns
    -------
    tuple of tuple of float
        Twelve times 48 shares that sum to 1, each taken at the middle of its half-hour.

    Source: the ratio of hourly to daily radiation of Collares-Pereira and Rabl as given with JIS C 8907:2005 at
    www.saecanet.com/calculation_page/000435_000564_ratio_of_hourly_total_rt.php; it is for a horizontal surface and
    stands here for the panels too. The equation of time (at most 16 minutes) is left out.

    >>> april = day_shapes(35.8, 139.5)[0]
    >>> round(sum(april), 12), april[0], april.index(max(april)) / 2
    (1.0, 0.0, 11.5)
    """
    return tuple(_day(radians(latitude), longitude, radians(DECLINATIONS[m - 1])) for m in MONTHS)


def _day(latitude: float, longitude: float, declination: float) -> tuple[float, ...]:
    sunset = acos(-tan(latitude) * tan(declination))
    a = 0.409 + 0.5016 * sin(sunset - pi / 3)
    b = 0.6609 - 0.4767 * sin(sunset - pi / 3)
    found = []
    for half_hour in range(HALF_HOURS):
        clock = (half_hour + 0.5) / 2
        angle = radians(15 * (clock - 12) + longitude - STANDARD_MERIDIAN)
        up = abs(angle) < sunset
        found.append((a + b * cos(angle)) * (cos(angle) - cos(sunset)) if up else 0.0)
    whole = sum(found)
    return tuple(f / whole for f in found)
