"""Offices and their holders apart, in the order of each language."""

import pytest

from regesta.describing.parties.holders import nominative, parse_holders, split_held
from regesta.describing.powers.words import power_of


@pytest.mark.parametrize(
    ("phrase", "name", "office"),
    [
        ("Botschafter in London Graf Kellen", "Graf Kellen", "Botschafter in London"),
        ("den Botschafter in Wien Grafen von Holm", "Graf von Holm", "Botschafter in Wien"),
        ("Gesandte in Bern von Kellen", "von Kellen", "Gesandte in Bern"),
        ("Reichskanzler von Kellen", "von Kellen", "Reichskanzler"),
        ("Geschäftsträger in Tokio Dr. Kellen", "Kellen", "Geschäftsträger in Tokio"),
        ("Staatssekretär des Auswärtigen Amtes Kellen", "Kellen",
         "Staatssekretär des Auswärtigen Amtes"),
        ("Legationsrat I. Klasse Kellen", "Kellen", "Legationsrat I. Klasse"),
        ("Gesandter von Kellen, Washington", "von Kellen", "Gesandter"),
        ("schweizerische Gesandte in Rom, A. Kellen", "A. Kellen",
         "schweizerische Gesandte in Rom"),
        ("Ministre de Suisse à Londres, A. Kellet", "A. Kellet", "Ministre de Suisse à Londres"),
        ("Ambasciatore a Berlino, Kelletti", "Kelletti", "Ambasciatore a Berlino"),
        ("Посланник в Белграде Келлин", "Келлин", "Посланник в Белграде"),
        ("the Danish Minister, Mr. Kell", "Kell", "Danish Minister"),
        ("osmanischen Botschafter Kelim Pascha", "Kelim Pascha", "osmanischen Botschafter"),
    ],
)  # fmt: skip
def test_holders_without_bracket(phrase: str, name: str, office: str) -> None:
    """The office ends where its holder's name begins, whatever parts them."""
    assert [(p.name, p.office) for p in parse_holders(phrase)] == [(name, office)]


@pytest.mark.parametrize(
    "phrase",
    [
        "Gesandter von Peru",
        "ambassade de Grande-Bretagne",
        "Ministro de Estado",
        "Gesandtschaften in Berlin, Paris und Rom",
        "Botschafter in Paris",
        "Secretary of State",
        "Ministers in Norway, Denmark, and Sweden",
        "министру иностранных дел Персии",
        "полномочного представителя СССР в Германии",
        "Chief of the Division of Far Eastern Affairs",
    ],
)
def test_offices_without_holder(phrase: str) -> None:
    """Countries, posts and portfolios are no names."""
    assert split_held(phrase) is None
    assert [p.name for p in parse_holders(phrase, lenient=True)] in ([""], [])


@pytest.mark.parametrize(
    "phrase", ["Unbekannt", "unknown addressee", "destinataire inconnu", "N. N."]
)
def test_who_is_not_known_is_no_party(phrase: str) -> None:
    """What stands for an unknown person is no name."""
    assert parse_holders(phrase) == ()


@pytest.mark.parametrize(
    ("office", "joint", "first"),
    [
        ("Russischen Botschafters in Berlin", "des", "Russischer Botschafter in Berlin"),
        ("Auswärtigen Amtes", "des", "Auswärtiges Amt"),
        ("Sowjetischen Botschaft", "der", "Sowjetische Botschaft"),
        ("Gesandten in Bern", "des", "Gesandter in Bern"),
        ("Secretary of State", "", "Secretary of State"),
    ],
)
def test_the_first_case(office: str, joint: str, first: str) -> None:
    """After "des" and "der" an office is given as it is called."""
    assert nominative(office, joint) == first


@pytest.mark.parametrize(
    ("office", "power"),
    [
        ("ambassadeur de France à Berlin", "France"),
        ("ambassadeur d’Espagne à Paris", "Spain"),
        ("schweizerische Gesandte in Wien", "Switzerland"),
        ("k. u. k. Botschafter in Berlin", "Austria-Hungary"),
        ("Посол СССР в Германии", "Soviet Russia"),
        ("посол в Германии", ""),
        ("Légation de Suisse à Rome", "Switzerland"),
        ("Ambassador in Russia", ""),
        ("Minister in the Netherlands", ""),
        ("Minister to the Argentine Republic", ""),
        ("Netherlands Minister", "Netherlands"),
        ("His Majesty’s Ambassador", "Great Britain"),
    ],
)
def test_power(office: str, power: str) -> None:
    """The power is whom the office speaks for, never where it is held."""
    assert power_of(office) == power
