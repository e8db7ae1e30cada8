"""A language as a source writes it ("deu", "de-AT", "DE") into the shortest code of ISO 639."""

from regesta.vocabularies import vocabulary


def language_code(written: str) -> str:
    """Give the code of two letters where there is one, else what stands before the first hyphen.

    Args:
        written: A tag of BCP 47 or a code of ISO 639-1, -2 or -3; anything else comes back in
            small letters.
    """
    code = written.strip().replace("_", "-").split("-")[0].casefold()
    return str(vocabulary("language_codes").get(code, code))
