"""Acts found by the clause grammar, on short made-up papers."""

import pytest

from regesta.describing.acts import judge
from regesta.describing.acts.find import find_acts
from regesta.describing.acts.lexicon import inflect, kinds, lexicon
from regesta.describing.acts.naming import power_named
from regesta.describing.acts.tags import tag
from regesta.describing.acts.tongues import first_conjugation, lexicon_of
from regesta.describing.bare import bare_document
from regesta.describing.base import Context
from regesta.describing.registry import describe
from regesta.describing.words import rows
from regesta.documents import Act

REPORT = "The Ambassador in Russia (Kell) to the Secretary of State\nMoscow, May 2, 1918.\n"
ORDER = "The Secretary of State to the Minister in Peru (Kell)\nWashington, May 2, 1901.\n"
NOTE = "The French Ambassador (Duval) to the Foreign Secretary (Ashe)\nLondon, May 2, 1901.\n"


def acts(text: str) -> list[Act]:
    """The acts of a bare text."""
    return find_acts(describe(bare_document("made/up", text)), Context())


def said(heading: str, words: str) -> list[tuple[str, str, str, str]]:
    """Actor, act, polarity and modality of a paper's acts."""
    return [(a.actor, a.act, a.polarity, a.modality) for a in acts(f"{heading}{words}\n")]


