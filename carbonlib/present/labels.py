"""Where the labels of points go, so that no two words of a scatter lie on one another."""

from __future__ import annotations

from carbonlib.present.columns import width

_GAP = 6.0  # point between a marker and its label
_SPOTS = (
    *(
        (1, 0, "left", "center"),
        (-1, 0, "right", "center"),
        (0, 1, "center", "bottom"),
        (0, -1, "center", "top"),
    ),
    *((1, 1, "left", "bottom"), (1, -1, "left", "top"), (-1, 1, "right", "bottom"), (-1, -1, "right", "top")),
)
_ACROSS = {"left": 0.0, "right": -1.0, "center": -0.5}
_ALONG = {"bottom": 0.0, "top": -1.0, "center": -0.5}
Box = tuple[float, float, float, float]


class Placer:
    """Knows what is taken of a plot of `inches` by `inches` whose axes run from 0 to `right` and `top`."""

    def __init__(self, wide: float, high: float, right: float, top: float) -> None:
        self._wide, self._high = wide * 72, high * 72
        self._right, self._top = right, top
        self._taken: list[Box] = []

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x / self._right * self._wide, y / self._top * self._high

    def point(self, x: float, y: float) -> None:
        """Note a marker."""
        px, py = self._at(x, y)
        self._taken.append((px - 4, py - 4, px + 4, py + 4))

    def block(self, x: float, y: float, words: str, size: float, side: str) -> None:
        """Note words that stand beside a spot: ``left-above`` or ``left-below``."""
        px, py = self._at(x, y)
        wide = width(words) * size * 0.5
        low = py if side.endswith("above") else py - 1.4 * size
        self._taken.append((px - wide - 3, low, px, low + 1.4 * size))

    def place(self, x: float, y: float, words: str, size: float) -> tuple[float, float, str, str] | None:
        """Return offset [point] and alignment of a label in the first free place, None where there is none."""
        px, py = self._at(x, y)
        wide, high = width(words) * size * 0.52, 1.3 * size
        for right, up, across, along in _SPOTS:
            dx, dy = right * _GAP, up * _GAP
            left, low = px + dx + _ACROSS[across] * wide, py + dy
            low += _ALONG[along] * high
            box = (left, low, left + wide, low + high)
            inside = left >= 0 and low >= 0 and left + wide <= self._wide and low + high <= self._high + 4
            if inside and not any(_meet(box, other) for other in self._taken):
                self._taken.append(box)
                return dx, dy, across, along
        return None


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
