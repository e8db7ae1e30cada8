"""LIDO records become documents with their maker, date, place and keeper."""

import pytest

from regesta.documents import HistoricalDate, Party, Place
from regesta.errors import SourceError
from regesta.reading.base import Reading, SourceFile
from regesta.reading.lido import LidoReader

RECORD = """<lido:lido xmlns:lido="http://www.lido-schema.org">
<lido:lidoRecID>rec:7</lido:lidoRecID>
<lido:descriptiveMetadata xml:lang="en">
 <lido:objectClassificationWrap><lido:objectWorkTypeWrap><lido:objectWorkType>
  <lido:term>engraving</lido:term></lido:objectWorkType></lido:objectWorkTypeWrap>
 </lido:objectClassificationWrap>
 <lido:objectIdentificationWrap>
  <lido:titleWrap><lido:titleSet><lido:appellationValue>The audience tent</lido:appellationValue>
  </lido:titleSet></lido:titleWrap>
  <lido:repositoryWrap><lido:repositorySet><lido:repositoryName><lido:legalBodyName>
   <lido:appellationValue>City Museum</lido:appellationValue></lido:legalBodyName>
   </lido:repositoryName><lido:workID>K 12</lido:workID></lido:repositorySet></lido:repositoryWrap>
  <lido:objectDescriptionWrap><lido:objectDescriptionSet><lido:descriptiveNoteValue>The envoy is
   shown in 1721 before the tent.</lido:descriptiveNoteValue></lido:objectDescriptionSet>
  </lido:objectDescriptionWrap>
 </lido:objectIdentificationWrap>
 <lido:eventWrap><lido:eventSet><lido:event>
  <lido:eventType><lido:conceptID>lido00007</lido:conceptID><lido:term>Production</lido:term>
  </lido:eventType>
  <lido:eventActor><lido:displayActorInRole>engraver</lido:displayActorInRole><lido:actorInRole>
   <lido:actor><lido:actorID lido:source="https://example.org/people">42</lido:actorID>
   <lido:nameActorSet><lido:appellationValue>engraver Anna Muster (engraver), 1691-1751
   </lido:appellationValue></lido:nameActorSet></lido:actor></lido:actorInRole></lido:eventActor>
  <lido:eventActor><lido:displayActorInRole>publisher</lido:displayActorInRole><lido:actorInRole>
   <lido:actor><lido:nameActorSet><lido:appellationValue>Otto Press</lido:appellationValue>
   </lido:nameActorSet></lido:actor></lido:actorInRole></lido:eventActor>
  <lido:eventDate><lido:displayDate>1721–1723</lido:displayDate><lido:date>
   <lido:earliestDate>1721</lido:earliestDate><lido:latestDate>1723</lido:latestDate></lido:date>
  </lido:eventDate>
  <lido:eventPlace><lido:displayPlace>probably Linz</lido:displayPlace></lido:eventPlace>
 </lido:event></lido:eventSet></lido:eventWrap>
</lido:descriptiveMetadata>
<lido:administrativeMetadata><lido:resourceWrap><lido:resourceSet><lido:resourceRepresentation>
 <lido:linkResource>tent.jpg</lido:linkResource></lido:resourceRepresentation></lido:resourceSet>
</lido:resourceWrap></lido:administrativeMetadata>
</lido:lido>"""


def read(text: str) -> Reading:
    """Read a record from its text."""
    data = text.encode()
    return LidoReader().read(SourceFile("gifts/tent.xml", "tent.xml", "gifts", data, "0"))


def test_record_facts() -> None:
    """Maker, date, place, kind and keeper are given with their words; a publisher is no maker."""
    document = read(RECORD).documents[0]
    assert document.id == "gifts/tent"
    assert document.heading == "The audience tent"
    facts = {fact.field: fact for fact in document.facts}
    assert document.senders == [
        Party("Anna Muster", office="engraver", person="https://example.org/people/42")
    ]
    date = facts["date"].value
    assert isinstance(date, HistoricalDate)
    assert date.edtf == "[1721..1723]"
    assert document.text[slice(*facts["date"].span or ())] == "1721–1723"
    assert facts["place"].value == Place("Linz")
    assert facts["place"].confidence < 1
    assert document.word("kind") == "engraving"
    assert document.word("repository") == "City Museum, K 12"
    assert [image.url for image in document.images] == ["tent.jpg"]


def test_nothing_is_lost() -> None:
    """Every visible character stands in the document or in the record's section."""
    reading = read(RECORD)
    assert reading.unaccounted == 0
    assert "lido00007" not in reading.documents[0].text
    assert "lido00007" in reading.collection.sections[0].text


def test_wrap_of_records() -> None:
    """A wrap gives one document a record, with ids of their own."""
    wrapped = RECORD.replace(' xmlns:lido="http://www.lido-schema.org"', "")
    both = (
        f'<lido:lidoWrap xmlns:lido="http://www.lido-schema.org">{wrapped}{wrapped}</lido:lidoWrap>'
    )
    assert [d.id for d in read(both).documents] == ["gifts/tent-1", "gifts/tent-2"]


def test_empty_wrap() -> None:
    """A wrap without a record is named, not read as an empty document."""
    with pytest.raises(SourceError, match=r"tent\.xml: .*without any record"):
        read('<lido:lidoWrap xmlns:lido="http://www.lido-schema.org"/>')
