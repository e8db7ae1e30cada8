"""Character sets: declared, marked, detected; binary data is refused whatever its name."""

import pytest

from regesta.errors import SourceError
from regesta.reading.decode import decode

RUSSIAN = (
    "Правительство получило вашу ноту и надеется, что послы вернутся в Москву до конца месяца."
)
FRENCH = "Le président du Conseil a déclaré à l'ambassadeur que l'été dernier il n'avait rien reçu."
TURKISH = "Sadrazam paşa elçiye şöyle dedi: görüşmeler başlamıştır, ığdır ve doğu için."
POLISH = "Rząd polski zwrócił się do posła z prośbą o wyjaśnienie, że żołnierze już odeszli."
GERMAN = "Der Gesandte fügte hinzu, daß die Grenze für Kuriere geöffnet würde."
CZECH = "Vláda přijala nótu a žádá o vysvětlení, proč byli vojáci odvoláni tak brzy."
PLAIN = "The note was handed over at noon."


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (PLAIN, "ascii"), (FRENCH, "utf-8"), (FRENCH, "utf-8-sig"), (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"), (RUSSIAN, "utf-16-be"), (PLAIN, "utf-16-le"), (RUSSIAN, "utf-32"),
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (RUSSIAN, "cp866"), (RUSSIAN, "iso8859_5"),
        (FRENCH, "cp1252"), (GERMAN, "cp1252"), (CZECH, "cp1250"),
        (FRENCH, "mac_roman"), (TURKISH, "cp1254"), (POLISH, "cp1250"),
    ],
)  # fmt: skip
def test_texts_come_out_as_they_went_in(text: str, charset: str) -> None:
    """The sets that transcripts come in are told apart without a declaration."""
    assert decode(text.encode(charset)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Wien, den 4. März 1870\n\nHerr Graf!\n\nIch habe die Ehre.\n\nBeust\n",
        "Übersicht der Straßen", "Señor: He recibido.", "He said “yes” to me.", "£ 5 were paid.",
    ],
)  # fmt: skip
def test_a_few_western_letters_are_those_of_windows(text: str) -> None:
    """Where little tells the sets apart, a text is not taken for one of an old Macintosh."""
    assert decode(text.encode("cp1252")).text == text


def test_a_guess_is_known_to_be_one() -> None:
    """A guessed character set is reported, a certain one is not."""
    assert decode(RUSSIAN.encode("koi8_r")).guessed
    assert not decode(RUSSIAN.encode()).guessed


def test_a_declaration_is_believed_before_guessing() -> None:
    """What a page declares is tried first; browsers' latin-1 is Windows-1252."""
    assert decode("“word” – é".encode("cp1252"), declared="ISO-8859-1").text == "“word” – é"
    assert decode("ж".encode("cp1251"), declared="windows-1251").charset == "windows-1251"
    assert decode(b"plain words", declared="no-such-set").charset == "utf-8"


def test_one_damaged_byte_does_not_change_the_character_set() -> None:
    """UTF-8 with a broken byte stays UTF-8, and says that it is damaged."""
    decoded = decode((FRENCH * 5).encode() + b"\xff" + FRENCH.encode())
    assert decoded.text.count("é") == 6 * FRENCH.count("é")
    assert "damaged" in decoded.charset


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x7fELF" + bytes(200), "program"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4, "image"),
        (b"%PDF-1.7\n words", "PDF"),
        (b"PK\x03\x04" + bytes(60), "zip"),
        (bytes(range(256)) * 8, "binary"),
        (b"\xff\xfe\x00", "UTF-16"),
    ],
)
def test_binary_data_is_refused_with_what_it_is(data: bytes, reason: str) -> None:
    """A name that ends in .txt makes no text of it."""
    with pytest.raises(SourceError, match=reason):
        decode(data, name="letter.txt")