@pytest.mark.parametrize(
    ("heading", "words", "expected"),
    [
        # A verb with its subject.
        (REPORT, "The Soviet Government protests against it.", "Soviet Government protest"),
        (REPORT, "The Italian Minister told me that Greece had refused.", "Greece refuse"),
        (REPORT, "Spain and France have recognized the Republic.", "Spain, France recognise"),
        (NOTE, "The Convention was denounced by the Italian Government.", "Italy denounce"),
        # A light verb and a noun; a noun alone.
        (REPORT, "The Persian Minister lodged a formal protest.", "Persia protest"),
        (REPORT, "We considered the proposal of the Turkish Government.", "Turkey propose"),
        (NOTE, "I have received your refusal.", "Ashe refuse"),
        # Who speaks.
        (REPORT, "I have the honor to request instructions.", "Kell request"),
        (REPORT, "Request authority to pay the crew.", "Kell request"),
        (NOTE, "My Government accepts the offer.", "France accept"),
        (NOTE, "I thank you for the care of the crew.", "Duval approve"),
        (ORDER, "Department approves your action.", "United States approve"),
        # Infinitives and what leads them.
        (REPORT, "Sweden intends to recall its Minister.", "Sweden recall affirmed intended"),
        (NOTE, "The French Government is prepared to pay.", "France offer"),
        (NOTE, "My Government is unable to consent.", "France refuse"),
        (REPORT, "Japan does not intend to sever relations.", "Japan sever negated intended"),
        # Conditions and passives.
        (REPORT, "If Spain refuses the terms, we shall wait.", "Spain refuse affirmed conditional"),
        (ORDER, "You are instructed to proceed to Lima.", "United States instruct"),
        # Letters that double, verbs in -ee, "had no".
        (REPORT, "The Swedish Government agreed to pay the claim.", "Sweden accept"),
        (REPORT, "The Swedish Government regretted the delay.", "Sweden regret"),
        (REPORT, "The Swedish Government had no objection to the loan.", "Sweden accept"),
        # What is not in one's power; who takes a measure; who writes a paper.
        (NOTE, "My Government is not in a position to pay.", "France refuse"),
        (REPORT, "I spoke of the arrest of the master by the Greek authorities.", "Greece detain"),
        (REPORT, "We have received from the Greek Legation a note protesting.", "Greece protest"),
        (REPORT, "The Greek Minister said that he could not consent.", "Greece refuse"),
        (REPORT, "The Greek Government can not assent to the tariff.", "Greece refuse"),
        # A name behind its office, and not the paper that asks.
        (
            REPORT,
            "Asked by Zvezda what he meant, the People’s Commissar, Jan Borg, denied the report.",
            "Borg deny",
        ),
        # A town is its government where one sits there.
        (REPORT, "Athens refuses the loan.", "Greece refuse"),
        # A power that is not there yet.
        (REPORT, "The French State refuses the loan.", "France refuse"),
        # Who is quoted.
        (REPORT, "The Swedish Minister said: “My Government refuses to pay.”", "Sweden refuse"),
        (REPORT, "Mr. Vane writes: “All is calm. Sweden has refused.”", "Sweden refuse"),
        # What an order asks; a question that requests.
        (ORDER, "State whether the crew is safe.", "United States inquire"),
        (NOTE, "Would you send me a copy of the law?", "Duval request"),
        # Adverbs between commas; what stands between a subject and its verb; who is joined.
        (REPORT, "Sweden has, therefore, refused the loan.", "Sweden refuse"),
        (ORDER, "Your course therein described is approved.", "United States approve"),
        (REPORT, "The crew is safe and I strongly urge that the loan be paid.", "Kell request"),
        # What is told to be done, forbidden, allowed; what an envoy voices.
        (ORDER, "Please do not leave Lima before June.", "United States instruct"),
        (ORDER, "You are at liberty to inform the Minister.", "United States instruct"),
        (
            ORDER,
            "You will express to the Minister the thanks and regret of this Government.",
            "United States approve affirmed requested",
        ),
        (REPORT, "I sent the consul a copy, with directions to return it.", "Kell instruct"),
        (
            REPORT,
            "Sweden instructed its Minister to accept the terms.",
            "Sweden accept affirmed requested",
        ),
        # Told to do what words alone do not do.
        (
            NOTE,
            "I am instructed by my Government to sign the treaty.",
            "France sign affirmed requested",
        ),
        # What one finds it to be; what one is ready to do.
        (REPORT, "The Swedish Government considers the terms unacceptable.", "Sweden refuse"),
        (REPORT, "Sweden is disposed to accept the terms.", "Sweden accept affirmed intended"),
        # What a superior desires; what one thinks should be done, or what is essential.
        (ORDER, "You can assure the Minister that it will be paid.", "United States instruct"),
        (ORDER, "The Department desires that you call upon him.", "United States instruct"),
        (REPORT, "The Swedish Minister thinks that the loan should be paid.", "Sweden advise"),
        (REPORT, "It is essential that the commission settle in Lima.", "Kell advise"),
        (REPORT, "The loan is late. Please advise.", "Kell inquire"),
        # Denied in the object, by "neither", in the noun; denied to be true.
        (REPORT, "The Swedish Government accepts no claim.", "Sweden refuse"),
        (NOTE, "Neither my Government nor Norway accepts the plan.", "France, Norway refuse"),
        (REPORT, "No protest was made by Sweden.", "Sweden protest negated actual"),
        (REPORT, "The Swedish Minister said it was not true that men had landed.", "Sweden deny"),
        # What would be well; what waits; what is feared unless; what one rather wants.
        (NOTE, "It would be well to fix a date.", "Duval propose"),
        (REPORT, "The Swedish Government prefers to await the harvest.", "Sweden postpone"),
        (REPORT, "Unless the harvest is good, famine is inevitable.", "Kell warn"),
        (REPORT, "Sweden wishes to receive a copy.", "Sweden request"),
        (REPORT, "It is of first importance that I receive a copy.", "Kell request"),
        # What another is said to do; who is told that he will; who may rest assured.
        (ORDER, "The Legation will submit the drafts.", "United States instruct"),
        (ORDER, "You may rest assured that it will be paid.", "United States promise"),
        # A letter with its date, and without an article.
        (NOTE, "I have your letter of May 5 thanking me for the copy.", "Ashe approve"),
        (NOTE, "I have your note of the 5th of May last suggesting a day.", "Ashe propose"),
        # What should be done, from him who gives orders; what he says a wrong was.
        (ORDER, "The Consul should avoid delay.", "United States instruct"),
        (NOTE, "The crew was landed in open violation of the law.", "Duval accuse"),
        # What will gladly be done, and all that can be; what will be done by nobody named.
        (NOTE, "My Government will be happy to receive him.", "France promise"),
        (NOTE, "My Government will do all in its power.", "France promise"),
        # Views are asked for, and not done; what a superior desires.
        (NOTE, "I should be grateful to receive an expression of your views.", "Duval inquire"),
        (ORDER, "The Department desires a full report.", "United States instruct"),
        (REPORT, "Instructions requested.", "Kell request"),
        # Officers without a name; those who seem to be ready; to whom it is to be told.
        (REPORT, "The missions recommended a loan.", "missions advise"),
        (REPORT, "The Swedish Minister seemed willing to sign.", "Sweden offer"),
        (REPORT, "The loan is late. Please advise me here.", "Kell inquire"),
        # Feelings: what one fears, is glad to learn, opens with.
        (REPORT, "I fear that the harvest will fail.", "Kell warn"),
        (NOTE, "I am glad to learn that the crew is safe.", "Duval approve"),
        (NOTE, "Many thanks for your note.", "Duval approve"),
        # A noun with the clause behind it; in the passive; in the name of others.
        (NOTE, "The offer which the Greek Minister made is under discussion.", "Greece offer"),
        (REPORT, "He spoke of the assurances received from Greece.", "Greece promise"),
        (
            REPORT,
            "I had the honor of presenting, in the name of my Government, a protest.",
            "Kell protest",
        ),
        # Idioms in the passive; parties; who takes a measure by its place.
        (
            REPORT,
            "An arrangement was entered into between Denmark and France.",
            "Denmark, France sign",
        ),
        (REPORT, "Two Danish delegates were arrested in Greece.", "Greece detain"),
        # A subject of many words without "that"; two joined; a list.
        (REPORT, "Greece hopes our efforts at peace may succeed.", "Greece request"),
        (REPORT, "Greece hopes Denmark and France will sign the treaty.", "Greece request"),
        (
            REPORT,
            "The British, French, and Danish Governments refused the loan.",
            "Great Britain, France, Denmark refuse",
        ),
        # Participles like the base form; who calls to do it; what a clause with "there" denies.
        (REPORT, "The crew were set at liberty by the Danish authorities.", "Denmark release"),
        (REPORT, "The Danish Minister called to protest against the tax.", "Denmark protest"),
        (REPORT, "It was agreed between Denmark and France to pay.", "Denmark, France accept"),
        (NOTE, "France hereby gives notice of termination of the treaty.", "France denounce"),
        # "Shall not fail to" promises, "not only" denies nothing.
        (NOTE, "I shall not fail to send the papers.", "Duval promise"),
        (NOTE, "We not only accept the terms, we welcome them.", "France accept"),
        # A question.
        (ORDER, "Will the Government of Peru release the ship?", "United States inquire"),
    ],
)  # fmt: skip
def test_an_act(heading: str, words: str, expected: str) -> None:
    """A sentence's act has its actor, polarity and modality."""
    wanted = next(
        (actor, act, *(rest.split() or ["affirmed", "actual"]))
        for act in kinds()
        for actor, found, rest in [expected.partition(f" {act}")]
        if found and (not rest or rest[0] == " ")
    )
    assert wanted in said(heading, words)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        (NOTE, "I have the honor to acknowledge the receipt of your note of the 4th instant."),
        (NOTE, "Accept, Sir, the renewed assurances of my highest consideration."),
        (REPORT, "I have the honor to inform the Department that the harvest was good."),
        (REPORT, "I think that Persia will protest against the tariff."),
        (REPORT, "The weather has been mild, and the mails are late."),
        (REPORT, "They recognized the need of a new pier."),
        (REPORT, "I spoke of the landing of a detachment at the pier."),
        (REPORT, "The declaration of Paris was read to us."),
        (NOTE, "I trust that Your Excellency had a good journey."),
        (ORDER, "Copy of our note has been sent to Lima."),
        (REPORT, "I am prepared to believe that the harvest was good."),
        (REPORT, "Congress has authorized the President to close the ports."),
        (REPORT, "The Swedes are equally free from any such feeling."),
        (ORDER, "Effect of cancelling the coupons would be grave."),
        (REPORT, "His Majesty’s Government has refused the loan."),  # Russia had none in 1918
    ],
)
def test_no_act(heading: str, words: str) -> None:
    """Courtesy, receipts, ordinary reports, forecasts and feelings are no acts."""
    assert said(heading, words) == []


