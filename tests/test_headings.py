"""Headings into parties, in both eras and several languages."""

import pytest

from regesta.describing.parties.headings import parse_heading

Sides = tuple[list[tuple[str, str]], list[tuple[str, str]]]

HEADINGS: list[tuple[str, list[tuple[str, str]], list[tuple[str, str]]]] = [
    ("Mr. Harlow to Lord Denby.", [("Harlow", "")], [("Lord Denby", "")]),
    ("Mr. Harlow (Secretary of State) to all the ministers of the United States.",
     [("Harlow", "Secretary of State")], [("", "ministers of the United States")]),
    ("The Ambassador in Russia (Marsh) to the Secretary of State",
     [("Marsh", "Ambassador in Russia")], [("", "Secretary of State")]),
    ("The Secretary of State to the Ministers in Norway, Denmark, the Netherlands, and Sweden",
     [("", "Secretary of State")],
     [("", "Ministers in Norway, Denmark, the Netherlands, and Sweden")]),
    ("The Commission to Study Trade to the Ambassador in Italy (Reed)",
     [("", "Commission to Study Trade")], [("Reed", "Ambassador in Italy")]),
    ("The Technical Advisers to the Commission (Scott, Mills) to the Secretary of State",
     [("Scott", "Technical Advisers to the Commission"),
      ("Mills", "Technical Advisers to the Commission")], [("", "Secretary of State")]),
    ("Messrs. Fenn and Jolley to Mr. Jones.", [("Fenn", ""), ("Jolley", "")], [("Jones", "")]),
    ("Messrs. Barlow, Finch & Co. to Mr. Jones.", [("Barlow, Finch & Co", "")], [("Jones", "")]),
    ("General Thomas H. Blake to the Secretary of State",
     [("Thomas H. Blake", "General")], [("", "Secretary of State")]),
    ("Assistant Secretary Carver to Mr. von Holt",
     [("Carver", "Assistant Secretary")], [("von Holt", "")]),
    ("President Hale of Liberia to King Otto of Greece",
     [("Hale", "President of Liberia")], [("King Otto of Greece", "")]),
    ("Prince Lu to Mr. F. F. Crane.", [("Prince Lu", "")], [("F. F. Crane", "")]),
    ("Copy of a letter from Rev. C. W. Miles, of Boston, to Mr. Hoyle",
     [("C. W. Miles", "Rev.")], [("Hoyle", "")]),
    ("Mr. Foy’s parting remarks to the President", [("Foy", "")], [("", "President")]),
    ("From the Consul at Smyrna to the Minister in Constantinople",
     [("", "Consul at Smyrna")], [("", "Minister in Constantinople")]),
    ("Der Botschafter in London (Graf Keller) an den Staatssekretär des Auswärtigen Amtes",
     [("Graf Keller", "Botschafter in London")], [("", "Staatssekretär des Auswärtigen Amtes")]),
    ("Le Ministre des affaires étrangères à M. Dumont",
     [("", "Ministre des affaires étrangères")], [("Dumont", "")]),
    ("The Sultan’s decree to the aga of the guard and the chief gardener to allow the envoy wine",
     [("", "Sultan")], [("", "aga of the guard"), ("", "chief gardener")]),
    ("Complaint addressed to the Danish court by merchants about the seizing of their goods",
     [], [("", "Danish court")]),
    ("The Prince of Holm to Baron Kell, London, on the demand that his government makes",
     [("Prince of Holm", "")], [("Baron Kell", "")]),
    ("The Minister of the Marine and the Colonies to the Prefect at Brest",
     [("", "Minister of the Marine and the Colonies")], [("", "Prefect at Brest")]),
    ("Mr. Harlow to Lord Denby, not sent", [("Harlow", "")], [("Lord Denby", "")]),
    ("Lettre de M. Kell à M. le duc de Holm (extrait)", [("Kell", "")], [("duc de Holm", "")]),
    ("Mr. Harlow to Mr. Crane, acting consul", [("Harlow", "")], [("Crane", "acting consul")]),
    ("Mr. Harlow to the Taikoon", [("Harlow", "")], [("", "Taikoon")]),
    ("President Hale’s Reply to the Danish Minister (Holm) on the Occasion of His Leaving",
     [("Hale", "President")], [("Holm", "Danish Minister")]),
    ("Mr. d’Arco to M. Kell de l’Isle", [("d’Arco", "")], [("Kell de l’Isle", "")]),
    ("Народный комиссар по иностранным делам к послу в Берлине",
     [("", "Народный комиссар по иностранным делам")], [("", "послу в Берлине")]),
    ("Телеграмма посланника в Тегеране министру финансов. № 12",
     [("", "посланник в Тегеране")], [("", "министр финансов")]),
    ("Mr. Harlow to Lord Denby, No. 12.", [("Harlow", "")], [("Lord Denby", "")]),
    ("К. В. Келлев — Д. П. Хольму", [("К. В. Келлев", "")], [("Д. П. Хольму", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "senders", "recipients"), HEADINGS)
def test_parties(
    heading: str, senders: list[tuple[str, str]], recipients: list[tuple[str, str]]
) -> None:
    """Name and office come out apart, courtesy is dropped, joint parties are several."""
    found = parse_heading(heading)
    assert found is not None
    assert [(n.party.name, n.party.office) for n in found.senders] == senders
    assert [(n.party.name, n.party.office) for n in found.recipients] == recipients
    for named in (*found.senders, *found.recipients):
        words = heading[named.start : named.end]
        assert (named.party.name or named.party.office).split()[0] in words


@pytest.mark.parametrize(
    "heading",
    [
        "The Constitutional Power To Provide for Coercion in a Treaty",
        "Draft Note to the German Government",
        "Minutes of the Meeting of the Council, Held at Paris",
        "Treaty of Peace and Amity",
        "Memorandum Regarding the Section of Trade of the Commission to Study Tariffs",
        "Draft by the Secretary of State for an International Agreement",
        "Statement of freights by steamer from Guayaquil to New York",
        "Visit of Count Holm to the Chief Treasurer",
        "Protocol register of Count Holm’s farewell visit to the Admiral before departure",
        "The Travels of Kell, Danish Ambassador to Vienna After the Peace",
        "Map of the main roads from Tula to Vienna",
        "Index on the letters of Count Holm to the court",
        "Sentence of the Prince of Holm remitted to his chief adherent",
        "Note frotn the Foreign Office to Mr. Crane",
        "The subscription to the new Danish Loan",
        "The Danish minister relating to Canal matters",
        "Agreement Between the Governments of Denmark and Peru Providing for a Mission to Peru",
        "Memorandum by the Secretary of the Commission to Negotiate Peace (Reed)",
        "Procès-Verbal Regarding the Protocol Relating to Obligations in Certain Cases",
        "Convention between Her Majesty and Peru, supplementary to the convention of May",
        "Continuatio Diarii von Ihro Majestät an die Hohe Pforte abgeschickten Botschafters",
        "The report of Otto Holm on the journey of the grand embassy to Vienna",
        "On this subject the minister issued the notice annexed to the merchants",
        "",
    ],
)
def test_no_parties(heading: str) -> None:
    """Treaties, minutes, drafts and sentences name no parties."""
    assert parse_heading(heading) is None


def test_place_and_date_are_no_part_of_the_recipient() -> None:
    """A heading that ends with place and date gives the recipient without them."""
    heading = "Johann Huber an den Hofkriegsrat, Erdut, 27. Mai 1719"
    found = parse_heading(heading, heading.index("27."))
    assert found is not None
    assert [n.party.office for n in found.recipients] == ["Hofkriegsrat"]
    assert heading[found.recipients[0].start : found.recipients[0].end] == "den Hofkriegsrat"


def test_a_date_in_brackets_leaves_the_parties_alone() -> None:
    """What stands in brackets with a date after the recipient is no part of the recipient."""
    heading = "Mr. Harlow to Mr. Crane. (Sent to Earl Fox by Mr. Crane March 18.)"
    found = parse_heading(heading, heading.index("March"))
    assert found is not None
    assert [n.party.name for n in found.recipients] == ["Crane"]


def test_power_is_what_the_office_says() -> None:
    """The British Ambassador speaks for Great Britain, the Ambassador in Russia for who knows."""
    british = parse_heading("The British Ambassador (Vale) to the Secretary of State")
    russia = parse_heading("The Ambassador in Russia (Marsh) to the Secretary of State")
    assert british is not None
    assert russia is not None
    assert british.senders[0].party.power == "Great Britain"
    assert russia.senders[0].party.power == ""
