"""Saved web pages into documents: known sites by their profiles, others by what they say."""

import pytest
from source_files import layer_texts, source_file, values

from regesta.documents import Document, Subject
from regesta.errors import SourceError
from regesta.reading.base import Reading
from regesta.reading.html.reader import HtmlReader

BODY = "<p>The Consul reported that the frontier was open to couriers of both Governments.</p>" * 4

SERIES_PAGE = """<!DOCTYPE html><html lang="en"><head><title>Volume - Office</title>
<link rel="canonical" href="https://history.state.gov/historicaldocuments/frus1899v02/d7"></head>
<body><nav><a href="/">Home</a></nav>
<h2 id="navigation-title">Papers of 1899, Volume II</h2>
<main><div id="content-inner"><div class="content"><div class="tei-div4">
<a class="tei-pb1" href="#pg_12">[Page 112]</a>
<h4 class="tei-head6">7. <em>The Consul at Riga</em> (<em class="tei-persName">Brandt</em>) to the
Minister<span id="fnref:1"><a class="note" rel="footnote" href="#fn:1">1</a></span></h4>
<div class="tei-dateline2">Riga, October 3, 1899.</div>
<p class="tei-p1">The envoy left<span id="fnref:2"><a class="note" rel="footnote"
href="#fn:2">2</a></span> yesterday. <a class="tei-pb1" href="#pg_13">[Page 113]</a>He will
return.</p><div class="tei-closer"><span class="tei-signed">Brandt</span></div></div>
<div class="footnotes"><ol>
<li class="footnote" id="fn:1"><span class="fn-content">Source: Own files, box 3.</span>
<a class="fn-back" href="#fnref:1">↩</a></li>
<li class="footnote" id="fn:2"><span class="fn-content">Not <em>printed</em>.</span>
<a class="fn-back" href="#fnref:2">↩</a></li></ol></div>
</div></div><aside>Download</aside></main><footer>Contact</footer><script>track()</script>
</body></html>"""

COLLECTION_PAGE = """<html><head>
<!-- saved from url=(0050)https://www.marxists.org/history/some/page.htm -->
<meta name="author" content="A Transcriber"></head><body>
<p class="linkback"><a href="../index.htm">Archive</a></p>
<h3>3 August 1918</h3><p class="information"><em>Pravda</em>, 3 August 1918</p><hr>
<p class="fst">First words.<sup><a name="f1" href="#n1">[1]</a></sup> More &amp; more.</p>
<p>Second paragraph, “quoted”.</p>
<p class="endnote"><a name="n1" href="#f1">[1]</a> A note.</p>
<p class="footer"><a href="index.htm">Some Papers</a></p>
<p class="footer">[<a href="s.htm">Subject</a>] [<a href="a.htm">Author</a>]
[<a href="d.htm">Date</a>]</p></body></html>"""


def read(page: str | bytes, name: str = "page.html") -> Reading:
    """Read a page."""
    return HtmlReader().read(source_file(name, page))


def one(page: str | bytes) -> Document:
    """The document of a page, all of its main text accounted for."""
    reading = read(page)
    assert reading.unaccounted == 0
    return reading.documents[0]


def test_a_page_of_the_series() -> None:
    """Volume and document from the address; heading, dateline, signature, notes, printed pages."""
    reading = read(SERIES_PAGE)
    document = reading.documents[0]
    assert document.id == "frus1899v02/d7"
    assert reading.collection.title == "Papers of 1899, Volume II"
    assert document.heading == "7. The Consul at Riga (Brandt) to the Minister"
    assert document.text == (
        "7. The Consul at Riga (Brandt) to the Minister\nRiga, October 3, 1899.\n"
        "The envoy left yesterday. He will return.\nBrandt"
    )
    assert layer_texts(document, "dateline") == ["Riga, October 3, 1899."]
    assert layer_texts(document, "signature") == ["Brandt"]
    assert layer_texts(document, "body") == ["The envoy left yesterday. He will return."]
    assert document.pages == ["112", "113"]
    assert [(note.n, note.text) for note in document.notes] == [
        ("1", "Source: Own files, box 3."),
        ("2", "Not printed."),
    ]
    assert document.notes[1].anchor == document.text.index(" yesterday")
    assert document.word("source_note") == "Source: Own files, box 3."
    persons = [m for m in document.marks if m.kind == "person"]
    assert [document.text[m.start : m.end] for m in persons] == ["Brandt"]
    assert reading.unaccounted == 0
    assert "navigation left out" in reading.warnings[0]