@pytest.mark.parametrize(
    ("heading", "words", "expected"),
    [
        (NOTE, "I request that the ship may be released.", "Great Britain release"),
        (NOTE, "I have the honor to request the release of the crew.", "Great Britain release"),
        (ORDER, "You will demand the withdrawal of the troops.", "Peru withdraw"),
        (REPORT, "I asked of the Soviet Government that the crew be freed.",
         "Soviet Government release"),
        (NOTE, "I beg that I may be favored with instructions.", "Great Britain instruct"),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_a_row(heading: str, words: str, expected: str) -> None:
    """What is asked for in the passive, or by its noun, is requested of him who is asked."""
    actor, _, act = expected.rpartition(" ")
    found = {(name, what, how) for name, what, _, how in _all(heading, words)}
    assert (actor, act, "requested") in found


def _all(heading: str, words: str) -> list[tuple[str, str, str, str]]:
    """As :func:`said`, however improbable."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judge, "FLOOR", 0.0)
        return said(heading, words)


@pytest.mark.parametrize(
    ("heading", "words", "expected"),
    [
        # By whom, whose order, to whom: the passive names him in other ways than by "by".
        (REPORT, "The Danish Government, by whom the ship was seized, waits.", "Denmark sanction"),
        (REPORT, "By order of Denmark the ship was seized.", "Denmark sanction"),
        (REPORT, "A demand was made upon me for the ship.", "Russia demand"),
        (NOTE, "Orders have been given that the vessel be released.", "France instruct"),
        (NOTE, "The offer is hereby accepted.", "Duval accept"),
        (ORDER, "You were instructed on the 3d to wait.", "United States instruct"),
        (REPORT, "The terms are regarded as satisfactory by Denmark.", "Denmark approve"),
        # Nouns with what is behind them.
        (REPORT, "I spoke of the offer made me by Mr. Borg to mediate.", "Borg offer"),
        (REPORT, "There was a refusal on the part of Denmark to mediate.", "Denmark refuse"),
        (NOTE, "The offer to mediate contained in your note is welcome.", "Ashe offer"),
        (ORDER, "I enclose my instructions to Mr. Borg on that subject.", "United States instruct"),
        # Orders without a verb that orders.
        (ORDER, "You are to avoid any promise.", "United States instruct"),
        (ORDER, "You will be guided by the circular of May.", "United States instruct"),
        (ORDER, "Instruction mailed on the 12th to wait.", "United States instruct"),
        # What is let go, reported, promised.
        (REPORT, "Denmark has permitted the crew to leave Moscow.", "Denmark release"),
        (REPORT, "I shall inform the Department of the result.", "Kell promise"),
        (REPORT, "The Danish Minister said that it could not accept the terms.", "Denmark refuse"),
        (REPORT, "The Danish Minister replied in the affirmative.", "Denmark accept"),
        (REPORT, "Denmark has lifted the embargo.", "Denmark release"),
        (REPORT, "The Danish Minister denied that Denmark had refused the terms.", "Denmark deny"),
    ],
)  # fmt: skip
def test_who_acts_by_other_words(heading: str, words: str, expected: str) -> None:
    """Passives, nouns and orders name who acts in many ways."""
    actor, _, act = expected.rpartition(" ")
    assert (actor, act, "affirmed", "actual") in _all(heading, words)


@pytest.mark.parametrize(
    ("heading", "words", "actor"),
    [
        ("The Secretary of State to Mr. Kell\nLondon, May 2, 1907.\n",
         "I protest against the seizure.", "Great Britain"),
        ("The Secretary of State to Mr. Kell\nWashington, May 2, 1907.\n",
         "I protest against the seizure.", "United States"),
        ("The Ambassador in Great Britain (Kell) to the Secretary of State\nLondon, May 2, 1907.\n",
         "The Secretary of State for Foreign Affairs refused the terms.", "Great Britain"),
    ],
)  # fmt: skip
def test_whose_secretary_of_state(heading: str, words: str, actor: str) -> None:
    """A Secretary of State at another capital, or for Foreign Affairs, is not the American one."""
    assert actor in {name for name, *_ in said(heading, words)}


def test_an_order_gives_two_rows() -> None:
    """What is ordered is a row of its own, requested of him who is told to do it."""
    found = said(ORDER, "You will protest against the seizure of the ship.")
    assert ("United States", "instruct", "affirmed", "actual") in found
    assert ("Kell", "protest", "affirmed", "requested") in found


def test_whoever_bore_a_title_last_is_meant_by_it() -> None:
    """ "The commissioner" is he who was named with that title."""
    words = "Commissioner Borg called on me. The commissioner refused the loan."
    assert ("Borg", "refuse", "affirmed", "actual") in said(REPORT, words)


def test_departments_keep_their_names() -> None:
    """Departments of one power that face one another are named as such."""
    heading = "The Secretary of State to the Secretary of War\nWashington, May 2, 1918.\n"
    found = said(heading, "I request that a ship be sent to Lima.")
    assert ("Department of State", "request", "affirmed", "actual") in found


def test_a_refused_proposal_is_one_row() -> None:
    """A noun that is only the object of an act is none of its own."""
    found = said(REPORT, "Denmark rejected the Swedish proposal.")
    assert found == [("Denmark", "refuse", "affirmed", "actual")]


def test_who_reports() -> None:
    """What others do is reported by the sender; what another told, by him."""
    sentence = "The Danish Minister said that Sweden had refused the loan."
    (act,) = acts(REPORT + sentence + "\n")
    assert act.reported_by == "Denmark"
    (act,) = acts(REPORT + "Sweden has refused the loan.\n")
    assert act.reported_by == "Kell"


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("The Government of Sweden requested me for a copy of the note.", "copy of the note"),
        ("He asked him for the release of the crew.", "release of the crew"),
        ("Sweden expelled him from Moscow.", "him from Moscow"),
        ("He left the town where consuls were arrested by Sweden.", "consuls"),
    ],
)
def test_about_begins_with_the_matter(words: str, about: str) -> None:
    """Whom it is told, "and" and "where" are passed over; whom it is done to is not."""
    found = acts(f"{REPORT}{words}\n")
    assert about in [act.about for act in found]


def test_about_is_cut_from_the_text() -> None:
    """What an act is about is as printed, without whom it is told and without loose ends."""
    (act,) = acts(REPORT + "Sweden warned Norway of the danger, Captain Borg.\n")
    assert act.about == "danger, Captain Borg"


@pytest.mark.parametrize(
    ("heading", "words", "about"),
    [
        (ORDER, "You will not press for an answer.", "not press for an answer"),
        (ORDER, "You will in no case sign the treaty.", "not sign the treaty"),
        (ORDER, "Please do not leave Lima before June.", "not leave Lima before June"),
        (ORDER, "You are instructed not to go to the port.", "not to go to the port"),
        (REPORT, "Norway agreed not to export wheat.", "not to export wheat"),
        (REPORT, "Sweden promises to pay, and not to ask again.", "to pay, and not to ask again"),
    ],
)
def test_what_is_forbidden_is_said_with_its_not(heading: str, words: str, about: str) -> None:
    """An order or promise not to do a thing is about not doing it."""
    assert acts(f"{heading}{words}\n")[0].about == about


@pytest.mark.parametrize(
    ("heading", "words", "expected"),
    [
        (REPORT, "Sweden did not, however, accept the terms.", ["Sweden refuse affirmed"]),
        (REPORT, "Sweden has not refused the loan.", ["Sweden refuse negated"]),
        (REPORT, "It is not true that Sweden has recognized the Republic.", []),
        (REPORT, "He does not think that Sweden has recognized the Republic.", []),
        (REPORT, "Nobody in Sweden accepted the terms.", []),
        (REPORT, "Sweden has made no reply to the proposal.", []),
        (REPORT, "Consent to the landing has been given by Sweden.", []),
        (NOTE, "Your proposal has been accepted.", ["Duval accept affirmed"]),
    ],
)
def test_what_is_denied(heading: str, words: str, expected: list[str]) -> None:
    """What is denied, doubted or done by nobody is not said to be done."""
    assert [" ".join(act[:3]) for act in said(heading, words)] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "You will see the Minister and protest against the seizure, urging that he wait.",
            ["instruct actual", "protest requested", "request requested"],
        ),
        (
            "Please inform the Minister of it, expressing the regret of this Government.",
            ["instruct actual", "regret requested"],
        ),
        ("Referring to your 20, please protest to Peru.", ["instruct actual", "protest requested"]),
        ("An instruction has been sent to the consul at Lima.", ["instruct actual"]),
        ("In that event you will see the Minister and protest.", ["instruct conditional"]),
    ],
)
def test_an_order_and_how_it_is_carried_out(words: str, expected: list[str]) -> None:
    """What is joined to an order, or says how to carry it out, is ordered as well."""
    assert [f"{act[1]} {act[3]}" for act in said(ORDER, words)][: len(expected)] == expected


def test_what_there_was_not() -> None:
    """A noun of an act that did not take place is negated, and its words say so."""
    (act,) = acts(REPORT + "There has been no protest from the Swedish Government.\n")
    assert (act.actor, act.polarity) == ("Sweden", "negated")
    text = REPORT + "There has been no protest from the Swedish Government.\n"
    assert describe(bare_document("made/up", text)).text[slice(*act.span)].startswith("no protest")


@pytest.mark.parametrize(
    ("heading", "words", "actor"),
    [
        (
            "Mr. Duval to Mr. Ashe\nForeign Office, Tokyo, July 3, 1895.\n",
            "Sir: My Government protests against it.",
            "Japan",
        ),
        (
            "The French Minister for Foreign Affairs (Duval) to the Italian Minister (Borg)\n"
            "Paris, July 3, 1920.\n",
            "His Majesty’s Government has refused the loan.",
            "Italy",
        ),
        (
            "The British Minister (Ashe) to the French Minister for Foreign Affairs (Duval)\n"
            "Paris, July 3, 1880.\n",
            "Her Majesty’s Government has refused the loan.",
            "Great Britain",
        ),
        (REPORT, "Those who killed the German envoy may, Sweden warns, attack us.", "Sweden"),
        (REPORT, "On May 1 Sweden requested leave to land a crew.", "Sweden"),
    ],
)
def test_of_whom_a_phrase_speaks(heading: str, words: str, actor: str) -> None:
    """Towns, reigns, relative clauses and days do not give an act to another power."""
    assert [act.actor for act in acts(f"{heading}{words}\n")] == [actor]


def test_a_title_follows_its_bearer() -> None:
    """One who is named again is again he whom his title means."""
    words = "Commissioner Holm came. Commissioner Brand refused. Commissioner Holm wrote to me."
    words += " The commissioner refused the loan."
    assert said(REPORT, words)[-1][0] == "Holm"


def test_whoever_is_spoken_to_does_nothing() -> None:
    """A salutation names nobody whom a later pronoun means."""
    words = "Dear Mr. Secretary: The crew is safe. She has concluded a treaty with Norway."
    assert all("Dear" not in actor for actor, *_ in said(REPORT, words))


def test_a_noun_with_a_capital_is_nobody_in_german() -> None:
    """German nouns have capitals: one alone, which no party is called, does not act."""
    heading = "Der Botschafter in London Graf Kell an das Auswärtige Amt\n"
    assert said(heading, "Mit großer Freude haben die Minen den Vorschlag abgelehnt.") == []


def test_the_span_is_of_the_words() -> None:
    """The span shows the act with its actor, in code points of the document's text."""
    text = REPORT + "The harbour is quiet. Sweden has refused the loan, it seems.\n"
    document = describe(bare_document("made/up", text))
    (act,) = find_acts(document)
    assert act.span is not None
    assert document.text[slice(*act.span)] == "Sweden has refused the loan"
    assert (act.group, act.plover, act.cameo) == ("answer", "REJECT", "120")
    assert act.about == "loan"


def test_the_tiers() -> None:
    """What is plainly said is certain; what has other meanings is probable."""
    plain, doubtful = acts(
        f"{REPORT}The Swedish Government has refused the loan. "
        "Norway considered it and dismissed the claim.\n"
    )
    assert (plain.tier, doubtful.tier) == ("certain", "probable")


@pytest.mark.parametrize(
    "line",
    ["[From Marlow.] ", "For Hale from Marlow:\n", "Following for Hale [from Marlow]\n"],
)
def test_another_writes(line: str) -> None:
    """ "From …" at the head of a telegram says who writes what follows."""
    found = said(REPORT, f"{line}The mails are late.\nI request instructions on the loan.")
    assert ("Marlow", "request", "affirmed", "actual") in found


def test_to_whom() -> None:
    """A telegram is no addressee, and what is appealed to workers is not said to their state."""
    (act, *_) = acts(REPORT + "Sweden informs Norway of a telegram received from Kell.\n")
    assert act.addressee == "Norway"
    (act, *_) = acts(NOTE + "The French Government appeals to the workers of Norway.\n")
    assert act.addressee == ""


def test_people_act_for_no_power() -> None:
    """Firms, the press and citizens are no actors, and a land is no act of its merchants."""
    assert said(REPORT, "The representatives of Swedish banks refused the loan.") == []
    assert said(REPORT, "The workers of Sweden protested against the tariff.") == []


def test_who_is_quoted() -> None:
    """ "My Government" in a note that an envoy sends home is that of his post."""
    words = "“My Government requests that the guard be withdrawn.”"
    heading = REPORT.replace("Russia", "Peru").replace("Moscow", "Lima")
    assert ("Peru", "request", "affirmed", "actual") in said(heading, words)


@pytest.mark.parametrize(
    ("heading", "words", "expected"),
    [
        (
            "M. Duval, Ambassadeur de France à Londres, à M. Roche, Ministre",
            "Le Gouvernement italien n’a pas accepté notre proposition.",
            ("Italy", "refuse", "affirmed", "actual"),
        ),
        (
            "Der Botschafter in London Graf Kell an das Auswärtige Amt",
            "Die spanische Regierung hat den Vorschlag gestern abgelehnt.",
            ("Spain", "refuse", "affirmed", "actual"),
        ),
        (
            "Der Botschafter in London Graf Kell an das Auswärtige Amt",
            "Die spanische Regierung lehnt den Vorschlag nicht ab.",
            ("Spain", "refuse", "negated", "actual"),
        ),
        # Elided words, infinitives with "de", passives and nouns with their actor.
        (
            "M. Duval, Ambassadeur de France à Londres, à M. Roche, Ministre",
            "L’Italie a décliné d’examiner la demande.",
            ("Italy", "refuse", "affirmed", "actual"),
        ),
        (
            "M. Duval, Ambassadeur de France à Londres, à M. Roche, Ministre",
            "Le traité a été ratifié par le Gouvernement espagnol.",
            ("Spain", "ratify", "affirmed", "actual"),
        ),
        (
            "M. Duval, Ambassadeur de France à Londres, à M. Roche, Ministre",
            "La protestation de la Grèce a été lue au Conseil.",
            ("Greece", "protest", "affirmed", "actual"),
        ),
        (
            "Der Botschafter in London Graf Kell an das Auswärtige Amt",
            "Der Vertrag wurde von der spanischen Regierung ratifiziert.",
            ("Spain", "ratify", "affirmed", "actual"),
        ),
        (
            "Der Botschafter in London Graf Kell an das Auswärtige Amt",
            "Der Protest Italiens gegen die Landung ist unterwegs.",
            ("Italy", "protest", "affirmed", "actual"),
        ),
    ],
)
def test_french_and_german(heading: str, words: str, expected: tuple[str, str, str, str]) -> None:
    """Main clauses of French and German are read, never as certain."""
    assert expected in said(f"{heading}\n", words)
    assert all(act.tier == "probable" for act in acts(f"{heading}\n{words}\n"))


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("protest", "protest protests protested protesting"),
        ("deny", "deny denies denied denying"),
        ("refuse", "refuse refuses refused refusing"),
        ("pass", "pass passes passed passing"),
    ],
)
def test_inflections(verb: str, forms: str) -> None:
    """Regular verbs have their four forms."""
    assert set(inflect(verb)) == set(forms.split())


