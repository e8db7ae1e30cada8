"""What Regesta depends on, whoever brought it in, can be given on under terms like its own."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement

#: Copyleft that would reach the programs of those who build on Regesta. The Lesser GPL does not
#: (a library used as it is), so it is not meant.
STRONG_COPYLEFT = re.compile(
    r"\bA?GPL|(?<!Lesser )\bGeneral Public License|\bAffero\b", re.IGNORECASE
)


def depended_on(name: str, extras: tuple[str, ...] = ()) -> dict[str, Distribution]:
    """Installed distributions that a distribution needs, itself included."""
    found: dict[str, Distribution] = {}
    pending = [(name, extras)]
    while pending:
        wanted, chosen = pending.pop()
        key = re.sub(r"[-_.]+", "-", wanted).lower()
        if key in found:
            continue
        try:
            found[key] = distribution(wanted)
        except PackageNotFoundError:
            continue  # for another platform
        for line in found[key].requires or []:
            needed = Requirement(line)
            marker = needed.marker
            if marker is None or any(marker.evaluate({"extra": e}) for e in ("", *chosen)):
                pending.append((needed.name, tuple(needed.extras)))
    return found


def licence(found: Distribution) -> str:
    """The licence as the distribution states it, alternatives joined by OR."""
    stated = found.metadata.get("License-Expression") or ""
    classified = [
        line.rpartition("::")[2].strip()
        for line in found.metadata.get_all("Classifier") or []
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    plain = (found.metadata.get("License") or "").strip().splitlines()
    return stated or " OR ".join(classified) or (plain[0] if plain else "")


def is_strong_copyleft(words: str) -> bool:
    """Tell whether every alternative that a licence offers is the GPL or AGPL."""
    return all(STRONG_COPYLEFT.search(choice) for choice in re.split(r"\s+OR\s+", words))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("MIT", False),
        ("GPL-3.0-or-later", True),
        ("GNU Affero General Public License v3", True),
        ("GNU General Public License v2 or later (GPLv2+)", True),
        ("AGPLv3", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("LGPL-2.1-or-later", False),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", False),
        ("GPL-2.0-only OR AGPL-3.0-only", True),
    ],
)
def test_strong_copyleft_is_told_from_the_rest(words: str, expected: bool) -> None:
    """A licence with any other choice than the GPL or AGPL is no strong copyleft."""
    assert is_strong_copyleft(words) is expected


def test_every_dependency_is_free_of_strong_copyleft() -> None:
    """No dependency, direct or not, is under the GPL or AGPL alone, and each states a licence."""
    found = depended_on("regesta")
    assert len(found) > 10
    silent = [name for name, dist in found.items() if not licence(dist)]
    strong = {n: licence(d) for n, d in found.items() if is_strong_copyleft(licence(d))}
    assert not silent
    assert not strong
