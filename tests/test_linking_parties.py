"""Parties are one where a name or a mission says so, and two only where names or offices differ."""

import pytest

from regesta.documents import Party
from regesta.linking.parties import agree, is_home, is_mission, party_keys

HOME = Party(office="Secretary of State")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Party(name="Kell"), Party(name="Kell", office="Minister in Ruritania"), True),
        (Party(name="Mr. Kell"), Party(name="Kell"), True),
        (Party(office="Minister in Ruritania"), Party(office="Chargé in Ruritania"), True),
        (
            Party(office="Embassy in the Soviet Union"),
            Party(office="Ambassador in the Soviet Union"),
            True,
        ),
        (HOME, Party(name="Arne", office="Acting Secretary of State"), True),
        (HOME, Party(office="Department of State"), True),
        (Party(office="Ruritanian Minister"), Party(office="Ruritanian Legation"), True),
        (Party(name="Kell"), Party(name="Arne"), False),
        (HOME, Party(name="Kell", office="Minister in Ruritania"), False),
        (Party(office="Minister in Ruritania"), Party(office="Minister in Elbonia"), False),
        (Party(name="Kell"), HOME, None),
        (Party(), HOME, None),
        (Party(office="Gesandter in Tarn"), Party(office="Botschafter in Tarn"), True),
    ],
)
def test_agree(one: Party, other: Party, same: bool | None) -> None:
    """A bare name and a bare office may be one person; nobody knows."""
    assert agree(party_keys([one]), party_keys([other])) is same


def test_home_and_mission() -> None:
    """The ministry at home and the mission abroad are told apart."""
    kell = party_keys([Party(name="Kell", office="Minister in Ruritania")])
    assert is_home(party_keys([HOME]))
    assert not is_home(kell)
    assert is_mission(kell)
    assert is_mission(party_keys([Party(office="Consul at Tarn")]))
    assert not is_mission(party_keys([HOME]))
