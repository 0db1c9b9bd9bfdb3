"""What is found in a whole batch at once is what is found text by text."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from research_kit.text.vocabulary import said, vectors
from research_kit.text.vocabulary.matching import Matcher, leftmost
from research_kit.text.vocabulary.shared import Shared, nothing
from research_kit.text.vocabulary.words import Finder, entry_of

PHRASES = {
    "app 闪退": ("mixed",),
    "闪退": ("crash", "bug"),
    "闪退了 on": ("both",),
    "my phone": ("my",),
    "phone": ("phone",),
    "太慢": ("slow",),
    "慢了": ("late",),
    "wait for a phone": ("long",),
    "c++": ("language",),
}
IDIOMS = ("phone case", "太慢热")
FINDER = Finder.of(PHRASES, IDIOMS)
WORDS = ["app", "闪退", "闪退了", "on", "my phone", "phones", "case", "太慢", "太慢了", "太慢热", "waiting for a", "don't", "it’s", "c++", "1980's", "the", "x",
         "e-mail", "，", "...", "'", "+", "\n", "é", "不好吃的菜"]  # fmt: skip
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=8).flatmap(lambda ws: st.sampled_from([" ".join(ws), "".join(ws)])), max_size=6
)


@given(TEXTS)
def test_a_finder_finds_in_a_batch_what_it_finds_in_each_text(texts: list[str]) -> None:
    found = FINDER.find_all(said.read(texts))
    each: list[list[tuple[str, int]]] = [[] for _ in texts]
    for text, key, weight in zip(found.text.tolist(), found.key.tolist(), found.weight.tolist(), strict=True):
        each[text].append((FINDER.keys[key], weight))
    assert each == [FINDER.find(text.replace("\n", " ")) for text in texts]


@given(TEXTS, st.sets(st.sampled_from(["app 闪退", "闪退", "my phone", "phone case", "太慢热", "unheard of"])), st.data())
def test_shared_phrases_change_nothing_and_chosen_texts_are_found_in_alone(
    texts: list[str], known: set[str], data: st.DataObject
) -> None:
    shared = Shared((entry_of(phrase) for phrase in sorted(known)), nothing)
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))), bool)
    batch = said.read_once(texts)
    alone, (found, every) = FINDER.find_both(batch), Finder.of(PHRASES, IDIOMS, shared).find_both(batch, chosen)
    for one, other in zip(alone, (found, every), strict=True):
        mine = chosen[one.text]
        assert one.text[mine].tolist() == other.text.tolist()
        assert one.key[mine].tolist() == other.key.tolist()
        assert one.place[mine].tolist() == other.place.tolist()


@given(TEXTS)
def test_features_of_a_batch_are_those_of_each_text(texts: list[str]) -> None:
    for one, batch in ((vectors.features, vectors.feature_numbers), (vectors.phrasing, vectors.phrasing_numbers)):
        want = [sorted(vectors.numbers_of(one(text)).tolist()) for text in texts]
        owner, number = batch(said.read(texts))
        assert [sorted(number[owner == i].tolist()) for i in range(len(texts))] == want


def test_what_reaches_into_an_earlier_find_goes_and_what_it_hid_stays() -> None:
    tokens_ = np.array([1, 2, 3, 4, 5], np.uint64)
    finds = leftmost(Matcher.of([[1, 2], [2, 3], [3, 4], [4, 5], [3]]).hits(tokens_, np.zeros(5, np.int64)))
    assert list(zip(finds.place.tolist(), finds.entry.tolist(), strict=True)) == [(0, 0), (2, 2)]
