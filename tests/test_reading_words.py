"""The readers' vocabularies: every pattern compiles, every key names one field."""

import re

from regesta.reading.file_kinds import known_unread
from regesta.reading.html import sites as html_sites
from regesta.vocabularies import vocabulary


def test_every_profile_of_a_site_compiles() -> None:
    """XPath and expressions of all sites are sound, and each site can be recognised."""
    for site in html_sites.sites():
        paths = (*site.shape, *site.main, *site.drop, *site.heading, *site.source_line)
        paths += (*site.collection_title, *site.page_break)
        paths += tuple(
            path for found in (*site.layers.values(), *site.marks.values()) for path in found
        )
        assert all(html_sites._compiled(path) for path in paths)
        assert re.compile(site.address).groupindex.keys() >= (
            {"collection", "local"} if site.address else set()
        )
        assert site.main
    assert all(site.hosts for site in html_sites.sites()[:-1])


def test_every_key_of_a_head_names_one_field() -> None:
    """No key stands under two fields, and keys are written as they are compared."""
    keys = [key for names in vocabulary("front_matter")["keys"].values() for key in names]
    assert len(keys) == len(set(keys))
    assert all(key == key.lower() and " " not in key and "-" not in key for key in keys)
    fields = set(vocabulary("front_matter")["keys"])
    heads = vocabulary("front_matter")["heads"]
    assert {*heads["editorial"], *heads["several"]} <= fields


def test_every_kind_of_file_says_how_to_mend_it() -> None:
    """Signatures are hexadecimal; kinds that can be turned into text say how."""
    for kind in vocabulary("file_kinds")["unread"]:
        magic = bytes.fromhex(kind.get("magic", ""))
        name = f"a{kind['suffixes'][0]}" if kind["suffixes"] else "a"
        assert kind["name"] in known_unread(name, magic or b"words")
        assert kind["mend"] or kind["name"] == "program"