def test_the_first_conjugation() -> None:
    """French verbs in -er have their forms, with a soft g and c."""
    finite, participles = first_conjugation("exiger")
    assert {"exige", "exigea", "exigent", "exigera"} <= set(finite.split())
    assert participles == "exigé exigée exigés exigées"
    assert "annonça" in first_conjugation("annoncer")[0].split()


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("The Government protests.", "Dws."),
        ("The protests of the Government", "DwODw"),
        ("I request that he go", "pVHpV"),
        ("your request", "Dw"),
        ("M. Kell will pay", "NNmV"),
    ],
)
def test_tags(words: str, letters: str) -> None:
    """Nouns and verbs of one form are told apart by their neighbours."""
    actors = frozenset(("government",))
    known = words.replace("The Government", "the government").replace(
        "the Government", "the government"
    )
    assert tag(known, 0, len(known), lexicon(), actors).tags == letters


@pytest.mark.parametrize(
    ("name", "power"),
    [
        ("France", "France"),
        ("French Government", "France"),
        ("the Government of France", "France"),
        ("German Empire", "Germany"),
        ("Francis", ""),
    ],
)
def test_powers_of_names(name: str, power: str) -> None:
    """A power is its government and its name."""
    assert power_named(name) == power


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_every_class_of_objects_is_there(language: str) -> None:
    """What a verb needs in its object is a class that its language has."""
    words = lexicon_of(language)
    assert words is not None
    for frames in words.frames.values():
        for need in (need for frame in frames for need in frame.needs):
            assert need[:1] not in "=~^" or need[1:] in words.objects, need


def test_the_weights() -> None:
    """Every mark has one weight, and a plain act of a power weighs more than a doubtful one."""
    marks = [row[0] for row in rows("acts_weights")]
    assert {"bias", "sure"} <= set(marks)
    assert len(marks) == len(set(marks))
    plain, doubtful = acts(
        f"{REPORT}The Swedish Government protested against it. Norway dismissed the claim.\n"
    )
    assert (plain.confidence or 0) > (doubtful.confidence or 0)


def test_the_vocabularies_agree() -> None:
    """Verbs, nouns and adjectives show acts that there are."""
    assert {row[1] for row in rows("acts_verbs")} <= set(kinds())
    assert {row[1] for row in rows("acts_nouns")} <= set(kinds())
    assert {row[1] for row in rows("acts_adjectives")} <= {*kinds(), "-"}
    for needs in (row[2] for row in rows("acts_verbs")):
        for need in needs.split("|"):
            if need[0] in "=~^":
                assert need[1:] in lexicon().objects, need
