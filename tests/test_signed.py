"""Treaties are dated by the day on which they were signed, not by what happened to them later."""

import pytest

from regesta.describing.bare import bare_document
from regesta.describing.registry import describe
from regesta.documents import HistoricalDate

BODY = "The President and the King have resolved to conclude a treaty and have named their envoys."

CASES = [
    ("Treaty of Friendship between Denmark and Persia, Signed at Washington, May 26, 1930",
     "Done in duplicate, this day.\nRatifications exchanged at Washington, July 28, 1937",
     "1930-05-26", "Washington"),
    ("TREATY OF EXTRADITION\nSigned at Oslo, September 20, 1934; ratifications exchanged at Oslo, "
     "August 10, 1935; proclaimed August 15, 1935", "Kell", "1934-09-20", "Oslo"),
    ("Treaty between Denmark and Persia, signed May 10, 1934",
     "In witness whereof they have signed it, the tenth day of May.\n"
     "Proclaimed by the President, August 15, 1935.", "1934-05-10", ""),
    ("Convention on Fish between Denmark and Persia. Signed at Oslo, May 3, 1930. "
     "In force July 28, 1937", "", "1930-05-03", "Oslo"),
    ("Vertrag zwischen Dänemark und Persien, unterzeichnet in Wien am 3. Mai 1880",
     "Ratifikationen ausgetauscht in Wien am 8. Juli 1881.", "1880-05-03", "Wien"),
    ("Convention entre le Danemark et la Perse, signée à Paris le 3 mai 1880",
     "Les ratifications ont été échangées à Paris, le 8 juillet 1881.", "1880-05-03", "Paris"),
    ("Convenzione fra la Danimarca e la Persia, firmata a Roma il 3 maggio 1880",
     "Ratifiche scambiate a Roma, 8 luglio 1881", "1880-05-03", "Roma"),
    ("Protocol amending the Convention signed at Oslo on May 3, 1890",
     "Entered into force March 3, 1912", "", ""),
    ("Treaty between Denmark and Persia", "Ratifications exchanged at Oslo, July 28, 1937", "", ""),
    ("Constitution of the Republic",
     "The law, published in the Official Gazette of June 8, 1856, is hereby made known.", "", ""),
    ('Decree on trade, published in the "Gaceta" of June 8, 1856', "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "foot", "day", "town"), CASES)
def test_the_day_of_signature(title: str, foot: str, day: str, town: str) -> None:
    """A title's "signed at Oslo, May 3" wins; exchange, proclamation and print are no date."""
    document = describe(bare_document("x/1", f"{title}\n{BODY}\n{foot}".strip()))
    fact = document.first("date")
    found = fact.value.edtf if fact and isinstance(fact.value, HistoricalDate) else ""
    assert (found, document.place.name if document.place else "") == (day, town)
