"""Drawings made small: what matplotlib writes at length, said shortly, and nothing that an eye could tell."""

from __future__ import annotations

import re

_DIGITS = 2  # of a point; a screen shows no hundredth of it
_PATTERN = re.compile(r'<pattern ([^>]*)width="72" height="72">(.*?)</pattern>', re.DOTALL)
_STARTS = re.compile(r"M (-?[\d.]+) (-?[\d.]+)")
_TILE = 72
# a letter: its outline is in whole numbers
_OUTLINE = re.compile(r' d="([^".]*)"(?= transform="scale\(0\.015625\)")')
# matplotlib names every group, and nothing speaks of one; a line of one point is its marker's, drawn beside it
_NAMED_GROUP = re.compile(r'<g id="[^"]*"')
_DOT = re.compile(r'<path d="M[-\d. ]+"[^>]*/>')
_STEP = re.compile(r"([MLQz])([^MLQz]*)")


def compact(svg: str) -> str:
    """Return a drawing of matplotlib's with its paths on one line, decimals cut and dotted hatches as small tiles.

    >>> compact('<path d="M 0 129.69928 \\nL 408.101323 3 \\nz\\n"/>')
    '<path d="M0 129.7L408.1 3z"/>'
    """
    svg = _PATTERN.sub(_small_tile, svg)
    svg = re.sub(r' d="([^"]*)"', lambda m: f' d="{_path(m[1])}"', svg)
    svg = _OUTLINE.sub(lambda m: f' d="{_by_steps(m[1])}"', svg)
    svg = re.sub(r"translate\(([^)]*)\)", lambda m: f"translate({_rounded(m[1])})", svg)
    svg = re.sub(r' (x|y)="(-?\d+\.\d{3,})"', lambda m: f' {m[1]}="{_rounded(m[2])}"', svg)
    svg = svg.replace("xlink:href", "href").replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    svg = svg.replace(": ", ":").replace("; ", ";") if "<text" not in svg else svg
    svg = _DOT.sub("", _NAMED_GROUP.sub("<g", svg))
    return _without_bare_groups(re.sub(r">\s+<", "><", svg))


def _without_bare_groups(svg: str) -> str:
    """Return a drawing without the groups that say nothing of what is in them.

    >>> _without_bare_groups('<g><g style="a"><g><path/></g></g></g>')
    '<g style="a"><path/></g>'
    """
    bare: list[bool] = []

    def kept(tag: re.Match[str]) -> str:
        if not tag[0].startswith("</"):
            bare.append(tag[0] == "<g>")
            return "" if bare[-1] else tag[0]
        return "" if bare.pop() else tag[0]

    return re.sub(r"<g(?: [^>]*)?>|</g>", kept, svg)


def _rounded(text: str) -> str:
    def short(match: re.Match[str]) -> str:
        number = f"{float(match[0]):.{_DIGITS}f}".rstrip("0").rstrip(".")
        return "0" if number in {"-0", ""} else number

    return re.sub(r"-?\d+\.\d+", short, text)


def _path(path: str) -> str:
    short = " ".join(_rounded(path).split())
    return re.sub(r" ?([A-Za-z]) ?", r"\1", short)


def _by_steps(path: str) -> str:
    """Return an outline as steps from point to point, which are shorter than places; a straight end closes itself.

    >>> _by_steps("M100 200L100 -50Q90 7 8 9L100 200zM1 1z")
    'M100 200v-250q-10 57-92 59zM1 1z'
    """
    x = y = 0
    start = (0, 0)
    steps: list[str] = []
    for kind, text in _STEP.findall(path):
        numbers = [int(n) for n in text.split()]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        match kind:
            case "z":
                if steps[-1][0] in "lhv" and (x, y) == start:
                    steps.pop()
                steps.append("z")
                x, y = start
                continue
            case "M":
                start = points[0]
                steps.append(f"M{start[0]} {start[1]}")
            case "L" if points[0][0] == x:
                steps.append(f"v{points[0][1] - y}")
            case "L" if points[0][1] == y:
                steps.append(f"h{points[0][0] - x}")
            case _:
                moved = " ".join(f"{a - x} {b - y}" for a, b in points)
                steps.append(kind.lower() + moved.replace(" -", "-"))
        x, y = points[-1]
    return "".join(steps)


def _small_tile(match: re.Match[str]) -> str:
    """Return a tile of dots cut to its period; a tile of anything else stays as it is."""
    inside = match[2]
    if "C" not in inside:
        return match[0]
    head, _, tail = inside.partition(' d="')
    path, _, tail = tail.partition('"')
    dots = [f"M {part}" for part in path.split("M ")[1:]]
    if len({_shape(dot) for dot in dots}) != 1:
        return match[0]
    places = {tuple(round(float(v), 3) for v in _STARTS.findall(dot)[0]): dot for dot in dots}
    width, height = (_period(list(places), axis) for axis in (0, 1))
    # dots that the edges cut are drawn on both sides
    reach = 3
    kept = [
        dot
        for (x, y), dot in places.items()
        if -reach <= x <= width + reach and -reach <= y <= height + reach
    ]
    body = head.replace('width="73" height="73"', f'width="{width + 1}" height="{height + 1}"')
    frame = f'<pattern {match[1]}width="{width}" height="{height}">'
    return f'{frame}{body} d="{" ".join(kept)}"{tail}</pattern>'


def _shape(dot: str) -> tuple[float, ...]:
    """Return the outline of a subpath from its own beginning."""
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", dot)]
    return tuple(round(n - numbers[i % 2], 3) for i, n in enumerate(numbers))


def _period(places: list[tuple[float, ...]], axis: int) -> int:
    """Return the smallest whole step along an axis that leads each dot of the tile to another one."""
    known = {tuple(round(v % _TILE, 2) % _TILE for v in place) for place in places}

    def moved(place: tuple[float, ...], step: int) -> tuple[float, ...]:
        return tuple(round((v + step * (i == axis)) % _TILE, 2) % _TILE for i, v in enumerate(place))

    steps = (s for s in range(1, _TILE) if _TILE % s == 0)
    return next((s for s in steps if all(moved(place, s) in known for place in known)), _TILE)