def test_a_page_of_a_collection() -> None:
    """Date from the title, source line, body, collection, notes; ways on are kept as remarks."""
    reading = read(COLLECTION_PAGE)
    document = reading.documents[0]
    assert reading.collection.title == "Some Papers"
    assert document.id == "some-papers/page"
    date = document.first("date")
    assert date is not None
    assert (date.origin, date.rule, date.span) == ("given", "title line", (0, 13))
    assert document.date is not None
    assert document.date.edtf == "1918-08-03"
    assert document.word("publication") == "Pravda, 3 August 1918"
    assert layer_texts(document, "body") == [
        "First words. More & more.\nSecond paragraph, “quoted”."
    ]
    assert [(note.n, note.text) for note in document.notes] == [("1", "A note.")]
    assert any("Subject → s.htm" in note for note in document.reader_notes)
    assert document.first("author") is None
    assert reading.unaccounted == 0


def test_the_shape_alone_is_enough() -> None:
    """The same page without an address is recognised by its foot."""
    page = COLLECTION_PAGE.replace("<!-- saved from url=(0050)https://www.marxists.org/history/some"
                                   "/page.htm -->", "")  # fmt: skip
    assert one(page).collection == "some-papers"


def test_an_unknown_page() -> None:
    """The main element, its heading, paragraphs, lists and tables; the folder's collection."""
    document = one(
        "<html lang='en'><body><header>Site</header><nav>Menu</nav><article lang='deu-AT'>"
        f"<h1>Report</h1>{BODY}<ul><li>one</li><li>two</li></ul><table><tr><th>a</th><td>b</td></tr></table>"
        "<blockquote>Quoted.</blockquote><h2>Part</h2></article><footer>Foot</footer></body></html>"
    )
    assert document.id == "papers/page"
    assert document.heading == "Report"
    assert document.text.startswith("Report\nThe Consul reported")
    assert document.text.endswith("one\ntwo\na b\nQuoted.\nPart")
    assert document.word("language") == "de"
    assert layer_texts(document, "quotation") == ["Quoted."]
    assert {"list", "item", "table", "row", "cell", "paragraph"} <= {m.kind for m in document.marks}


#: What stands around a text, and none of it in it.
AROUND = (
    "<html lang='en'><body><header><nav>Menu</nav></header><div id='cookies'>We use cookies.</div>"
    "{}<aside>Other letters of those long days</aside><div><footer>Copyright</footer></div>"
    "</body></html>"
)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<article><h1>Kell to Holm</h1><p>The harbour is shut.</p></article>",
         "Kell to Holm\nThe harbour is shut."),
        ("<main><article><p>It rained.</p></article><article><p>It snowed.</p></article></main>",
         "It rained.\nIt snowed."),
        ("<p>The harbour is shut, and the ships wait.</p><article>Read also</article>",
         "The harbour is shut, and the ships wait.\nRead also"),
        ("<section><p>The harbour is shut.</p><footer>Kell</footer></section>",
         "The harbour is shut.\nKell"),
    ],
)  # fmt: skip
def test_what_stands_around_a_text_is_the_page(inside: str, text: str) -> None:
    """Foot, aside and notices are left out and counted; a text beside a short article is not."""
    reading = read(AROUND.format(inside))
    assert reading.documents[0].text == text
    assert reading.unaccounted == 0
    assert "characters of navigation left out" in reading.warnings[0]


def test_a_page_without_a_main_element_is_read_whole() -> None:
    """A hand-made page is its body, navigation apart."""
    document = one(f"<title>Old page</title><nav>Menu</nav><div>Words before.</div>{BODY}")
    assert document.text.startswith("Words before.\nThe Consul")
    assert document.heading == "Old page"


def test_a_page_that_is_mostly_links_is_searched_for_its_text() -> None:
    """Where menus outweigh the text, the text is found among them."""
    menu = "".join(f"<li><a href='/{n}'>Another page, no. {n}</a></li>" for n in range(90))
    document = one(f"<body><ul>{menu}</ul><div>{BODY}</div><ul>{menu}</ul></body>")
    assert "The Consul reported" in document.text
    assert "Another page" not in document.text


def test_what_a_page_says_of_the_paper() -> None:
    """Terms of the work are facts; the page's own date and author are not."""
    document = one(
        "<html><head><meta name='DC.date' content='1899-10-03'><meta name='DC.subject' "
        "content='frontier; couriers'><meta name='DC.creator' content='A. Brandt'>"
        "<meta name='date' content='2011-01-01'><meta name='author' content='The Webmaster'>"
        f"<meta name='DCTERMS.isPartOf' content='Riga Letters'></head><body>{BODY}</body></html>"
    )
    assert document.date is not None
    assert (document.date.edtf, document.date.printed) == ("1899-10-03", "")
    assert values(document, "subject") == [Subject("frontier"), Subject("couriers")]
    assert document.word("author") == "A. Brandt"
    assert document.collection == "riga-letters"


