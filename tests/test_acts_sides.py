"""Who acts in papers of services that no collection names, on short made-up papers."""

import pytest

from regesta.describing.acts.find import find_acts
from regesta.describing.bare import bare_document
from regesta.describing.base import Context
from regesta.describing.registry import describe
from regesta.documents import Act

POSTED = "Sir John Kell (Madrid) to Lord Borg\n"
SENT = "Lord Borg to Sir John Kell (Madrid)\n"
PARIS = "M. Duval, Ministre des Affaires étrangères, à M. Kell, Ambassadeur de France à Londres\n"
BERLIN = "Der Gesandte in Brüssel von Kell an das Auswärtige Amt\n"


def acts(text: str, id: str = "made/up") -> list[Act]:
    """The acts of a bare text."""
    return find_acts(describe(bare_document(id, text)), Context())


@pytest.mark.parametrize(
    ("heading", "words", "expected"),
    [
        # The town behind a name tells whose land is spoken of, and who orders whom.
        (POSTED, "The Secretary of State refused to receive the note.", "Spain refuse actual"),
        (POSTED, "The Prime Minister accepted the proposal.", "Spain accept actual"),
        (SENT, "You should inform him that we cannot accept it.", "Borg instruct actual"),
        # The power of the one is that of the other of one service.
        (PARIS, "La France refuse cette offre. Elle proteste.", "France refuse actual"),
        (PARIS, "J’approuve entièrement ce langage.", "Duval approve actual"),
        # "His Excellency" is whoever was named, where the reader is "you".
        (
            "Mr. Kell to Viscount Borg\n",
            "I saw Prince Vane as your Lordship desired. His Excellency promised to pay the claim.",
            "Vane promise actual",
        ),
        # His Majesty's Government where neither side is known; theirs where one is.
        (
            "Aide-mémoire.\n",
            "His Majesty’s Government protest against the seizure of the ship.",
            "Great Britain protest actual",
        ),
        # Pashas keep their title, an office and a name joined by a comma are two.
        (
            "Vane Pasha, Minister for Foreign Affairs, to Kell Pasha, Ambassador in London\n",
            "I beg Your Excellency to protest against the occupation.",
            "Vane Pasha instruct actual",
        ),
        # Pronouns of governments in German and French.
        (
            BERLIN,
            "Die belgische Regierung hat den Vorschlag abgelehnt. Sie hat um Hilfe ersucht.",
            "Belgium request actual",
        ),
        (BERLIN, "Die belgischen Bevollmächtigten haben abgelehnt.", "Belgium refuse actual"),
        (PARIS, "Les plénipotentiaires russes ont refusé de signer.", "Russia refuse actual"),
        # A verb behind a name, though a noun in the clause may be a verb.
        (
            "Circular.\n",
            "The Sublime Porte protests in the strongest manner against this act.",
            "Turkey protest actual",
        ),
        # What stands between what leads an infinitive and its "to".
        (
            "The French Ambassador (Duval) to the Foreign Secretary (Ashe)\n",
            "I have the honour, under instructions from my Government, to demand his release.",
            "Duval demand actual",
        ),
        # Asked to tell another is no question.
        (SENT, "I request that you will so inform the Prime Minister.", "Borg instruct actual"),
        # Behind "but he" the main clause goes on.
        (
            "Mr. Kell to Viscount Borg\n",
            "The Swedish Minister assured me that it should be paid, but he denied the charge.",
            "Sweden deny actual",
        ),
    ],
)
def test_sides(heading: str, words: str, expected: str) -> None:
    """Actor, act and modality are told by heading, title, town and pronoun."""
    found = [f"{a.actor} {a.act} {a.modality}" for a in acts(heading + words + "\n")]
    assert expected in found, found


def test_secretaries_of_state_abroad() -> None:
    """In an American collection too a British envoy's Secretary of State is of where he is."""
    (act,) = acts(f"{POSTED}The Secretary of State refused the note.\n", "frus1890/d1")
    assert act.actor == "Spain"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("I suggest that you propose a conference.", ["advise actual", "propose requested"]),
        ("Suggest you propose a conference to Spain.", ["advise actual", "propose requested"]),
        ("It may be advisable to suggest that Spain propose a conference.", []),
    ],
)
def test_what_is_suggested_is_not_done(words: str, expected: list[str]) -> None:
    """What another is to propose is asked for; where nobody suggests it yet, it is nothing."""
    heading = "The Secretary of State to the Ambassador in Spain (Kell)\n"
    assert [f"{a.act} {a.modality}" for a in acts(f"{heading}{words}\n")] == expected


@pytest.mark.parametrize(
    ("heading", "words", "expected"),
    [
        (
            "Das Auswärtige Amt an den Botschafter in London Grafen Kell\n",
            "Euer Exzellenz wollen dem Minister erklären, daß wir ablehnen.",
            ["Germany instruct actual", "Germany refuse requested"],
        ),
        (
            "Das Auswärtige Amt an den Botschafter in London Grafen Kell\n",
            "Wollen Sie dies dem Minister zur Kenntnis bringen.",
            ["Germany instruct actual"],
        ),
        (
            "Der Reichskanzler an den Botschafter in Wien Grafen Kell\n",
            "Ich ersuche Euere Exzellenz, der dortigen Regierung mitzuteilen, daß wir ablehnen.",
            ["Germany instruct actual", "Germany refuse requested"],
        ),
        (PARIS, "Vous voudrez bien lui rappeler cette promesse.", ["Duval instruct actual"]),
        (
            PARIS,
            "Insistez auprès de Lord Vane.",
            ["Duval instruct actual", "Kell demand requested"],
        ),
        (PARIS, "Dites-lui la vérité.", ["Duval instruct actual"]),
        (
            PARIS,
            "Je vous prie de faire savoir à Lord Vane que nous attendons.",
            ["Duval instruct actual", "Kell inform requested"],
        ),
        # Courtesy orders nothing; what is reflexive is no passive; "de" leads an infinitive.
        (PARIS, "Recevez, Monsieur l’Ambassadeur, l’assurance de ma haute considération.", []),
        (PARIS, "La France s’est engagée à évacuer la ville.", ["France promise actual"]),
        (PARIS, "L’Italie se réserve d’envoyer une escadre.", ["Italy reserve actual"]),
        (
            BERLIN,
            "Ich habe bei Graf Vane Protest eingelegt.",
            ["von Kell protest actual"],
        ),
        (BERLIN, "Der Premierminister fragte, ob Deutschland warte.", ["Belgium inquire actual"]),
        (PARIS, "La Suède a décidé de rappeler son Ambassadeur.", ["Sweden recall intended"]),
        # "Nous" and "vous" are subjects of what agrees with them.
        (PARIS, "Nous ne saurions accepter cette proposition.", ["France refuse actual"]),
        (PARIS, "Lord Vane nous propose une conférence.", ["Vane propose actual"]),
    ],
)
def test_orders_in_other_tongues(heading: str, words: str, expected: list[str]) -> None:
    """What a house at home orders in French and German, and what is done by reflexive verbs."""
    found = acts(f"{heading}{words}\n")
    assert [f"{a.actor} {a.act} {a.modality}" for a in found] == expected
