"""The map: where documents were written, as circles on a net of degrees, with a list beside it.

Places with their coordinates come in, an SVG that the server draws goes out. No coast and no border
is drawn: today's would lie, and tiles would have to come from elsewhere.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from regesta.edition import Edition
from regesta.edition.authorities.results import LocatedPlace
from regesta.serving.pages.frame import render
from regesta.serving.pages.links import index_url, search_url
from regesta.serving.pages.memory import kept
from regesta.serving.pages.words import count, shorten

#: Places that are drawn, named on the map, and listed.
_DRAWN, _NAMED, _LISTED = 400, 26, 300
#: Width of the drawing, its height at most, and the radius of the largest circle.
_WIDTH, _HEIGHT, _LARGEST = 1180.0, 620.0, 15.0
#: Degrees left free around the places, and shown at least; distances between lines of the net.
_MARGIN, _LEAST, _NET = 3.0, 12.0, (1, 2, 5, 10, 20, 30)
#: A net has no more lines each way.
_LINES = 9
#: Room that a name takes, in units of the drawing.
_LETTER, _LINE = 6.6, 15.0


class Frame(NamedTuple):
    """The part of the earth that is shown, in degrees."""

    west: float
    east: float
    south: float
    north: float

    @property
    def scale(self) -> float:
        """Units of the drawing for a degree of longitude."""
        return min(_WIDTH / (self.east - self.west), _HEIGHT / self._tall)

    @property
    def _tall(self) -> float:
        return (self.north - self.south) * self.stretch

    @property
    def stretch(self) -> float:
        """How much longer a degree of latitude is than one of longitude, in the middle."""
        return 1 / max(math.cos(math.radians((self.south + self.north) / 2)), 0.2)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the drawing."""
        return (self.east - self.west) * self.scale, self._tall * self.scale

    def spot(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point stands."""
        down = (self.north - latitude) * self.stretch * self.scale
        return (longitude - self.west) * self.scale, down


def frame_of(places: Sequence[LocatedPlace]) -> Frame:
    """What has to be shown so that all places are, with a margin; never beyond the earth."""
    west, east = _wide([place.longitude for place in places], 180.0)
    south, north = _wide([place.latitude for place in places], 90.0)
    return Frame(west, east, south, north)


def _wide(degrees: Sequence[float], most: float) -> tuple[float, float]:
    low, high = min(degrees) - _MARGIN, max(degrees) + _MARGIN
    lacking = max(_LEAST - (high - low), 0) / 2
    return max(low - lacking, -most), min(high + lacking, most)


def map_page(request: Request, edition: Edition) -> Response:
    """Places of writing on a map."""
    places = kept(edition, "located places", edition.places.located)
    counts = edition.counts()
    located = sum(place.documents for place in places)
    named = counts.documents - counts.without_place
    return render(
        request,
        "map.html",
        plate=_plate(places[:_DRAWN]),
        places=places[:_LISTED],
        total=len(places),
        located=located,
        not_located=max(named - located, 0),
        without=counts.without_place,
        without_url=search_url(place="-"),
        drawn=min(len(places), _DRAWN),
        degrees=degrees,
    )


def _plate(places: Sequence[LocatedPlace]) -> Markup:
    """The drawing: the net first, then circles, the largest below, then names."""
    if not places:
        return Markup("")
    frame = frame_of(places)
    width, height = frame.size
    most = max(place.documents for place in places)
    parts = [*_net(frame), *(_circle(frame, place, most) for place in places)]
    parts += _names(frame, places)
    said = f"{count(len(places), 'place')} of writing; a circle is as large as its papers are many"
    return Markup(
        '<svg class="places-map" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>'
    ).format(f"{width:.0f}", f"{height:.0f}", said, Markup("").join(parts))


def _net(frame: Frame) -> list[Markup]:
    """Meridians and parallels with their degrees."""
    width, height = frame.size
    wide = max(frame.east - frame.west, frame.north - frame.south)
    step = next((step for step in _NET if wide / step <= _LINES), _NET[-1])
    parts = []
    for degree in range(-180, 181, step):
        if frame.west < degree < frame.east:
            x, _ = frame.spot(0, degree)
            parts.append(_net_line(f"M{x:.1f} 0V{height:.1f}", x + 3, height - 4, degree, "WE"))
        if frame.south < degree < frame.north and abs(degree) < 90:
            _, y = frame.spot(degree, 0)
            parts.append(_net_line(f"M0 {y:.1f}H{width:.1f}", 3, y - 3, degree, "SN"))
    return parts


def _net_line(path: str, x: float, y: float, degree: int, sides: str) -> Markup:
    side = sides[degree > 0] if degree else ""
    return Markup(
        '<path class="grid" d="{}"/><text class="degree" x="{}" y="{}" aria-hidden="true">'
        "{}°{}</text>"
    ).format(path, f"{x:.1f}", f"{y:.1f}", abs(degree), side)


def _circle(frame: Frame, place: LocatedPlace, most: int) -> Markup:
    x, y = frame.spot(place.latitude, place.longitude)
    radius = max(2.0, _LARGEST * math.sqrt(place.documents / most))
    return Markup(
        '<a href="{}" tabindex="-1"><circle cx="{}" cy="{}" r="{}">'
        "<title>{}: {}</title></circle></a>"
    ).format(
        index_url("place", place.id), f"{x:.1f}", f"{y:.1f}", f"{radius:.1f}",
        place.label, count(place.documents, "document"),
    )  # fmt: skip


def _names(frame: Frame, places: Sequence[LocatedPlace]) -> list[Markup]:
    """Names of the places with the most papers, as far as none stands on another."""
    width, _ = frame.size
    taken: list[tuple[float, float, float]] = []
    parts = list[Markup]()
    for place in places:
        if len(parts) == _NAMED:
            break
        x, y = frame.spot(place.latitude, place.longitude)
        name = shorten(place.label, 24)
        long = len(name) * _LETTER
        left = x + 8 if x + 8 + long < width else x - 8 - long
        if any(
            abs(y - other) < _LINE and left < end and begin < left + long
            for begin, end, other in taken
        ):
            continue
        taken.append((left, left + long, y))
        parts.append(
            Markup('<text x="{}" y="{}" aria-hidden="true">{}</text>').format(
                f"{left:.1f}", f"{y + 4:.1f}", escape(name)
            )
        )
    return parts


def degrees(place: LocatedPlace) -> str:
    """Where a place lies: "59.2 N, 39.9 E"."""
    ns, ew = "N" if place.latitude >= 0 else "S", "E" if place.longitude >= 0 else "W"
    return f"{abs(place.latitude):.1f} {ns}, {abs(place.longitude):.1f} {ew}"