def test_a_date_of_the_web_is_none_of_the_paper() -> None:
    """Meta dates since the web began may be the page's own."""
    page = (
        f"<html><head><meta name='DC.date' content='2004-05-01'></head><body>{BODY}</body></html>"
    )
    assert one(page).date is None


def test_linked_data_of_a_letter() -> None:
    """A work that says when it was created gives date, sender, recipient and place."""
    data = (
        '{"@type": "Message", "dateCreated": "1899-10-03", "sender": {"name": "Anna Brandt"}, '
        '"recipient": [{"name": "The Minister"}], "locationCreated": {"name": "Riga"}}'
    )
    document = one(f"<body><script type='application/ld+json'>{data}</script>{BODY}</body>")
    assert document.date is not None
    assert [party.name for party in document.senders] == ["Anna Brandt"]
    assert [party.office for party in document.recipients] == ["Minister"]
    assert document.place is not None
    assert document.place.name == "Riga"


def test_scripts_styles_comments_and_hidden_parts_never_reach_the_text() -> None:
    """A page is untrusted."""
    document = one(
        "<body><style>p{}</style><p>Seen<script>alert('x')</script><!-- not --> words.</p>"
        "<p hidden>No.</p><p style='display: none'>No.</p><noscript>No.</noscript>"
        "<p onclick='x()'>More <a href='javascript:alert(1)'>here</a>.</p><template>No</template>"
    )
    assert document.text == "Seen words.\nMore here."
    assert [mark.target for mark in document.marks if mark.kind == "ref"] == [""]


def test_links_are_completed_from_the_pages_address() -> None:
    """A relative link of a saved page leads to the site."""
    document = one(
        "<link rel='canonical' href='https://example.org/a/b.html'>"
        "<p>See <a href='c.html'>this</a>.</p>"
    )
    assert [mark.target for mark in document.marks if mark.kind == "ref"] == [
        "https://example.org/a/c.html"
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<p>Text.<sup><a id='r' href='#n'>1</a></sup></p><p id='n'>1. The note. <a href='#r'>^</a>",
        "<p>Text.<a id='r' href='#n'>[1]</a></p><ol><li id='n'><a href='#r'>↑</a> The note.</ol>",
        "<p>Text.<a href='#n1' name='r1'>*</a></p><div><a name='n1'></a>* The note.</div>",
        "<p>Text.<sup id='r'><a href='page.html#n'>1</a></sup></p><dl><dd id='n'>The note.</dl>",
    ],
)
def test_footnotes_of_many_makes(page: str) -> None:
    """A short link to later text is a footnote; marks that lead back are no text of it."""
    document = one(page)
    assert document.text.startswith("Text.")
    (note,) = document.notes
    assert (note.text, note.anchor) == ("The note.", 5)
    assert "note" not in document.text


def test_a_link_to_a_heading_is_no_footnote() -> None:
    """Longer words that lead further down stay words."""
    document = one("<p>See <a href='#two'>the second part</a>.</p><h2 id='two'>Second part</h2>")
    assert document.notes == ()
    assert "Second part" in document.text


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("cp1251", "<meta charset='windows-1251'>"), ("utf-8", ""), ("utf-16", ""), ("koi8_r", ""),
     ("cp1251", "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>")],
)  # fmt: skip
def test_character_sets_of_pages(charset: str, declared: str) -> None:
    """Declared, marked or guessed."""
    words = "Правительство получило вашу ноту и надеется на скорый ответ посла."
    page = f"<html><head>{declared}</head><body><p>{words}</p></body></html>"
    assert one(page.encode(charset)).text == words


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body><script>app()</script></body></html>", "no text"),
        ("<html></html>", "no text"),
        ("<div>" * 5000 + "text", "deeper"),
        (b"\x00\x01\x02\x03" * 99, "binary"),
    ],
)
def test_pages_that_cannot_be_read(page: str | bytes, reason: str) -> None:
    """One clear line each."""
    with pytest.raises(SourceError, match=reason):
        read(page)


@pytest.mark.parametrize(
    ("name", "data", "least", "most"),
    [
        ("a.html", b"<!DOCTYPE html><html>", 0.8, 1), ("a.htm", b"<p>words", 0.5, 0.9),
        ("a", b"<html><body>", 0.8, 1), ("a.txt", b"plain words", 0, 0),
        ("a.xml", b"<TEI xmlns='http://www.tei-c.org/ns/1.0'>", 0, 0),
        ("a.html", b"\x00\x01" * 99, 0, 0.2),
    ],
)  # fmt: skip
def test_judging(name: str, data: bytes, least: float, most: float) -> None:
    """HTML by its first bytes, then by its name."""
    assert least <= HtmlReader().judge(source_file(name, data)).score <= most
