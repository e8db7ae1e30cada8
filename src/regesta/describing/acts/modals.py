"""Acts that modal verbs show by themselves: "will" promises, "must" demands, "should" orders.

A sentence comes in with the predicates found in it; what its modal verbs show is added to them.
"""

from regesta.describing.acts.predicate import Predicate, conditional
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.shapes import main_clause
from regesta.describing.words import word_set


def add_promises(reading: Reading, found: list[Predicate]) -> None:
    """ "Will keep you informed" promises, "will not pay" refuses, whatever the verb is."""
    tags, lows, lexicon = reading.tags, reading.s.lows, reading.lexicon
    if "m" not in tags:
        return
    taken = {predicate.at for predicate in found}
    m = -1
    while (m := tags.find("m", m + 1)) >= 0:
        if lows[m] not in lexicon.willing:
            continue
        i = _past_adverbs(reading, m + 1)
        if tags[i : i + 1] == "X" and lows[i] == "be":
            undertaken = _undertaken(reading, m, i)
            if undertaken is not None and undertaken.at not in taken:
                found.append(undertaken)
            elif undertaken is not None and _only_done(found, undertaken.at):
                found[:] = [p for p in found if p.at != undertaken.at]
                found.append(undertaken)
            continue
        if i >= reading.size or tags[i] != "V" or i in taken:
            continue
        group = reading.group(i)
        lemma = lexicon.lemmas.get(lows[i], "")
        bare = lows[m] in lexicon.unable and not group.negated and lows[m] != "would"
        if lemma in lexicon.unpromised or bare:
            continue
        subject, shared = reading.subject_of(group)
        complement, object_, content = reading.complement(i + 1)
        # "Shall not fail to write" promises.
        sure = complement == "to" and lemma in word_set("acts_words", "failing")
        predicate = Predicate(
            "refuse" if group.negated and not sure else "promise", group, "will", lows[m],
            subject, shared, object_, complement, content,
            reading.stop_after(max(content, i + 1)), False, "have", i,
            condition=conditional(reading, group.first), settled=True,
        )  # fmt: skip
        found.append(predicate)
    found.sort(key=lambda predicate: predicate.at)


def _past_adverbs(reading: Reading, i: int) -> int:
    """The first place from here on that is neither an adverb nor a denial."""
    while i < reading.size and reading.tags[i] in "An":
        i += 1
    return i


def _only_done(found: list[Predicate], at: int) -> bool:
    """Whether what is promised is an act that nobody is named for: "it will be submitted"."""
    return all(p.kind == "verb" and p.shared != "agent" for p in found if p.at == at)


def _undertaken(reading: Reading, m: int, i: int) -> Predicate | None:
    """ "A report will be sent", "payment will be made": promised by him who says so."""
    tags, lows = reading.tags, reading.s.lows
    v = _past_adverbs(reading, i + 1)
    if v >= reading.size or tags[v] != "e":
        return None
    group = reading.group(v)
    lemma = reading.lexicon.lemmas.get(lows[v], "")
    subject, shared = reading.subject_of(group)
    if subject is None or lemma not in word_set("acts_words", "undertaken"):
        return None
    told = lows[m] == "would" and tags[subject[0] - 1] == "H"  # "said that it would be paid"
    plain = lows[m] in ("will", "shall") and tags[subject[0] - 1] not in "HSQ"
    if shared == "relative" or not (plain or told) or (group.negated and not told):
        return None
    made = lemma in word_set("acts_words", "undertaking")
    nouns = word_set("acts_words", "undertakings")
    if made and nouns.isdisjoint(reading.words_in(subject)):
        return None
    complement, _, content = reading.complement(v + 1)
    if not reading.lexicon.by.isdisjoint(lows[v + 1 : v + 6]):
        return None
    return Predicate(
        "promise", group, "will", f"{lows[m]} be", None, "speaker", subject, complement, content,
        reading.stop_after(max(content, v + 1)), False, "have", v,
        condition=conditional(reading, group.first), settled=True,
    )  # fmt: skip


def add_wanted(reading: Reading, found: list[Predicate]) -> None:
    """ "Stress should be laid on it", "the Consul should wait": ordered, if a superior writes."""
    tags, lows = reading.tags, reading.s.lows
    if "should" not in lows:
        return
    taken = {predicate.at for predicate in found}
    for m in [m for m, low in enumerate(lows) if low == "should" and tags[m] == "m"]:
        i = _verb_after(reading, m)
        lemma = reading.lexicon.lemmas.get(lows[i], "") if i >= 0 else ""
        if i < 0 or i in taken or lemma in reading.lexicon.unordered:
            continue
        group = reading.group(i)
        subject, shared = reading.subject_of(group)
        if subject is None or shared == "relative" or not main_clause(reading, subject[0]):
            continue
        other = lows[subject[0]] not in word_set("acts_words", "not_ordered")
        if other and "why" not in lows[:m] and not conditional(reading, group.first):
            found.append(
                Predicate(
                    "instruct", group, "should", "should", None, "speaker", subject, "np", i,
                    reading.stop_after(i + 1), False, "have", i, settled=True,
                )
            )  # fmt: skip
    found.sort(key=lambda predicate: predicate.at)


def _verb_after(reading: Reading, m: int) -> int:
    """The verb of a modal one, the participle of its passive, or -1."""
    tags, i = reading.tags, m + 1
    while i < reading.size and (tags[i] in "An" or reading.s.lows[i] == "be"):
        i += 1
    passive = "be" in reading.s.lows[m:i]
    return i if i < reading.size and tags[i] == ("e" if passive else "V") else -1


def add_demands(reading: Reading, found: list[Predicate]) -> None:
    """ "Your Government must pay": demanded by him who says so."""
    tags, lows = reading.tags, reading.s.lows
    second = word_set("acts_actors", "second")
    if "must" not in lows or second.isdisjoint(lows):
        return
    for m in [m for m, low in enumerate(lows) if low == "must"]:
        i = _past_adverbs(reading, m + 1)
        if i >= reading.size or tags[i] not in "VX":
            continue
        group = reading.group(i)
        subject, _ = reading.subject_of(group)
        if subject is None or second.isdisjoint(lows[slice(*subject)]):
            continue
        acting = word_set("acts_actors", "government")
        if subject[1] - subject[0] > 1 and acting.isdisjoint(lows[slice(*subject)]):
            continue  # "your request must be denied"
        if reading.lexicon.lemmas.get(lows[i], "") in reading.lexicon.unordered:
            continue
        found.append(
            Predicate(
                "demand", group, "must", "must", None, "speaker", subject, "to", i,
                reading.stop_after(i + 1), False, "ask", m, settled=True,
                condition=conditional(reading, group.first), negated=group.negated,
            )
        )  # fmt: skip
    found.sort(key=lambda predicate: predicate.at)
